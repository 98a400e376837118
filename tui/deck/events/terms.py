"""The words of a headline or an excerpt as terms that can be compared, and how much each says in this deck.

Rarity follows Spärck Jones, "A statistical interpretation of term specificity" (1972). A small deck cannot
know what is rare, so a few hundred imagined documents in which only the everyday words of news occur are
counted in.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d[\d.,]{0,20})[\s-]?(trillion|tn|billion|bln|bn|million|mln|mn|percent)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"(?<=[a-z,] )[^\W\d_a-z][^\W_]*")
_AMOUNT_UNITS = {"t": "tn", "b": "bn", "m": "mn", "p": "pct"}
_IDEOGRAPHIC = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))

_FUNCTION_WORDS_TEXT = """
a an the and or but nor of in on at to for from by with as is are was were be been being it its this that
these those their his her our your my we you they he she i who whom which what when where why how will
would can could may might must shall should do does did done has have had having not no so than then there
here also into over under out up down off about after before between through during while if because more
most much many some any all each every other another such only own same just now very too via per s t re
ve ll d m amp quot nbsp
"""
_EVERYDAY_TEXT = """
new news today year month week day time first last next late early one two three good best big top company
firm business customer service product market people world team work make take use help need want look
come get give say says said tell announce launch release report reveal unveil introduce offer provide
bring add plan expect show find become begin start end open include across around available availability
digital data software technology solution platform system tool feature update support program online
global industry partner leader leading power build deliver enable improve increase grow growth future way
know think million billion percent group someone something anyone everyone thing place whether still
already president chief executive officer ceo according
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())
_SAME_WORDS_TEXT = """
telecom telco telecommunications, datacenter datacentre, pentagon dod, acquire acquisition, flaw bug vulnerability,
buy bought, u.s us usa, britain uk british, italy italian, china chinese, india indian, germany german,
france french, japan japanese, korea korean, brazil brazilian, spain spanish, greece greek, switzerland swiss,
canada canadian, australia australian, russia russian, iran iranian, israel israeli, poland polish
"""


class Prose(NamedTuple):
    """The terms of a text, and those that it writes with (`named`) and without (`plain`) a capital inside
    sentences.
    """

    terms: frozenset[str]
    named: frozenset[str]
    plain: frozenset[str]


def _cut(word: str) -> str:
    base = word
    if not base.isalpha():
        return base
    if len(base) > 4 and base.endswith("ies"):
        base = base[:-3] + "y"
    elif len(base) > 5 and base.endswith("ing"):
        base = base[:-3]
    elif len(base) > 4 and base.endswith("ed"):
        base = base[:-2]
    elif len(base) > 3 and base.endswith("s") and not base.endswith(("ss", "us", "is")):
        base = base[:-1]
    if len(base) > 4 and base.endswith("e"):
        base = base[:-1]
    if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "sle":
        base = base[:-1]
    return base


_SAME_WORDS = {
    _cut(word): _cut(first)
    for first, *others in (words.split() for words in _SAME_WORDS_TEXT.split(","))
    for word in others
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case English word without its commonest endings, so that `launches` meets `launched`.

    Lighter than Porter's algorithm, since names must survive it; a few pairs such as `telco` and `telecom`
    meet too.
    """
    base = _cut(word)
    return _SAME_WORDS.get(base, base)


EVERYDAY = frozenset(map(stem, _EVERYDAY_TEXT.split()))
"""Stems of the words that any news is written with."""


def terms_of(text: str) -> tuple[str, ...]:
    """The terms of a text in order (any script; where no blanks divide words, pairs of characters)."""
    return tuple(chain.from_iterable(map(_terms_in, _WORD.findall(_with_amounts(text)))))


def pairs_of(terms: Sequence[str]) -> frozenset[str]:
    """The pairs of neighbours among terms in order, each written as one term with a blank."""
    return frozenset(map(" ".join, pairwise(terms)))


def prose_of(text: str) -> Prose:
    """The terms of running text and how it writes them; the first word of a sentence is no name for its
    capital.
    """
    written = set(_WORD.findall(_with_amounts(text)))
    return Prose(
        terms=frozenset(chain.from_iterable(map(_terms_in, written))),
        named=frozenset(chain.from_iterable(map(_terms_in, _NAME.findall(text)))),
        plain=frozenset(chain.from_iterable(map(_terms_in, filter(str.islower, written)))),
    )


def spelled(terms: Iterable[str], text: str) -> list[str]:
    """Each of `terms` as `text` writes it first; a term that does not occur stays as it is."""
    written: dict[str, str] = {}
    for word in _WORD.findall(_with_amounts(text)):
        for term in _terms_in(word):
            written.setdefault(term, word)
    return [written.get(term, term) for term in terms]


def marked_words(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """A text cut into its words and what stands between them, each with its terms; joined it is the text
    again.
    """
    cut: list[tuple[str, tuple[str, ...]]] = []
    end = 0
    for found in _WORD.finditer(text):
        if found.start() > end:
            cut.append((text[end : found.start()], ()))
        cut.append((found.group(), _terms_in(found.group())))
        end = found.end()
    if end < len(text):
        cut.append((text[end:], ()))
    return cut


def is_number(term: str) -> bool:
    """Whether a term counts or names something by number (`1.5bn`, `365`), years left out."""
    return not term.isalpha() and _DIGIT.search(term) is not None and _YEAR.fullmatch(term) is None


@lru_cache(maxsize=65536)
def _terms_in(written: str) -> tuple[str, ...]:
    word = written.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    if word in _FUNCTION_WORDS:
        return ()
    if not word.isascii() and any(_is_ideographic(sign) for sign in word):
        return tuple(word[at : at + 2] for at in range(max(1, len(word) - 1)))
    return (stem(word),)


def _is_ideographic(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _IDEOGRAPHIC)


def _with_amounts(text: str) -> str:
    return _AMOUNT.sub(_amount, text) if _DIGIT.search(text) else text


def _amount(found: re.Match[str]) -> str:
    return found.group(1).rstrip(".,") + _AMOUNT_UNITS[found.group(2)[0].lower()]


_WORDS_BY_KIND = {
    "purchase": "acquire buy takeover merger purchase",
    "earnings": "earnings quarter quarterly revenue results profit q1 q2 q3 q4 eps fiscal",
    "outage": "outage downtime disruption disrupted offline down restored",
    "attack": "breach hack hacker vulnerability exploit attack attacker ransomware stolen malware",
    "court": "judge court lawsuit sues sued ruling appeal protest injunction watchdog",
    "partnership": "partner partnership collaborate collaboration alliance team agreement deal",
    "availability": "available availability marketplace",
    "preview": "preview beta",
    "award": "award recognized recognised named earn achieve certification certified status specialization "
    "competency winner win finalist",
    "appointment": "appoint hire ceo joins board",
    "bargain": "sale save discount bundle",
    "market report": "market forecast cagr share trends outlook",
    "retirement": "retire deprecated retirement",
    "investment": "raise funding series invest investment",
    "place": "region datacenter center zone",
    "lesson": "course training learn exam tutorial guide webinar",
}
_KIND_BY_WORD = {stem(word): kind for kind, words in _WORDS_BY_KIND.items() for word in words.split()}


def happenings_in(terms: Iterable[str]) -> frozenset[str]:
    """The kinds of happening that the stemmed `terms` of a headline name; empty where none is known."""
    return frozenset(_KIND_BY_WORD[term] for term in terms if term in _KIND_BY_WORD)
