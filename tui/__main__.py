"""`python -m tui` and the `newsdeck` command."""

import sys

from tui.lean import lean_libraries


def main() -> None:
    """Run the command line and leave with its exit status."""
    with lean_libraries():
        from tui.work import search_no_garbage

        search_no_garbage()  # to search among modules being loaded, which all stay, takes a tenth of a start
        from tui.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
