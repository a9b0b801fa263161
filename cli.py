"""The front door of a checkout: `python cli.py …` is `federation …`."""

from federation.commands import main

if __name__ == "__main__":
    main()
