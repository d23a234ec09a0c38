"""Value Loop: what value do managers bring to each team member, and what value does the team see?"""

__version__ = "0.1.0"
