"""Arguments that several commands take: folders, and stories. Loads nothing, for it is needed by every start."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a plain start of the reader does without
    import argparse


def add_paths(parser: "argparse.ArgumentParser") -> None:
    """Let the command take folders as its only arguments, as `options.paths`."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="folders of cards, or card files, or names of folders in the configuration, to be one deck; "
        "else the configured folder, else the demo cards",
    )


def add_story(parser: "argparse.ArgumentParser") -> None:
    """Let the command take a story, and the folder as an option beside it."""
    parser.add_argument("story", metavar="ID-OR-URL", help="a story's id (`newsdeck list` prints them), URL or file")
    parser.add_argument(
        "--path",
        dest="paths",
        metavar="PATH",
        action="append",
        default=[],
        help="the folder of cards, or its name in the configuration, once for each of several; "
        "else the configured folder, else the demo cards",
    )
