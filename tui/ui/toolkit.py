"""Every use of a private name of Textual and rich, so that a new version of theirs has one place to break.

`tests/ui/test_toolkit.py` pins each of them: it says which one has changed, before a reader would notice.
"""

import codecs
import re
from collections.abc import Callable
from functools import partial

import rich.control
import textual.content
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._xterm_parser import SPECIAL_SEQUENCES, XTermParser
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.drivers import linux_driver
from textual.events import Key
from textual.keys import Keys
from textual.worker import Worker

_STRIPPED = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
)
_KEPT = (0x09, 0x0A)
_LOCKS = frozenset({"caps_lock", "scroll_lock", "num_lock"})
_LET_GO = re.compile(r"\x1b\[[\d:]*;\d*:3[;\d:]*[u~A-Z]")
_NUMBERED = re.compile(r"\x1b\[(\d+)(?:;[\d;:]*)?([~ABCDEFHPQS])\Z")
# Whole, and neither of the mouse (M, m) nor a report of the terminal (y, t, R), which are looked for after keys.
_WHOLE_KEY = re.compile(r"\x1b(?:\[[\d;:]*[A-LN-QS-Za-ln-suvwxz~^$@]|O[\d;]*[A-Za-z])")


def strip_controls() -> None:
    """A belt for the braces: Textual and rich drop every control and bidirectional character they are given.

    Texts are clean when they enter; this holds should one slip through.
    """
    table = {code: None for code in _STRIPPED if code not in _KEPT}
    textual.content._CONTROL_STRIP_TRANSLATE.update(table)
    rich.control._CONTROL_STRIP_TRANSLATE.update(table)


def tolerate_invalid_input() -> None:
    """Let the driver read bytes that are not UTF-8 (a paste in another encoding) as U+FFFD instead of dying."""
    linux_driver.getincrementaldecoder = _lenient_decoder  # type: ignore[attr-defined, assignment]


def steady_keys() -> None:
    """Let the driver read keys through `SteadyParser`."""
    linux_driver.XTermParser = SteadyParser  # type: ignore[attr-defined]


class SteadyParser(XTermParser):
    """Textual's reader of keys, which here takes only keys for keys.

    A modifier that is pressed alone, a key that is let go, and a function key that nobody knows do nothing: the
    toolkit's own reader would insert the first, fall over the second and spell out the third, one key a character.
    """

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]
        if _LET_GO.fullmatch(sequence):
            return [Key(Keys.Ignore, sequence)]
        numbered = _NUMBERED.match(sequence)
        if numbered and "".join(numbered.groups()) not in FUNCTIONAL_KEYS:  # else `ESC [ 65 ~` would be an A
            return None if _is_known(sequence) else [Key(Keys.Ignore, sequence)]
        try:
            keys: list[Key] | None = super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):  # a number that stands for no character
            return [Key(Keys.Ignore, sequence)]
        if keys is None:
            return [Key(Keys.Ignore, sequence)] if _WHOLE_KEY.fullmatch(sequence) and not _is_known(sequence) else None
        return [key for key in keys if not _is_modifier(key)] or [Key(Keys.Ignore, sequence)]


def _is_modifier(key: Key) -> bool:
    name = key.key.rpartition("+")[2]
    return name in MODIFIER_FUNCTIONAL_KEYS or name in _LOCKS


def _is_known(sequence: str) -> bool:
    return sequence in ANSI_SEQUENCES_KEYS or sequence in SPECIAL_SEQUENCES


def _lenient_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


class QuietApp(App[None]):
    """An app that ends on an exception without Textual's own report, which shows what all variables held."""

    @property
    def crash(self) -> Exception | None:
        """The exception that ended the app, if one did."""
        return self._exception

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


class SteadyPalette(CommandPalette):
    """Textual's palette, made to withstand quick fingers.

    Its own ends the program when another key comes just before it closes, and closes what lies below it when enter
    comes twice.
    """

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, once."""
        return super().dismiss(result) if self.is_active else AwaitComplete.nothing()  # type: ignore[no-untyped-call]

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        return super()._gather_commands(search_value) if self.is_active else None
