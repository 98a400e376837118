"""`newsdeck [PATH]` and `newsdeck demo` up to the point where the reader takes over."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.harness import environment, newsdeck, write_card
from tui.cli.environment import Environment
from tui.config.settings import Settings
from tui.resources import sample_content_dir
from tui.session import Session


class Reader:
    """Stands in for the reader: keeps what it was given, then does what the test wants."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.settings: Settings | None = None
        self.end: Callable[[], int] = lambda: 0

    def run(self, session: Session, settings: Settings) -> int:
        self.session, self.settings = session, settings
        return self.end()

    @property
    def root(self) -> Path | None:
        return self.session.root if self.session else None


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    stand_in = Reader()
    module = ModuleType("tui.ui.app")
    module.run_reader = stand_in.run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.ui.app", module)
    return stand_in


def terminal(**variables: str) -> Environment:
    return environment(terminal=True, environ=variables)


def test_a_path_opens_the_reader_on_it(reader: Reader, tmp_path: Path) -> None:
    assert newsdeck(tmp_path, within=terminal()).status == 0
    assert reader.root == tmp_path


@pytest.mark.parametrize("words", [(), ("demo",)])
def test_without_a_folder_the_demo_opens(reader: Reader, words: tuple[str, ...]) -> None:
    assert newsdeck(*words, within=terminal()).status == 0
    assert reader.root == sample_content_dir()


def test_the_configured_folder_opens_but_demo_stays_the_demo(reader: Reader, tmp_path: Path) -> None:
    newsdeck(within=terminal(NEWSDECK_CONTENT=str(tmp_path)))
    assert reader.root == tmp_path
    newsdeck("demo", within=terminal(NEWSDECK_CONTENT=str(tmp_path)))
    assert reader.root == sample_content_dir()


def test_a_folder_called_like_a_command_opens_by_its_path(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_card(tmp_path / "list", title="T")
    monkeypatch.chdir(tmp_path)
    for words in (("./list",), ("--", "list")):
        reader.session = None
        assert newsdeck(*words, within=terminal()).status == 0
        assert reader.root == Path("list")
    reader.session = None
    assert newsdeck("list", within=terminal()).lines
    assert reader.session is None


def test_options_reach_the_reader(reader: Reader, tmp_path: Path) -> None:
    newsdeck("--theme", "paper", "--ascii", tmp_path, "--no-mouse", within=terminal())
    assert reader.settings is not None
    assert (reader.settings.theme, reader.settings.ascii, reader.settings.mouse) == ("paper", True, False)


def test_the_readers_status_is_the_status(reader: Reader, tmp_path: Path) -> None:
    reader.end = lambda: 1
    assert newsdeck(tmp_path, within=terminal()).status == 1


def test_an_empty_folder_opens(reader: Reader, tmp_path: Path) -> None:
    assert newsdeck(tmp_path, within=terminal()).status == 0


@pytest.mark.parametrize(
    "within",
    [
        pytest.param(environment(), id="no-terminal"),
        pytest.param(terminal(TERM="dumb"), id="dumb"),
        pytest.param(terminal(TERM=""), id="unset"),
    ],
)
def test_where_nothing_can_be_drawn_list_is_named(reader: Reader, within: Environment, tmp_path: Path) -> None:
    result = newsdeck(tmp_path, within=within)
    assert (result.status, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert "`newsdeck list`" in result.err
    assert reader.session is None


@pytest.mark.parametrize(
    ("path", "hint"), [("lst", "`newsdeck list`"), ("chekc", "`newsdeck check`"), ("no/such/list", "no such")]
)
def test_a_missing_folder_may_have_been_meant_as_a_command(reader: Reader, path: str, hint: str) -> None:
    result = newsdeck(path, within=terminal())
    assert result.status == 3
    assert hint in result.err
    assert reader.session is None


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("COLUMNS", "120", False),
        ("COLUMNS", "99999", False),
        ("COLUMNS", "wide", False),
        ("COLUMNS", "", False),
        ("LINES", "500", False),
        ("LINES", "501", False),
        ("NO_COLOR", "1", True),
        ("NO_COLOR", "", False),
    ],
)
def test_the_toolkit_sees_only_sane_variables(
    reader: Reader, tmp_path: Path, name: str, value: str, kept: bool
) -> None:
    within = terminal(**{name: value})
    newsdeck(tmp_path, within=within)
    assert (name in within.environ) is kept


def test_a_crash_is_one_sentence_and_a_private_log(reader: Reader, tmp_path: Path, own_folders: Path) -> None:
    def crash() -> int:
        raise RuntimeError("\x1b]0;owned\x07 boom")

    reader.end = crash
    result = newsdeck(tmp_path, within=terminal())
    assert result.status == 1
    assert result.out == ""
    (line,) = result.err.splitlines()
    assert "RuntimeError" in line
    log = next(own_folders.rglob("crash.log"))
    assert str(log) in line
    assert (log.stat().st_mode & 0o777, log.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "boom" in text
    assert not set(text) & set("\x1b\x07")


def test_interrupting_the_reader_says_so(reader: Reader, tmp_path: Path) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    reader.end = interrupt
    assert newsdeck(tmp_path, within=terminal()).status == 130
