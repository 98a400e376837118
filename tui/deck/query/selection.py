"""Facets picked in a query: the query text is their only home, and here they are read from it and put into it."""

from enum import Enum

from tui.deck.query.ast import EVERYTHING, And, Expr, Not, Or, Term, all_of, any_of, negated


class Pick(Enum):
    """How a value of a facet is picked: with others of its key one must match, it must match, it must not."""

    ANY = "any of"
    ALL = "all of"
    NOT = "not"


def picked(expr: Expr, key: str) -> dict[str, Pick]:
    """The values of `key` that are picked at the top level of `expr`.

    A single value counts as ALL; any of several is a choice between terms of this key and nothing else.
    """
    found: dict[str, Pick] = {}
    for part in _parts(expr):
        match part:
            case Term(name, value) if name == key:
                found[value] = Pick.ALL
            case Not(Term(name, value)) if name == key:
                found[value] = Pick.NOT
            case Or() if _is_choice(part, key):
                found.update((term.value, Pick.ANY) for term in part.parts if isinstance(term, Term))
            case _:
                pass
    return found


def pick(expr: Expr, key: str, value: str, how: Pick | None) -> Expr:
    """`expr` with `value` of `key` picked so; None picks it no longer. Everything else stays as it is.

    Picking ANY where one single value is picked makes a choice of the two.
    """
    rest = _without(expr, key, value)
    if how is None:
        return rest
    term = Term(key, value)
    if how is not Pick.ANY:
        return all_of(*_parts(rest), term if how is Pick.ALL else negated(term))
    parts = list(_parts(rest))
    for number, part in enumerate(parts):
        if _is_choice(part, key):
            parts[number] = any_of(part, term)
            return all_of(*parts)
    return all_of(*parts, term)


def _parts(expr: Expr) -> tuple[Expr, ...]:
    return expr.parts if isinstance(expr, And) else (expr,)


def _is_choice(part: Expr, key: str) -> bool:
    terms = part.parts if isinstance(part, Or) else (part,)
    return all(isinstance(term, Term) and term.key == key for term in terms)


def _without(expr: Expr, key: str, value: str) -> Expr:
    gone = Term(key, value)
    kept: list[Expr] = []
    for part in _parts(expr):
        if part in (gone, negated(gone)):
            continue
        if isinstance(part, Or) and _is_choice(part, key):
            left = [term for term in part.parts if term != gone]
            kept += [any_of(*left)] if left else []
        else:
            kept.append(part)
    return all_of(*kept) if kept else EVERYTHING
