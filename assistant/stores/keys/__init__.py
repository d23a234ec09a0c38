"""The keys to people's words: a data key for each person and round, wrapped by one master key."""
