"""Parts of a text that look otherwise than the rest: marked by signs until the text is cleaned, by places from then on.

The signs are private characters, which are taken away wherever a card itself holds them.
"""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

import msgspec

from tui.text.patterns import late

Look = Literal["bold", "italic", "code", "strike", "link"]
LOOKS: Final[tuple[Look, ...]] = ("bold", "italic", "code", "strike", "link")

_BEGIN: Final = {look: chr(0xE001 + number) for number, look in enumerate(LOOKS)}
_END: Final = {look: chr(0xE011 + number) for number, look in enumerate(LOOKS)}
_BEGINS: Final = {sign: look for look, sign in _BEGIN.items()}
_ENDS: Final = {sign: look for look, sign in _END.items()}
NUMBER_SIGN: Final = "\ue000"
"""Says which brackets open the number of a link."""
_SIGNS: Final = late("([\ue000-\ue01f])")
_NO_SIGNS: Final = dict.fromkeys(range(0xE000, 0xE020))
# A run begins behind blanks and ends before them, so that they can be taken away or joined.
_BLANKS_BEHIND_BEGIN: Final = late("([\ue001-\ue00f]+)([^\\S\ue000-\ue01f]+)")
_BLANKS_BEFORE_END: Final = late("([^\\S\ue000-\ue01f]+)([\ue011-\ue01f]+)")
_EMPTY: Final = late("|".join(f"{_BEGIN[look]}{_END[look]}" for look in LOOKS))
_NESTED: Final = 4


class Run(msgspec.Struct, frozen=True, gc=False):
    """From where to where a text has a look; runs may lie over each other. `link` is the number of a link, if known."""

    start: int
    end: int
    look: Look
    link: int = 0

    def moved(self, by: int) -> "Run":
        """The run as many letters further on."""
        return Run(self.start + by, self.end + by, self.look, self.link)


class Styled(NamedTuple):
    """A clean text with its runs, and the places of the brackets that open the numbers of links."""

    text: str
    runs: tuple[Run, ...] = ()
    numbers: tuple[int, ...] = ()

    def moved(self, by: int) -> "Styled":
        """The runs and places as many letters further on, for a text that stands behind another."""
        return Styled(self.text, tuple(run.moved(by) for run in self.runs), tuple(at + by for at in self.numbers))


def begin(look: Look) -> str:
    """What stands where a look begins."""
    return _BEGIN[look]


def end(look: Look) -> str:
    """What stands where a look ends."""
    return _END[look]


def without_signs(text: str) -> str:
    """A text without any of the signs, whoever wrote them."""
    return text if text.isascii() or not _SIGNS().search(text) else text.translate(_NO_SIGNS)


def gathered(text: str) -> str:
    """A text with signs whose blanks can be taken away or joined as if there were none."""
    for _ in range(0 if text.isascii() or not _SIGNS().search(text) else _NESTED):
        moved = _EMPTY().sub("", _BLANKS_BEFORE_END().sub(r"\2\1", _BLANKS_BEHIND_BEGIN().sub(r"\2\1", text)))
        if moved == text:
            break
        text = moved
    return text


def read_runs(text: str, is_open: set[Look], cleaned: Callable[[str], str]) -> Styled:
    """A cleaned text that holds signs, as one without; `is_open` says which looks go on from before, and is kept so.

    Taking signs away brings letters together: a text that `cleaned` would then change has no runs.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    numbers: list[int] = []
    since = dict.fromkeys(is_open, 0)
    at = 0
    if not is_open and (text.isascii() or not _SIGNS().search(text)):
        return Styled(text)
    for number, part in enumerate(_SIGNS().split(text)):
        if number % 2 == 0:  # the signs are every second part
            pieces.append(part)
            at += len(part)
        elif part == NUMBER_SIGN:
            numbers.append(at)
        elif part in _BEGINS:
            since.setdefault(_BEGINS[part], at)
        elif part in _ENDS:
            look = _ENDS[part]
            start = since.pop(look, at)
            runs += [Run(start, at, look)] if start < at else []
    runs += [Run(start, at, look) for look, start in since.items() if start < at]
    is_open.clear()
    is_open.update(since)
    whole = "".join(pieces)
    clean = whole if whole.isascii() else cleaned(whole)
    if clean != whole:
        return Styled(clean.strip())
    lead, text = len(whole) - len(whole.lstrip()), whole.strip()
    placed = (Run(max(run.start - lead, 0), min(run.end - lead, len(text)), run.look) for run in runs)
    kept = sorted((run for run in placed if run.start < run.end), key=_order)
    return Styled(text, tuple(kept), tuple(at - lead for at in numbers))


def _order(run: Run) -> tuple[int, int, str]:
    return run.start, run.end, run.look
