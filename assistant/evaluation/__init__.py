"""How good an engine is: what it finds in annotated scenarios, against what a careful reader finds there."""
