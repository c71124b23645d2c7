"""`python -m entirety` is the command `entirety`."""

from entirety.cli import main

if __name__ == "__main__":
    main()
