"""The private names of Textual and rich that the toolkit module uses: each is there, and does what it is used for."""

import codecs
import inspect
from collections.abc import Iterator

import pytest
import rich.control
import textual.content
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.command import CommandPalette
from textual.drivers import linux_driver

from tui.ui.toolkit import QuietApp, SteadyParser, strip_controls, tolerate_invalid_input

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xD800, 0xDFFF]


@pytest.fixture(autouse=True)
def toolkit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is changed in the toolkit is changed for the whole process: give it back."""
    tables = (textual.content._CONTROL_STRIP_TRANSLATE, rich.control._CONTROL_STRIP_TRANSLATE)
    before = [dict(table) for table in tables]
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", codecs.getincrementaldecoder)
    yield
    for table, entries in zip(tables, before, strict=True):
        table.clear()
        table.update(entries)


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (App, "_fatal_error", ["self"]),
        (App, "_close_messages_no_wait", ["self"]),
        (CommandPalette, "_gather_commands", ["self", "search_value"]),
        (XTermParser, "_parse_extended_key", ["self", "sequence"]),
    ],
)
def test_what_is_called_or_replaced_is_there_with_the_same_parameters(
    owner: type, name: str, parameters: list[str]
) -> None:
    method = inspect.getattr_static(owner, name, None)
    assert method is not None, f"this Textual has no {owner.__name__}.{name}: see tui/ui/toolkit.py"
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


@pytest.mark.parametrize("module", [textual.content, rich.control])
def test_the_tables_of_controls_are_there_and_can_be_added_to(module: object) -> None:
    assert isinstance(getattr(module, "_CONTROL_STRIP_TRANSLATE", None), dict), f"{module}: see tui/ui/toolkit.py"


def test_the_driver_reads_through_the_decoder_that_is_replaced() -> None:
    assert "getincrementaldecoder" in inspect.getsource(linux_driver.LinuxDriver), "see tui/ui/toolkit.py"


def test_the_toolkit_drops_every_control_it_is_given() -> None:
    strip_controls()
    dirty = "".join(map(chr, CONTROLS)).replace("\t", "").replace("\n", "")
    assert textual.content.Content(f"a{dirty}b").plain == "ab"
    assert rich.control.strip_control_codes(f"a{dirty}b") == "ab"


def test_an_invalid_byte_is_read_as_a_replacement() -> None:
    tolerate_invalid_input()
    decoder: codecs.IncrementalDecoder = linux_driver.getincrementaldecoder("utf-8")()  # type: ignore[attr-defined]
    assert decoder.decode(b"caf\xe9 \xc3") == "caf\ufffd "
    assert decoder.decode(b"\xa9") == "\u00e9"


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
