"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)  # a busy machine is no broken rule
settings.load_profile("steady")
