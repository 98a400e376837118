"""The grammar of queries, total over any text: what makes no sense is a production too, and carries its error.

Two steps, both with parsy. `_TOKENS` cuts a text into tokens; `_QUERY` reads the tokens. Between them parentheses
that lie too deep become flaws, so that the depth of the recursion is bounded.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import parsy  # type: ignore[import-untyped]  # it ships no type hints
from msgspec import Struct

from tui.deck.query.ast import Expr, Phrase, Term, Word, all_of, any_of, negated
from tui.deck.query.keys import Refusal, checked, find_key
from tui.text.words import words_of

MAX_DEPTH = 12
"""How many parentheses may lie inside each other."""

BARE = r'[^\s()"]+'
"""What may stand without quotes after a colon."""

_QUOTED = r'"((?:[^"\\]|\\[\s\S])*\\?)("?)'
_UNESCAPE = re.compile(r'\\(["\\])')


class QueryError(Struct, frozen=True):
    """Something in a query that was left out. `position` counts characters from 0.

    `nearest` is what could stand there instead, such as `outlet:` or `is:unread`; empty if nothing is near.
    `unfinished` says that nothing is wrong as far as it goes: a key still waits for its value.
    """

    position: int
    message: str
    nearest: str = ""
    unfinished: bool = False


class _Token(Struct, frozen=True):
    """A piece of the text; `kind` is `(`, `)`, `-`, `AND`, `OR`, `NOT`, `leaf` or `flaw`.

    A quote left open is a leaf with errors.
    """

    kind: str
    position: int
    expr: Expr | None = None
    errors: tuple[QueryError, ...] = ()


class Understood(Struct, frozen=True):
    """What was understood of a piece of a query (None: nothing), and what was not."""

    expr: Expr | None
    errors: tuple[QueryError, ...] = ()


def read(text: str) -> Understood:
    """Read a whole query; never raises."""
    tokens: list[_Token] = _TOKENS.parse(text)
    reading: Understood = _QUERY.parse(_bounded(tokens))
    return reading


def _flaw(position: int, message: str, nearest: str = "", *, unfinished: bool = False) -> _Token:
    return _Token("flaw", position, None, (QueryError(position, message, nearest, unfinished),))


def _unquote(inner: str) -> str:
    return _UNESCAPE.sub(r"\1", inner)


def _open_quote(position: int, closing: str) -> tuple[QueryError, ...]:
    return () if closing else (QueryError(position, "the quote is not closed"),)


def _bare(position: int, text: str) -> _Token:
    if text.lower().startswith(("http://", "https://")):
        return _Token("leaf", position, Term("url", text))
    if not words_of(text):
        return _flaw(position, f"nothing to search for in {text}")
    return _Token("leaf", position, Word(text))


def _phrase(position: int, found: tuple[str, str]) -> _Token:
    text = _unquote(found[0])
    prefix = text.endswith("*") or not found[1]
    text = " ".join(text.removesuffix("*").split())
    errors = _open_quote(position, found[1])
    if not words_of(text):
        return _flaw(position, "nothing to search for between the quotes")
    return _Token("leaf", position, Phrase(text, prefix), errors)


def _term(position: int, name: str, value: str, errors: tuple[QueryError, ...]) -> _Token:
    key = find_key(name)
    if isinstance(key, Refusal):
        return _flaw(position, key.message, key.nearest)
    text = checked(key, value)
    if isinstance(text, Refusal):
        return _flaw(position + len(name) + 1, text.message, text.nearest, unfinished=not value.strip())
    return _Token("leaf", position, Term(key.name, text), errors)


def _quoted_term(position: int, name: str, found: tuple[str, str]) -> _Token:
    value = _unquote(found[0])
    return _term(position, name, value, _open_quote(position + len(name) + 1, found[1]))


def _bounded(tokens: list[_Token]) -> list[_Token]:
    """The tokens, with every parenthesis below `MAX_DEPTH` replaced by a flaw."""
    depth, bounded = 0, []
    for token in tokens:
        depth += {"(": 1, ")": -(depth > 0)}.get(token.kind, 0)
        too_deep = depth + (token.kind == ")") > MAX_DEPTH
        if token.kind == "(" and too_deep:
            token = _flaw(token.position, f"more than {MAX_DEPTH} parentheses inside each other")
        elif token.kind == ")" and too_deep:
            token = _Token("flaw", token.position)
        bounded.append(token)
    return bounded


def _lexer() -> Any:
    name = parsy.regex(r"[A-Za-z]+(?=:)") << parsy.string(":")
    quoted = parsy.regex(re.compile(_QUOTED), group=(1, 2))
    link = parsy.seq(parsy.index, parsy.regex(rf"(?i:https?://){BARE}")).combine(_bare)
    bare = parsy.seq(parsy.index, parsy.regex(BARE)).combine(_bare)
    phrase = parsy.seq(parsy.index, quoted).combine(_phrase)
    quoted_term = parsy.seq(parsy.index, name, quoted).combine(_quoted_term)
    bare_term = parsy.seq(parsy.index, name, parsy.regex(BARE).optional("")).combine(
        lambda position, name, value: _term(position, name, value, ())
    )
    marks = [
        parsy.seq(parsy.index, parsy.regex(pattern)).combine(lambda position, kind: _Token(kind, position))
        for pattern in (r"[()]", r"-(?=[^\s)])", r'(?:AND|OR|NOT)(?=[\s()"]|\Z)')
    ]
    token = parsy.alt(*marks, phrase, link, quoted_term, bare_term, bare)
    space = parsy.regex(r"\s*")
    return space >> (token << space).many()


def _kind(kind: str) -> Any:
    return parsy.test_item(lambda token: token.kind == kind, kind)


def _joined(readings: list[Understood]) -> Understood:
    parts = [reading.expr for reading in readings if reading.expr is not None]
    errors = tuple(error for reading in readings for error in reading.errors)
    return Understood(all_of(*parts) if parts else None, errors)


def _negation(signs: list[_Token], reading: Understood | None) -> Understood:
    if reading is None:
        return Understood(None, (QueryError(signs[0].position, f"{signs[0].kind} needs something after it"),))
    odd = len(signs) % 2 == 1 and reading.expr is not None
    return Understood(negated(reading.expr), reading.errors) if odd and reading.expr is not None else reading


def _group(opening: _Token, inner: Understood, closing: _Token | None) -> Understood:
    errors = inner.errors
    if inner.expr is None and not errors:
        errors = (QueryError(opening.position, "nothing between the parentheses"),)
    if closing is None:
        errors += (QueryError(opening.position, "the parenthesis is not closed"),)
    return Understood(inner.expr, errors)


def _operation(join: Callable[..., Expr], first: Understood, others: list[list[Any]]) -> Understood:
    """Join readings by an operator; sides that are empty without an error of their own get one at that operator."""
    parts, errors = [first.expr], first.errors
    for number, (token, reading) in enumerate(others):
        lonely = reading if reading.expr is None else first if number == 0 and first.expr is None else None
        if lonely is not None and not lonely.errors:
            errors += (QueryError(token.position, f"{token.kind} needs something on both sides"),)
        parts.append(reading.expr)
        errors += reading.errors
    known = [part for part in parts if part is not None]
    return Understood(join(*known) if known else None, errors)


def _reader() -> Any:
    choice = parsy.forward_declaration()
    leaf = parsy.test_item(lambda token: token.kind in ("leaf", "flaw"), "leaf").map(
        lambda token: Understood(token.expr, token.errors)
    )
    group = parsy.seq(_kind("("), choice, _kind(")").optional()).combine(_group)
    atom = group | leaf
    negation = parsy.seq((_kind("-") | _kind("NOT")).at_least(1), atom.optional()).combine(_negation)
    beside = (negation | atom).many().map(_joined)
    together = parsy.seq(beside, parsy.seq(_kind("AND"), beside).many()).combine(partial(_operation, all_of))
    choice.become(parsy.seq(together, parsy.seq(_kind("OR"), together).many()).combine(partial(_operation, any_of)))
    stray = _kind(")").map(
        lambda token: Understood(None, (QueryError(token.position, "this parenthesis closes nothing"),))
    )
    rest = parsy.seq(stray, choice).map(_joined).many().map(_joined)
    return parsy.seq(choice, rest).map(_joined)


_TOKENS = _lexer()
_QUERY = _reader()
