"""What in a text could give somebody away: patterns, people's names, things that only one person can say."""
