"""The words of a headline or an excerpt as terms that can be compared, and how much each says in this deck.

Rarity follows Spärck Jones, "A statistical interpretation of term specificity" (1972), and is worked out in `lexicon`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from tui.deck.events.peoples import PEOPLES

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+(?:['.,][A-Za-z0-9]+)*")
"""The same of a text that has no other signs than those of ASCII, where it is found faster."""
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d[\d.,]{0,20})[\s-]?(trillion|tn|billion|bln|bn|million|mln|mn|percent)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_DATA_CENTER = re.compile(r"\b(data)[ -](cent(?:er|re)s?)\b", re.IGNORECASE)
_NAME = re.compile(r" (?<=[a-z,] )([^\W\d_a-z][^\W_]*)")  # which begins with a blank, for that is looked for fast
_AMOUNT_UNITS = {"t": "tn", "b": "bn", "m": "mn", "p": "pct"}
_BRITISH = re.compile(r"(?<=[a-z]{4})is(?=(?:e|ed|es|er|ing|ation)$)")
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
new news today year month week day time first last next late early one two three good best big top
company firm business customer service product market people world team work make take use help need
want look come get give say says said tell announce launch release report reveal unveil introduce offer
provide bring add plan expect show find become begin start end open include across around available
availability digital data software technology solution platform system tool feature update support
program online global industry partner leader leading power build deliver enable improve increase grow
growth future way know think million billion percent group someone something anyone everyone thing place
whether still already president chief executive officer ceo according event summit conference virtual
live session community source free access app application user member part case study example question
answer guide tip learn read watch video listen talk discuss explain share join follow stay keep let try
stop run move turn put set call ask high low large small major key real full short long old previous
recent current former public private national international local city state country area region site
home house family life school student university college health government law rule policy right issue
problem challenge risk security safety energy cost price money pay sale deal value stock investor
investment bank fund capital name list number rate level result test point side line hand head face back
half performance experience capability ability option choice requirement demand management manager
developer development engineer infrastructure network internet web mobile device computer computing
server cloud storage database code project process operation production environment enterprise
organization organisation startup employee worker job career expert analyst researcher research survey
strategy vision goal success opportunity potential impact change shift trend transformation modern smart
intelligent advanced powerful fast quick easy simple secure scale scalable reliability cost-effective
protect manage monitor create design develop deploy migrate integrate connect optimize automate simplify
accelerate expand extend drive transform empower ensure allow achieve
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())
_SAME_WORDS_TEXT = """
telecom telco telecommunications, datacenter datacentre, pentagon dod, acquire acquisition, flaw bug vulnerability,
buy bought
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
    if "is" in base:
        base = _BRITISH.sub("iz", base)
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
    for first, *others in (words.split() for words in f"{_SAME_WORDS_TEXT},{PEOPLES}".split(","))
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


@lru_cache(maxsize=65536)
def one_of(term: str) -> str:
    """The term itself, the same object for equal ones as long as they come often."""
    return term


EVERYDAY = frozenset(map(stem, _EVERYDAY_TEXT.split()))
"""Stems of the words that any news is written with."""


def terms_of(text: str) -> tuple[str, ...]:
    """The terms of a text in order (any script; where no blanks divide words, pairs of characters)."""
    return tuple(chain.from_iterable(map(_terms_in, _words_in(text))))


def pairs_of(terms: Sequence[str]) -> frozenset[str]:
    """The pairs of neighbours among terms in order, each written as one term with a blank."""
    return frozenset(map(" ".join, pairwise(terms)))


def prose_of(text: str) -> Prose:
    """The terms of running text and how it writes them; the first word of a sentence is no name for its
    capital.
    """
    written = set(_words_in(text))
    small = set(filter(str.islower, written))
    plain = frozenset(chain.from_iterable(map(_terms_in, small)))
    return Prose(
        terms=plain.union(chain.from_iterable(map(_terms_in, written - small))),
        named=frozenset(chain.from_iterable(map(_terms_in, _NAME.findall(text)))),
        plain=plain,
    )


def spelled(terms: Iterable[str], text: str) -> list[str]:
    """Each of `terms` as `text` writes it first; a term that does not occur stays as it is."""
    written: dict[str, str] = {}
    for word in _words_in(text):
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


def _words_in(text: str) -> list[str]:
    one = _in_one_word(text)
    return (_PLAIN_WORD if one.isascii() else _WORD).findall(one)


@lru_cache(maxsize=65536)
def _terms_in(written: str) -> tuple[str, ...]:
    word = written.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    if word in _FUNCTION_WORDS:
        return ()
    if not word.isascii():
        if any(_is_ideographic(sign) for sign in word):
            return tuple(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        word = _bare_letters(word)
    return (one_of(stem(word)),)


def _bare_letters(word: str) -> str:
    """A word without accents, as many outlets write it."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _is_ideographic(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _IDEOGRAPHIC)


def _in_one_word(text: str) -> str:
    """A text in which amounts, and what some write as one word and others as two, are one word."""
    if _DIGIT.search(text):
        text = _AMOUNT.sub(_amount, text)
    return _DATA_CENTER.sub(r"\1\2", text) if "data" in text.lower() else text


def _amount(found: re.Match[str]) -> str:
    return found.group(1).rstrip(".,") + _AMOUNT_UNITS[found.group(2)[0].lower()]
