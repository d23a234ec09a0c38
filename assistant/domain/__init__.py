"""The words of the loop as frozen values and pure rules: standard library only, no I/O, no clock."""
