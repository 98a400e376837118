"""What runs without a screen loads no screen toolkit; what needs little loads little."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui.cli.registry import COMMANDS, READER

STORY = "_news/2020-02-26-startup-that-matches-faces-loses-its-customer-list-to-an-intruder.md"
RUNS = [
    ["list"],
    ["list", "--format", "jsonl", "--coverage"],
    ["show", STORY],
    ["check"],
    ["open", STORY, "--print"],
    ["topics"],
    ["outlets"],
    ["config", "show"],
    [
        "coverage",
        "https://arstechnica.com/tech-policy/2020/02/clearviews-list-of-law-enforcement-clients-lost-in-data-breach/",
    ],
    ["state", "export"],
    ["index", "status"],
    ["bench", "--query", "sample_content"],
    ["keys"],
    ["themes"],
    ["completion", "bash"],
    ["--help"],
]
PROBE = """
import json, sys
from tui.cli.main import run
sys.stdout = sys.stderr
status = run(sys.argv[1:])
sys.__stdout__.write(json.dumps([status, sorted(sys.modules)]))
"""


def modules_after(words: list[str]) -> set[str]:
    """The modules that a process of its own has loaded after such a run, which must succeed."""
    done = subprocess.run([sys.executable, "-c", PROBE, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    status, modules = json.loads(done.stdout)
    assert status == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_a_headless_command_loads_no_textual(words: list[str]) -> None:
    loaded = modules_after(words)
    assert not {name for name in loaded if name.split(".")[0] == "textual"}
    assert "rich.console" not in loaded
    assert "tui.ui" not in loaded


def test_there_is_a_run_for_every_headless_command() -> None:
    headless = {command.name for command in COMMANDS if command.module != READER.module}
    assert headless == {words[0] for words in RUNS if not words[0].startswith("-")}


@pytest.mark.parametrize("words", [["--version"], ["keys"], ["config", "path"]], ids=" ".join)
def test_a_command_that_reads_no_cards_loads_no_reader_of_cards(words: list[str]) -> None:
    loaded = modules_after(words)
    assert not loaded & {"tui.session", "tui.cards.worker.batches", "tui.deck.deck", "tui.programs", "yaml", "msgspec"}


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", sorted({command.module for command in (READER, *COMMANDS)}))
def test_a_command_imports_no_other_command(module: str) -> None:
    others = {f"tui.cli.commands.{command.module}" for command in COMMANDS} - {f"tui.cli.commands.{module}"}
    assert not others & set(imported(ROOT / "tui" / "cli" / "commands" / f"{module}.py"))
