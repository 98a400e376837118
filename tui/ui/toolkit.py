"""Every use of a private name of Textual and rich, so that a new version of theirs has one place to break.

`tests/ui/test_toolkit.py` pins each of them: it says which one has changed, before a reader would notice.
"""

import asyncio
import codecs
import os
import select
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache, partial
from time import monotonic
from typing import Any, Self

import rich.cells
import rich.control
import textual.content
from rich._unicode_data import load as load_cells
from rich.cells import CellTable, cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._xterm_parser import SPECIAL_SEQUENCES, XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, Key, ScreenResume
from textual.geometry import Region, Size
from textual.keys import Keys
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastRack

from tui.text.patterns import late

_STRIPPED = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
)
_KEPT = (0x09, 0x0A)
MOST_NOTICES = 5
"""Notices that are shown at a time."""
_STEP = 0.05
_KEY_SECONDS = 1.0
_READ_BYTES = 4096
_LOCKS = frozenset({"caps_lock", "scroll_lock", "num_lock"})
_LET_GO = late(r"\x1b\[[\d:]*;\d*:3[;\d:]*[u~A-Z]")
_NUMBERED = late(r"\x1b\[(\d+)(?:;[\d;:]*)?([~ABCDEFHPQS])\Z")
# Whole, and neither of the mouse (M, m) nor a report of the terminal (y, t, R), which are looked for after keys.
_WHOLE_KEY = late(r"\x1b(?:\[[\d;:]*[A-LN-QS-Za-ln-suvwxz~^$@]|O[\d;]*[A-Za-z])")


def strip_controls() -> None:
    """A belt for the braces: Textual and rich drop every control and bidirectional character they are given.

    Texts are clean when they enter; this holds should one slip through.
    """
    table = {code: None for code in _STRIPPED if code not in _KEPT}
    textual.content._CONTROL_STRIP_TRANSLATE.update(table)
    rich.control._CONTROL_STRIP_TRANSLATE.update(table)


def forget_painted(widget: Widget) -> None:
    """Let go of the lines a widget has painted: the toolkit keeps hold of a thousand widgets that are long gone."""
    widget._styles_cache.clear()


# Marks, the scripts that stack or join their letters, and pictographs: terminals do not agree how wide they are.
_UNSURE = (
    "\u0300\u036f", "\u0483\u0489", "\u0591\u05c7", "\u0600\u109f", "\u1100\u11ff", "\u1700\u18af", "\u1900\u1cff",
    "\u1dc0\u1dff", "\u200b\u200f", "\u2060\u206f", "\u20d0\u20ff", "\u302a\u302f", "\u3099\u3099", "\u309a\u309a",
    "\ua66f\ua6ff", "\ua800\ua95f", "\ua980\uabff", "\ud7b0\ud7ff", "\ufb1e\ufb1e", "\ufe00\ufe0f", "\ufe20\ufe2f",
    "\U00010a00\U00011fff", "\U00016a00\U00016fff", "\U0001d165\U0001d1ad", "\U0001e000\U0001ffff",
    "\U000e0000\U000e0fff",
)  # fmt: skip
# Where each of these rows begins, and behind its end, in turn: an expression for them takes a millisecond to compile.
_EDGES = [edge for row in _UNSURE for edge in (row[0], chr(ord(row[1]) + 1))]
_LAST_LETTERS = 0xE0000
_render = Strip.render


def steady_widths() -> None:
    """Draw what terminals do not agree about the width of so that nothing beside it moves.

    A spacing mark counts as a cell of its own, which is the most that any of them gives it: what one makes narrower
    leaves blanks behind it, and no text runs into what is beside it.
    """
    rich.cells.load_cell_table = _cells_with_spacing_marks  # type: ignore[attr-defined]
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()
    Strip.render = _render_steadily  # type: ignore[method-assign]


@cache
def _cells_with_spacing_marks(unicode_version: str = "auto") -> CellTable:
    """The widths of all characters, in which no spacing mark has none."""
    table = load_cells(unicode_version)
    widths: list[tuple[int, int, int]] = []
    for first, last, width in table.widths:
        codes = range(first, last + 1)
        # Behind that there are no letters any more, but thousands of signs without a width.
        kinds = [] if width or first >= _LAST_LETTERS else [unicodedata.category(chr(code)) for code in codes]
        if "Mc" not in kinds:  # as in nearly all of some hundred ranges
            widths.append((first, last, width))
            continue
        widths += [(code, code, 0) for code, kind in zip(codes, kinds, strict=True) if kind != "Mc"]
    return table._replace(widths=widths)


def _is_unsure(text: str) -> bool:
    """Whether terminals may not agree how wide a text is."""
    return not text.isascii() and any(map(_is_unsure_letter, set(text)))


@lru_cache(4096)
def _is_unsure_letter(char: str) -> bool:
    return bisect_right(_EDGES, char) % 2 == 1


def _render_steadily(self: Strip, console: Console) -> str:
    """`Strip.render` as it is from `steady_widths` on."""
    if self._render_cache is None and _is_unsure(self.text):
        self._render_cache = "".join(_drawn(segment, console) for segment in self._segments)
    return _render(self, console)


def _drawn(segment: Segment, console: Console) -> str:
    """A segment for the terminal; one of unsure width over blanks, with the cursor put behind it whatever it took."""
    text, style, _control = segment
    colours = console._color_system or ColorSystem.TRUECOLOR
    assert colours is not None, "nothing is drawn without colours"
    drawn, blanks = (
        part if style is None else Strip.render_style(style, part, colours) for part in (text, " " * cell_len(text))
    )
    if not blanks or not _is_unsure(text):
        return drawn
    # Saved and restored in pairs, for some terminals keep one place and others a pile of them.
    return f"\x1b7{blanks}\x1b8\x1b7{drawn}\x1b8\x1b[{cell_len(text)}C"


class SteadyParser(XTermParser):
    """Textual's reader of keys, which here takes only keys for keys.

    A modifier that is pressed alone, a key that is let go, and a function key that nobody knows do nothing: the
    toolkit's own reader would insert the first, fall over the second and spell out the third, one key a character.
    """

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]
        if _LET_GO().fullmatch(sequence):
            return [Key(Keys.Ignore, sequence)]
        numbered = _NUMBERED().match(sequence)
        if numbered and "".join(numbered.groups()) not in FUNCTIONAL_KEYS:  # else `ESC [ 65 ~` would be an A
            return None if _is_known(sequence) else [Key(Keys.Ignore, sequence)]
        try:
            keys: list[Key] | None = super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):  # a number that stands for no character
            return [Key(Keys.Ignore, sequence)]
        if keys is None:
            return (
                [Key(Keys.Ignore, sequence)] if _WHOLE_KEY().fullmatch(sequence) and not _is_known(sequence) else None
            )
        return [key for key in keys if not _is_modifier(key)] or [Key(Keys.Ignore, sequence)]


def _is_modifier(key: Key) -> bool:
    name = key.key.rpartition("+")[2]
    return name in MODIFIER_FUNCTIONAL_KEYS or name in _LOCKS


def _is_known(sequence: str) -> bool:
    return sequence in ANSI_SEQUENCES_KEYS or sequence in SPECIAL_SEQUENCES


class SteadyDriver(LinuxDriver):
    """Textual's driver, which here rests while no key is pressed, instead of looking up ten times a second.

    It reads keys through `SteadyParser`, takes bytes that are not UTF-8 (a paste in another encoding) for U+FFFD
    instead of dying of them, and ends the app where the terminal is gone.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._woken, self._waker = os.pipe()
        self._loop = asyncio.get_running_loop()
        self._stop: asyncio.Handle | None = None

    def disable_input(self) -> None:
        """Read no more keys; wakes the thread that waits for them."""
        os.write(self._waker, b".")
        super().disable_input()
        os.read(self._woken, 1)

    def _sigtstp_application(self, *arguments: Any) -> None:
        """Stop, between two events: a signal may come while its own thread holds a lock that giving back waits for."""
        stop = partial(super()._sigtstp_application, *arguments)
        if self._auto_restart and not self._loop.is_closed():
            self._stop = self._loop.call_soon_threadsafe(stop)
        else:
            stop()

    def _sigcont_application(self, *arguments: Any) -> None:
        """Go on, between two events; a stop that has been told of but not come is none any more."""
        if self._stop is not None:
            self._stop.cancel()
        if self._auto_restart and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Draw all anew. Nothing need have been given back: the stop may have been one that no program can take."""
        if not self._must_signal_resume:
            self._must_signal_resume = True
            self._end_input_thread()
            # With the event set the toolkit's own way to disable input does not throw away what was pressed meanwhile.
            self.suspend_application_mode()
            self.exit_event.clear()
        self.resume_application_mode()

    def _end_input_thread(self) -> None:
        self.exit_event.set()
        os.write(self._waker, b".")
        if self._key_thread is not None:
            self._key_thread.join()
        os.read(self._woken, 1)

    def run_input_thread(self) -> None:
        """Hand on keys as they are pressed, until input is disabled."""
        parser = SteadyParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        while not self.exit_event.is_set():
            # Only a sequence of which a part has come is waited for in steps: it may stay alone.
            patience = None if parser._timeout_time is None else _STEP
            if self.fileno in select.select([self.fileno, self._woken], [], [], patience)[0]:
                if not (data := self._bytes()):
                    self._app.call_later(self._app.exit)
                    return
                for event in parser.feed(decode(data)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)

    def _bytes(self) -> bytes:
        """What was pressed; empty where there is no terminal any more."""
        with suppress(OSError):
            return os.read(self.fileno, _READ_BYTES)
        return b""


def unscrolled() -> Reactive[Size]:
    """The `virtual_size` of a widget that the toolkit never scrolls.

    With its own one all is laid out and painted once more whenever a widget gets another size.
    """
    return Reactive(Size(0, 0), repaint=False)


def leave_notices_to_what_is_on_top(screen: Screen[Any]) -> None:
    """Hide what is told in passing from a screen that something opens over: the toolkit tells it there once more.

    It is back when that has closed, unless its time is over.
    """
    for rack in screen.query(ToastRack):
        rack.display = False


def reword_notices(screen: Screen[Any], worded: Callable[[str], str]) -> None:
    """Have each notice of a screen say what `worded` makes of its text: the toolkit makes them once, for one width."""
    for notice in screen.query(Toast):
        told = notice._notification
        if (said := worded(told.message)) != told.message:
            told.message = said
            notice.refresh(layout=True)


class SteadyScreen(Screen[None]):
    """A screen that is painted once where the toolkit would do so several times in a row, and only what has changed."""

    def refresh(self, *regions: Region, layout: bool = False, **how: bool) -> Self:
        """Have something painted again; with a layout only what that moves, shows or hides."""
        is_painted_anew = self._repaint_required
        super().refresh(*regions, layout=layout, **how)
        if layout:
            self._repaint_required = is_painted_anew
        return self

    def _on_screen_resume(self, event: ScreenResume) -> None:
        is_laid_out = self._size == self.app.size
        event.refresh_styles &= self.stack_updates > 0  # else it has just been made, with styles that are right
        super()._on_screen_resume(event)
        event.prevent_default()  # the toolkit calls its own handler next unless it is told not to
        if not is_laid_out and self.app.screen is self:  # it was painted with that
            self._repaint_required = False

    def on_screen_suspend(self) -> None:
        """Something opens over it."""
        leave_notices_to_what_is_on_top(self)

    def _on_timer_update(self) -> None:
        if self._layout_required and self._repaint_required:
            self._repaint_required = False
            self._dirty_widgets.add(self)  # painted with the layout, instead of once more behind it
        super()._on_timer_update()


class QuietApp(App[None]):
    """An app that ends on an exception without Textual's own report, which shows what all variables held."""

    def __init__(self, **options: Any) -> None:
        self._underway: dict[Event, float] = {}
        super().__init__(**options)

    @property
    def crash(self) -> Exception | None:
        """The exception that ended the app, if one did."""
        return self._exception

    async def show_instead(self, screen: Screen[None]) -> None:
        """Show a screen in place of all that there are; the toolkit itself replaces only what was pushed."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if not self.screen._result_callbacks:
            self.screen._push_result_callback(self, None)
        await self.switch_screen(screen)

    def gives_keys_back(self) -> bool:
        """Whether what has the focus does nothing with a key itself, so that its bindings are asked for it."""
        return False

    def does_keys_at_once(self) -> bool:
        """Whether they can be asked at once, too."""
        return self.gives_keys_back()

    async def on_event(self, event: Event) -> None:
        """Deliver an event; a key that is sent on from here is followed until it comes back."""
        is_new_key = isinstance(event, Key) and not event.is_forwarded and self.gives_keys_back()
        if isinstance(event, Key):
            self._underway.pop(event, None)
        await super().on_event(event)
        if is_new_key and event.is_forwarded:
            self._underway[event] = monotonic()

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key is bound to; before it is sent to what has the focus, where that does nothing with it.

        The toolkit lets a key rise through all that the focus lies in before its bindings are asked, unless they have
        priority: one of these would overtake it on the way, and what it was to do would be done to the dialog that the
        other one opened.
        """
        if await super()._check_bindings(key, priority):
            return True
        if not priority or not self.does_keys_at_once() or self._is_key_underway():
            return False
        is_done = await super()._check_bindings(key)
        await asyncio.sleep(0)  # however many keys there are, let others have their turn
        return is_done

    def _is_key_underway(self) -> bool:
        """Whether a key of a moment ago has yet to come back; one that a closed screen got, or that was stopped, never
        does.
        """
        now = monotonic()
        left = {key: since for key, since in self._underway.items() if now - since < _KEY_SECONDS}
        self._underway = {key: since for key, since in left.items() if not key._stop_propagation}
        return bool(self._underway)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _refresh_notifications(self) -> None:
        """Show the newest notices only, each text once: a key that is held would fill the screen, ever more slowly."""
        shown: set[str] = set()
        for notice in reversed(list(self._notifications)):
            if notice.message in shown or len(shown) == MOST_NOTICES:
                del self._notifications[notice]
            shown.add(notice.message)
        super()._refresh_notifications()
