"""``python -m assistant`` is ``value-loop``."""

from assistant.cli import main

if __name__ == "__main__":
    main()
