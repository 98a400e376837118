"""What a query means, as frozen values; the constructors keep every expression in one normal form.

In normal form an `And` or `Or` has at least two parts, none of them of its own kind, and a `Not` holds no `Not`.
Printing and parsing such an expression gives the same expression.
"""

from typing import TypeAlias

from msgspec import Struct


class Word(Struct, frozen=True):
    """A plain word: the beginning of a word in headline, excerpt, outlet or topics. `text` is as typed.

    A text of several words, such as `face-matching`, means them in sequence; the last may be a beginning.
    """

    text: str


class Phrase(Struct, frozen=True):
    """Whole words in sequence; with `prefix` the last may be a beginning (`"face mat*"`)."""

    text: str
    prefix: bool = False


class Term(Struct, frozen=True):
    """A key with its value, such as `outlet:ZDNet`; the value is in the form that `keys.checked` gives.

    `whole` says whether the value is a whole name or a part of one, where that is decided already; parsing leaves it
    to the names that there are.
    """

    key: str
    value: str
    whole: bool | None = None


class Not(Struct, frozen=True):
    """What does not match `part`."""

    part: "Expr"


class And(Struct, frozen=True):
    """What matches every part; no parts match everything."""

    parts: "tuple[Expr, ...]"


class Or(Struct, frozen=True):
    """What matches at least one part."""

    parts: "tuple[Expr, ...]"


Expr: TypeAlias = Word | Phrase | Term | Not | And | Or

EVERYTHING = And(())
"""The empty query, which matches every story that is not removed."""


def all_of(*parts: Expr) -> Expr:
    """The normal form of "every part matches"."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(*parts: Expr) -> Expr:
    """The normal form of "one of the parts matches"; at least one part is needed."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negated(part: Expr) -> Expr:
    """The normal form of "this does not match"."""
    return part.part if isinstance(part, Not) else Not(part)


def leaves(expr: Expr) -> "list[Word | Phrase | Term]":
    """Every word, phrase and term of `expr`, negated ones too, from left to right."""
    if isinstance(expr, Not):
        return leaves(expr.part)
    if isinstance(expr, And | Or):
        return [leaf for part in expr.parts for leaf in leaves(part)]
    return [expr]


def positive_leaves(expr: Expr) -> "list[Word | Phrase | Term]":
    """The words, phrases and terms that are not under a `Not`: what a match can be shown for."""
    if isinstance(expr, Not):
        return []
    if isinstance(expr, And | Or):
        return [leaf for part in expr.parts for leaf in positive_leaves(part)]
    return [expr]
