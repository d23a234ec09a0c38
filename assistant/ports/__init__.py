"""What the loop needs from outside, in its own words: one small Protocol a file."""
