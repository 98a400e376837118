"""The terminal guard: what it changes in the toolkit, held fast because those are private names."""

import codecs
import signal
from collections.abc import Iterator

import pytest
import rich.control
import textual.content
from textual.drivers import linux_driver

from tui.ui import terminal
from tui.ui.terminal import DEADLY, guard_terminal, strip_controls, tolerate_invalid_input

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


def test_signal_handlers_are_given_back() -> None:
    before = {number: signal.getsignal(number) for number in DEADLY}
    with guard_terminal():
        assert all(signal.getsignal(number) is not before[number] for number in DEADLY)
    assert {number: signal.getsignal(number) for number in DEADLY} == before


def test_restoring_takes_back_every_mode_the_toolkit_sets() -> None:
    restore = terminal._RESTORE.decode()
    for mode in ("1049", "1000", "1002", "1003", "1006", "1004", "2004", "2026", "2048"):
        assert f"\x1b[?{mode}l" in restore
    assert "\x1b[?25h" in restore
