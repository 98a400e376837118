"""`python -m tui` and the `newsdeck` command."""

import sys

from tui.work import search_no_garbage


def main() -> None:
    """Run the command line and leave with its exit status."""
    search_no_garbage()  # to search among modules being loaded, which all stay, takes a tenth of a start
    from tui.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
