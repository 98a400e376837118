"""The private names of Textual and rich that the toolkit module uses: each is there, and does what it is used for."""

import inspect
import os
import re
import signal
import tty
import unicodedata
from collections.abc import AsyncIterator, Iterator
from queue import Queue
from threading import Thread
from typing import ClassVar
from unittest.mock import Mock

import pytest
import rich.cells
import rich.control
import textual.content
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from tui.ui.toolkit import (
    QuietApp,
    SteadyDriver,
    SteadyParser,
    forget_painted,
    steady_widths,
    strip_controls,
)
from tui.ui.toolkit_field import SteadyField

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xD800, 0xDFFF]


@pytest.fixture(autouse=True)
def toolkit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is changed in the toolkit is changed for the whole process: give it back."""
    tables = (textual.content._CONTROL_STRIP_TRANSLATE, rich.control._CONTROL_STRIP_TRANSLATE)
    before = [dict(table) for table in tables]
    monkeypatch.setattr(rich.cells, "load_cell_table", rich.cells.load_cell_table)  # type: ignore[attr-defined]
    monkeypatch.setattr(Strip, "render", Strip.render)
    yield
    monkeypatch.undo()
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()
    for table, entries in zip(tables, before, strict=True):
        table.clear()
        table.update(entries)


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (App, "_fatal_error", ["self"]),
        (App, "_close_messages_no_wait", ["self"]),
        (Screen, "_push_result_callback", ["self", "requester", "callback", "future"]),
        (App, "_refresh_notifications", ["self"]),
        (XTermParser, "_parse_extended_key", ["self", "sequence"]),
        (Strip, "render", ["self", "console"]),
        (Strip, "render_style", ["style", "text", "color_system"]),
        (LinuxDriver, "disable_input", ["self"]),
        (LinuxDriver, "run_input_thread", ["self"]),
        (LinuxDriver, "process_message", ["self", "message"]),
    ],
)
def test_what_is_called_or_replaced_is_there_with_the_same_parameters(
    owner: type, name: str, parameters: list[str]
) -> None:
    method = inspect.getattr_static(owner, name, None)
    assert method is not None, f"this Textual has no {owner.__name__}.{name}: see tui/ui/toolkit.py"
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


def test_a_screen_knows_whom_it_answers() -> None:
    assert Screen()._result_callbacks == []


def test_the_parser_tells_whether_it_waits_for_more() -> None:
    parser = SteadyParser()
    assert parser._timeout_time is None
    list(parser.feed("\x1b"))
    assert parser._timeout_time is not None


def test_what_a_widget_has_painted_can_be_let_go() -> None:
    widget = Static("painted")
    widget._styles_cache._cache[0] = Strip.blank(7)
    forget_painted(widget)
    assert len(widget._styles_cache._cache) == 0


@pytest.mark.parametrize("module", [textual.content, rich.control])
def test_the_tables_of_controls_are_there_and_can_be_added_to(module: object) -> None:
    assert isinstance(getattr(module, "_CONTROL_STRIP_TRANSLATE", None), dict), f"{module}: see tui/ui/toolkit.py"


def test_the_toolkit_drops_every_control_it_is_given() -> None:
    strip_controls()
    dirty = "".join(map(chr, CONTROLS)).replace("\t", "").replace("\n", "")
    assert textual.content.Content(f"a{dirty}b").plain == "ab"
    assert rich.control.strip_control_codes(f"a{dirty}b") == "ab"


class Terminal:
    """A terminal of bytes with a driver that reads it; what the driver hands on is kept."""

    def __init__(self) -> None:
        self.ours, self.theirs = os.openpty()
        tty.setraw(self.theirs)
        self.app = Mock(spec=App)
        self.driver = SteadyDriver(self.app, debug=False, mouse=False)
        self.driver.fileno = self.theirs
        self.keys: Queue[str] = Queue()
        self.driver.process_message = self._take  # type: ignore[method-assign]
        self.driver._key_thread = Thread(target=self.driver._run_input_thread, daemon=True)
        self.driver._key_thread.start()

    def _take(self, message: Message) -> None:
        self.keys.put(getattr(message, "key", ""))

    def press(self, data: bytes) -> None:
        os.write(self.ours, data)

    def close(self) -> None:
        self.driver.disable_input()
        os.close(self.theirs)
        os.close(self.ours)


@pytest.fixture
async def terminal() -> AsyncIterator[Terminal]:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)}
    terminal = Terminal()
    yield terminal
    terminal.close()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("pressed", "keys"),
    [
        (b"ab", ["a", "b"]),
        (b"\x1b", ["escape"]),  # alone: nothing follows that would make it a sequence
        (b"\x1b[A", ["up"]),
        (b"caf\xe9 j", ["c", "a", "f", "replacement_character", "space", "j"]),
        (b"\xc3\xa9", ["é"]),
    ],
)
def test_the_driver_hands_on_what_is_pressed(terminal: Terminal, pressed: bytes, keys: list[str]) -> None:
    terminal.press(pressed)
    assert [terminal.keys.get(timeout=20) for _ in keys] == keys


def test_the_driver_stops_to_read_at_once_though_it_waits_for_a_key_for_ever(terminal: Terminal) -> None:
    terminal.press(b"a")
    assert terminal.keys.get(timeout=20) == "a"
    terminal.driver.disable_input()
    thread = terminal.driver._key_thread
    assert thread is not None
    assert not thread.is_alive()


def test_an_app_whose_terminal_is_gone_ends(terminal: Terminal) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), terminal.theirs)
    terminal.press(b"a")
    thread = terminal.driver._key_thread
    assert thread is not None
    thread.join(20)
    terminal.app.call_later.assert_called_once_with(terminal.app.exit)


NO_KEY = {
    "shift alone": "\x1b[57441u",
    "control alone": "\x1b[57442;5u",
    "alt alone": "\x1b[57443;3:1u",
    "caps lock": "\x1b[57358u",
    "a key let go": "\x1b[97;1:3u",
    "an arrow let go": "\x1b[1;1:3A",
    "a number too large for a character": "\x1b[99999999999u",
    "a function key nobody knows": "\x1b[1;5z",
    "one whose number is that of A": "\x1b[65~",
    "one of the keypad": "\x1bOZ",
    "a mode": "\x1b[2004h",
}
KEYS = {
    "up": "\x1b[A",
    "shift+up": "\x1b[1;2A",
    "ctrl+a": "\x1b[97;5u",
    "f5": "\x1b[15~",
    "f1": "\x1b[[A",
    "alt+j": "\x1bj",
}


@pytest.mark.parametrize("sequence", NO_KEY.values(), ids=NO_KEY)
def test_what_is_no_key_presses_none(sequence: str) -> None:
    parser = SteadyParser()
    assert list(parser.feed(sequence)) == []
    assert [getattr(event, "key", "") for event in parser.feed("j")] == ["j"]


@pytest.mark.parametrize(("key", "sequence"), KEYS.items())
def test_keys_are_the_keys_they_were(key: str, sequence: str) -> None:
    parser = SteadyParser()
    assert [getattr(event, "key", "") for event in (*parser.feed(sequence), *parser.feed(""))] == [key]


class BrokenApp(QuietApp):
    """An app that fails as it starts."""

    def on_mount(self) -> None:
        secret = "what a variable held"
        raise ValueError(len(secret))


async def test_an_app_that_fails_ends_and_keeps_the_reason_without_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    app = BrokenApp()
    with pytest.raises(ValueError, match="20"):
        async with app.run_test():
            pass
    assert isinstance(app.crash, ValueError)
    assert "what a variable held" not in "".join(capsys.readouterr())


class OrderedApp(QuietApp):
    """An app with one thing that has the focus, which does nothing with keys, or may."""

    BINDINGS: ClassVar = [Binding("a,c", "note('ordinary')"), Binding("b", "note('first')", priority=True)]

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.done: list[str] = []
        self._at_once = at_once

    def compose(self) -> ComposeResult:
        pane = Static()
        pane.can_focus = True
        yield pane

    def does_keys_at_once(self) -> bool:
        return self._at_once

    def action_note(self, what: str) -> None:
        self.done.append(what)


@pytest.mark.parametrize(
    ("at_once", "done"),
    [
        (True, ["ordinary", "first", "ordinary", "first"]),
        (False, ["first", "first", "ordinary", "ordinary"]),
    ],
)
async def test_a_key_with_priority_overtakes_others_only_where_those_may_be_letters(
    at_once: bool, done: list[str]
) -> None:
    app = OrderedApp(at_once=at_once)
    async with app.run_test() as pilot:
        app.set_focus(app.query_one(Static))
        await pilot.pause()
        for key in "abcb":
            app.post_message(Key(key, key))
        await pilot.pause()
        assert app.done == done


class PlayedLine:
    """A line of a terminal that gives spacing marks as many cells as it likes, and obeys what is drawn on it."""

    def __init__(self, cells_of_a_mark: int) -> None:
        self.cells = ["?"] * 60
        self._cells_of_a_mark = cells_of_a_mark
        self._at = 0
        self._saved: list[int] = []

    def play(self, drawn: str) -> str:
        """What is to be seen after drawing."""
        for sequence in re.findall(r"\x1b[78]|\x1b\[[\d;]*[A-Za-z]|[^\x1b]", drawn):
            self._take(sequence)
        return "".join(self.cells)

    def _take(self, sequence: str) -> None:
        if sequence == "\x1b7":
            self._saved.append(self._at)
        elif sequence == "\x1b8":
            self._at = self._saved.pop()
        elif sequence.endswith("C") and len(sequence) > 1:
            self._at += int(sequence[2:-1])
        elif not sequence.startswith("\x1b"):
            kind = unicodedata.category(sequence)
            width = self._cells_of_a_mark if kind == "Mc" else 0 if kind in ("Mn", "Me", "Cf") else 1
            for _ in range(width):
                self.cells[self._at] = sequence
                self._at += 1


MARKED_TEXTS = [
    "\u0928\u0917\u0930 \u092a\u0930\u093f\u0937\u0926 \u0928\u0947",  # Hindi
    "\u09ac\u09a8\u09cd\u09a6\u09b0 \u09aa\u09b0\u09bf\u0995\u09b2\u09cd\u09aa\u09a8\u09be",  # Bengali
    "\u1019\u103c\u102d\u102f\u1037\u1010\u1031\u102c\u103a \u1005\u102c\u1038",  # Burmese
    "\u0b9a\u0bc6\u0ba9\u0bcd\u0ba9\u0bc8 \u0baa\u0bc7\u0bb0\u0bc2\u0ba8\u0bcd\u0ba4\u0bc1",  # Tamil
    "\u0d15\u0d4a\u0d1a\u0d4d\u0d1a\u0d3f",  # Malayalam
    "\u179f\u17b6\u179a\u1796\u17d0\u178f\u17cc\u1798\u17b6\u1793",  # Khmer
]


@pytest.mark.parametrize("cells_of_a_mark", [0, 1])
@pytest.mark.parametrize("text", MARKED_TEXTS)
def test_what_stands_beside_a_text_with_spacing_marks_stays_in_its_column(text: str, cells_of_a_mark: int) -> None:
    steady_widths()
    width = cell_len(text)
    strip = Strip([Segment("| "), Segment(text, Style(bold=True)), Segment("|"), Segment("end")])
    assert strip.cell_length == width + 6
    seen = PlayedLine(cells_of_a_mark).play(strip.render(Console(color_system="truecolor")))
    assert seen.index("|end") == width + 2
    assert "?" not in seen[: width + 6]


def test_a_text_that_all_terminals_agree_about_is_drawn_as_it_is() -> None:
    steady_widths()
    drawn = Strip([Segment("Héé 港"), Segment("Москва", Style(bold=True))]).render(Console(color_system="truecolor"))
    assert drawn == "Héé 港\x1b[1mМосква\x1b[0m"


def test_strips_and_cells_are_kept_as_the_widths_that_are_replaced_expect() -> None:
    strip = Strip([Segment("a")])
    assert (strip._render_cache, list(strip._segments)) == (None, [Segment("a")]), "see tui/ui/toolkit.py"
    source = inspect.getsource(rich.cells.get_character_cell_size.__wrapped__)
    assert "load_cell_table(" in source, "see tui/ui/toolkit.py"


async def test_a_key_that_is_held_does_not_fill_the_screen_with_notices() -> None:
    app = QuietApp()
    async with app.run_test() as pilot:
        for number in range(30):
            app.notify("the same", timeout=60)
            app.notify(f"number {number}", timeout=60)
        await pilot.pause()
        assert [notice.message for notice in app._notifications] == [
            *("number 26", "number 27", "number 28"), "the same", "number 29",
        ]  # fmt: skip


@pytest.mark.parametrize("name", ["_screen_resized", "_on_timer_update", "_on_screen_resume", "_refresh_layout"])
def test_what_paints_a_screen_is_called_as_it_was(name: str) -> None:
    assert callable(getattr(Screen, name))


async def test_a_screen_knows_what_of_it_waits_to_be_painted() -> None:
    app = QuietApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert (screen._size, screen._compositor.size) == (app.size, app.size)
        assert (screen._layout_required, screen._repaint_required, screen._dirty_widgets) == (False, False, set())
        screen.refresh(layout=True)
        assert (screen._layout_required, screen._repaint_required) == (True, True)
        assert screen.stack_updates > 0


class FieldApp(App[None]):
    def compose(self) -> ComposeResult:
        yield SteadyField()


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("a b backspace c", "ac"),
        ("a b ctrl+u c d", "cd"),
        ("a b home c", "cab"),
        ("a b left left c end d", "cabd"),
        ("a b left delete c", "ac"),
    ],
)
async def test_keys_of_a_field_are_done_in_the_order_they_are_pressed_also_in_a_burst(keys: str, text: str) -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        for key in keys.split():
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert app.query_one(SteadyField).value == text
