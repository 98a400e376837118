"""From the text of a query to what it means."""

from typing import TYPE_CHECKING

from msgspec import Struct

from tui.deck.query.ast import EVERYTHING, Expr

if TYPE_CHECKING:
    from tui.deck.query.grammar import QueryError

MAX_LENGTH = 1_000
"""Characters of a query that are read; a saved view or a paste may be longer."""


class ParsedQuery(Struct, frozen=True):
    """What was understood of a query, and what was not, in order of position."""

    expr: Expr
    errors: "tuple[QueryError, ...]" = ()


def parse(text: str) -> ParsedQuery:
    """Read any text as a query. Never raises: what makes no sense is left out and becomes an error."""
    if not text or text.isspace():
        return ParsedQuery(EVERYTHING)
    from tui.deck.query.grammar import QueryError, read  # not needed before somebody searches

    reading = read(text[:MAX_LENGTH])
    errors = reading.errors
    if len(text) > MAX_LENGTH:
        errors += (QueryError(MAX_LENGTH, f"only the first {MAX_LENGTH} characters are read"),)
    expr = EVERYTHING if reading.expr is None else reading.expr
    return ParsedQuery(expr, tuple(sorted(errors, key=lambda error: error.position)))
