"""A leader's question over their downline."""
