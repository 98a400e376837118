"""The text of a card in the real program: emphasis, code, quotes and tables as they are meant."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import ROOT, Terminal
from tests.ui.cards import write_card

BODY = """## What happened

It was **very bold**, *quite slanted*, ~~struck~~ and `some_code(1)`, as [they say](https://example.com/said).

> quoted **words** of somebody

| Name | Cells | Note |
|:-----|------:|------|
| alpha | 1 | a short one |
| 港京 | 1200 | one that is so long that it has to be wrapped where there is little room for it |

```
def f():
    return  1
```
"""
BOLD, SLANTED, STRUCK = "1", "3", "9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_card(
        tmp_path / "cards", "a.md", body=BODY, title="One", webUrl="https://example.com/a",
        publishedDateTime="2021-08-30T10:00:00Z",
    )  # fmt: skip
    return tmp_path / "cards"


def looks(painted: str, text: str) -> set[str]:
    """How a text is drawn: the numbers of the sequence in force before it, in what tmux says of the screen."""
    before = painted[: painted.index(text)]
    in_force: set[str] = set()
    for found in re.findall(r"\x1b\[([\d;]*)m", before):
        for number in found.split(";"):
            in_force = set() if number in ("", "0") else in_force | {number}
    return in_force


@pytest.mark.parametrize("columns", [60, 200])
def test_a_body_looks_as_it_is_meant(terminal: Terminal, folder: Path, columns: int) -> None:
    terminal.newsdeck(str(folder), size=(columns, 44))
    terminal.wait_for("1 of 1")
    terminal.press("Enter")
    screen = terminal.wait_for("What happened", "return  1", "alpha")
    painted = terminal.painted()
    assert BOLD in looks(painted, "very bold")
    assert SLANTED in looks(painted, "quite slanted")
    assert STRUCK in looks(painted, "struck")
    assert looks(painted, "some_code(1)") != looks(painted, "It was")
    assert "**" not in screen
    assert "`" not in screen
    head = next(line for line in screen.splitlines() if "Name" in line and "Cells" in line)
    first = next(line for line in screen.splitlines() if "alpha" in line)
    wide = next(line for line in screen.splitlines() if "港京" in line)
    assert head.index("│", head.index("Name")) == first.index("│", first.index("alpha"))
    assert first.index(" 1 ") + 1 == head.index("Cells") + len("Cells") - 1, "numbers stand at the right"
    assert wide.index("1200") + 3 + 2 == first.index(" 1 ") + 1, "letters of two cells count as two"


def test_show_prints_the_body(folder: Path) -> None:
    command = [sys.executable, "-m", "tui", "show", "a.md", "--path", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=None)
    for text in ("What happened", "It was very bold", "some_code(1)", "quoted words", "alpha", "港京", "    return  1"):
        assert text in done.stdout
    assert "https://example.com/said" in done.stdout
    assert "**" not in done.stdout
