"""Starts the web app, like ``value-loop serve``; options such as ``--port 8080`` may follow."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
