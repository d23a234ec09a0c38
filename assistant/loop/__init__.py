"""What can be done with the loop, once for every front door: each function reads, decides by pure rules, applies."""
