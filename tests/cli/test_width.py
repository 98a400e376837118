"""Tables are as wide as the terminal says it is, whatever `COLUMNS` and `LINES` claim."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.harness import environment, newsdeck, write_card
from tests.hostile.pty_reader import set_size
from tui.cli.environment import Environment
from tui.cli.main import run

CLAIMS = [{}, {"COLUMNS": "40"}, {"COLUMNS": "500", "LINES": "200"}, {"COLUMNS": "0", "LINES": "x"}, {"COLUMNS": "-1"}]


class RealTerminal:
    """A pseudo terminal of a width, and what was written to it."""

    def __init__(self, columns: int) -> None:
        self._ours, theirs = os.openpty()
        set_size(theirs, columns, 24)
        self.stream = open(theirs, "w", encoding="utf-8")  # noqa: SIM115  closed below

    def written(self) -> str:
        self.stream.close()
        data = b""
        with suppress(OSError):  # all was read, and nobody is left to write more
            while more := os.read(self._ours, 65536):
                data += more
        return data.decode().replace("\r\n", "\n")

    def close(self) -> None:
        self.stream.close()
        os.close(self._ours)


@contextmanager
def real_terminal(columns: int) -> Iterator[RealTerminal]:
    terminal = RealTerminal(columns)
    try:
        yield terminal
    finally:
        terminal.close()


def on(terminal: RealTerminal, claims: dict[str, str]) -> Environment:
    plain = environment(environ={"NO_COLOR": "1", **claims})
    return Environment(plain.stdin, terminal.stream, plain.stderr, plain.environ, plain.clock, plain.zone)


@pytest.mark.parametrize("claims", CLAIMS, ids=str)
@pytest.mark.parametrize("columns", [50, 90])
def test_a_table_fills_the_terminal(tmp_path: Path, columns: int, claims: dict[str, str]) -> None:
    write_card(tmp_path, title="word-" * 60)
    with real_terminal(columns) as terminal:
        assert run(["list", str(tmp_path)], on(terminal, claims)) == 0
        assert max(map(len, terminal.written().splitlines())) == columns


def test_a_terminal_that_knows_no_width_gets_whole_lines(tmp_path: Path) -> None:
    write_card(tmp_path, title="word-" * 60)
    with real_terminal(0) as terminal:
        assert run(["list", str(tmp_path)], on(terminal, {"COLUMNS": "40"})) == 0
        assert "word-" * 60 in terminal.written()


@pytest.mark.parametrize("claims", CLAIMS, ids=str)
def test_what_goes_into_a_file_is_never_cut(tmp_path: Path, claims: dict[str, str]) -> None:
    write_card(tmp_path, title="word-" * 60)
    assert "word-" * 60 in newsdeck("list", tmp_path, within=environment(environ=claims)).out
