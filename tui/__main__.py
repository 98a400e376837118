"""`python -m tui` and the `newsdeck` command."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # looking for garbage among modules being loaded, which all stay, takes a tenth of a start
    from tui.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
