"""How the command line is read, and how every run ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tui
from tests.cli.harness import environment, newsdeck, write_card
from tests.conftest import ROOT
from tui.cli.registry import COMMANDS


def test_the_version_is_told() -> None:
    for flag in ("-V", "--version"):
        assert newsdeck(flag).out == f"newsdeck {tui.__version__}\n"


def test_help_names_every_command() -> None:
    result = newsdeck("--help")
    assert result.status == 0
    for command in COMMANDS:
        assert f"  {command.name} " in result.out


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_that_fits_the_terminal(command: str) -> None:
    result = newsdeck(command, "-h", within=environment(terminal=True, columns=60))
    assert result.status == 0
    assert f"newsdeck {command}" in result.lines[0]
    assert max(map(len, result.lines)) <= 60


def test_options_of_every_command_stand_before_or_after_its_name(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('theme = "paper"\n', encoding="utf-8")
    for words in (
        ("-c", config, "config", "show"),
        ("config", "-c", config, "show"),
        (f"--config={config}", "config", "show"),
    ):
        assert 'theme = "paper"' in newsdeck(*words).lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--sort", "alphabet"), "alphabet"),
        (("list", "--nonsense"), "--nonsense"),
        (("list", "--form", "json"), "--form"),
        (("keys", "b"), "b"),
        (("list", "--format", "csv", "--json"), "--json"),
        (("show",), "ID-OR-URL"),
        (("open", "x", "--all", "--amp"), "--amp"),
        (("open", "x", "--nth", "one"), "one"),
        (("config", "eat"), "eat"),
        (("completion", "tcsh"), "tcsh"),
        (("--theme",), "--theme"),
        (("--theme", "pink", "list"), "pink"),
        (("-c", "/no/such/file", "list"), "/no/such/file"),
        (("-c", "x", "--no-config", "list"), "--no-config"),
        (("list", "--\x1b[31m"), "[31m"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(words: tuple[str, ...], said: str) -> None:
    result = newsdeck(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("newsdeck: ")
    assert said in result.err
    assert len(result.err.splitlines()) == 1
    assert "\x1b" not in result.err


def make_empty(folder: Path) -> Path:
    return folder


def make_missing(folder: Path) -> Path:
    return folder / "missing"


def make_without_cards(folder: Path) -> Path:
    (folder / "notes.md").write_text("just text\n", encoding="utf-8")
    return folder


def make_fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.md")
    return folder / "pipe.md"


@pytest.mark.parametrize("make", [make_empty, make_missing, make_without_cards, make_fifo])
@pytest.mark.parametrize("command", ["list", "check", "topics", "outlets", "show", "open"])
def test_a_folder_without_cards(tmp_path: Path, make: object, command: str) -> None:
    assert callable(make)
    path = make(tmp_path)
    words = (command, "x", "--path", path) if command in {"show", "open"} else (command, path)
    result = newsdeck(*words)
    assert (result.status, result.out) == (3, "")
    assert str(path) in result.err


def test_interrupting_ends_with_its_own_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.session.Session.load_all", interrupt)
    result = newsdeck("list", tmp_path)
    assert (result.status, result.out) == (130, "")


def test_an_unforeseen_error_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tui.session.Session.load_all", fail)
    result = newsdeck("list")
    assert result.status == 1
    assert "ZeroDivisionError" in result.err
    assert "crash.log" in result.err
    assert len(result.err.splitlines()) == 1


def test_an_encoding_without_the_letter_gets_a_question_mark(tmp_path: Path) -> None:
    write_card(tmp_path, title="Café 日本")
    result = newsdeck("list", tmp_path, within=environment(encoding="ascii"))
    assert (result.status, "Caf? ??" in result.out) == (0, True)
    result = newsdeck("list", tmp_path, "--json", within=environment(encoding="ascii"))
    assert r"Caf\u00e9 \u65e5\u672c" in result.out


def test_ascii_draws_no_other_signs(tmp_path: Path) -> None:
    write_card(tmp_path, title="word " * 40)
    wide = newsdeck("list", tmp_path, within=environment(terminal=True, columns=80))
    plain = newsdeck("list", tmp_path, "--ascii", within=environment(terminal=True, columns=80))
    assert "…" in wide.out
    assert plain.out.isascii()


def test_bold_type_is_for_terminals_that_want_it() -> None:
    assert "\x1b[1m" in newsdeck("list", within=environment(terminal=True)).out
    for within in (
        environment(),
        environment(terminal=True, environ={"NO_COLOR": "1"}),
        environment(terminal=True, environ={"TERM": "dumb"}),
    ):
        assert "\x1b" not in newsdeck("list", within=within).out


COMMAND = [sys.executable, "-m", "tui"]


@pytest.fixture(autouse=True)
def buffered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written waits in a buffer, as it does for readers, and may be left there at the end."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)


@pytest.mark.parametrize("words", [["list"], ["list", "--format", "jsonl"], ["--help"], ["keys"]])
def test_a_closed_pipe_ends_quietly(words: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run([*COMMAND, *words], cwd=ROOT, stdout=write_end, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["list"], ["themes"]])
def test_a_full_disk_is_told(words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, *words], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"newsdeck: The output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_streams_that_were_closed_before_the_start_do_no_harm() -> None:
    command = f"{sys.executable} -m tui list <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, check=False).returncode == 0
