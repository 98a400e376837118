"""Every use of a private name of Textual and rich, so that a new version of theirs has one place to break.

`tests/ui/test_toolkit.py` pins each of them: it says which one has changed, before a reader would notice.
"""

import codecs
from collections.abc import Callable
from functools import partial

import rich.control
import textual.content
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.drivers import linux_driver
from textual.worker import Worker

_STRIPPED = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
)
_KEPT = (0x09, 0x0A)


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
