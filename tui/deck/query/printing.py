"""Queries as text: `parse(printed(expr)).expr == expr` for every expression that parsing can give."""

import re

from tui.deck.query.ast import And, Expr, Not, Or, Phrase, Term, Word


def printed(expr: Expr) -> str:
    """The query that means `expr`; empty for the one that matches everything."""
    if isinstance(expr, Or):
        return " OR ".join(map(printed, expr.parts))
    if isinstance(expr, And):
        return " ".join(map(_operand, expr.parts))
    return _operand(expr)


def _operand(expr: Expr) -> str:
    match expr:
        case Word(text):
            return text
        case Phrase(text, prefix):
            return _quoted(text + "*" * prefix)
        case Term(key, value):
            return f"{key}:{value if _is_bare(value) else _quoted(value)}"
        case Not(part):
            return "-" + _operand(part)
        case _:
            return f"({printed(expr)})"


def _is_bare(value: str) -> bool:
    from tui.deck.query.grammar import BARE  # loads what reads queries, which a start without one does not need

    return re.fullmatch(BARE, value) is not None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
