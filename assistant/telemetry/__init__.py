"""What an operator sees of a running process: metrics, traces and logs, without a word, a name or an address."""
