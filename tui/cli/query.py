"""Queries on the command line: the option, and what is said of a query that is not all understood."""

import argparse
from collections.abc import Iterable

from tui.cli.context import Context
from tui.deck.query.ast import Expr
from tui.deck.query.grammar import QueryError
from tui.deck.query.keys import KEYS
from tui.deck.query.parse import parse
from tui.text.sanitize import clean_line


def add_query(parser: argparse.ArgumentParser) -> None:
    """Let the command take a query."""
    keys = " ".join(f"{key}:" for key in KEYS)
    parser.add_argument(
        "-q", "--query", metavar="QUERY", default="", help=f'words, "phrases", -not, OR, ( ), and the keys {keys}'
    )


def understood(context: Context, query: str, called: str = "query") -> Expr:
    """What a query means; parts that make no sense are told on stderr, each with its place, and left out."""
    parsed = parse(clean_line(query, len(query) + 1))
    tell_errors(context, parsed.errors, called)
    return parsed.expr


def tell_errors(context: Context, errors: Iterable[QueryError], called: str = "query") -> None:
    """Say on stderr what of a query was left out."""
    for error in errors:
        context.output.note(f"{called}, character {error.position + 1}: {_told(error)}")


def _told(error: QueryError) -> str:
    """The message with the nearest that could stand there, unless it names it already."""
    message = error.message.rstrip(".")
    return (
        f"{message}." if not error.nearest or error.nearest in message else f"{message}; did you mean {error.nearest}?"
    )
