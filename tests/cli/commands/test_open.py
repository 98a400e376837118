"""`newsdeck open`: what is handed to the browser, and what is not."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.harness import Result, environment, newsdeck, write_card
from tui.programs import Programs

URL = "https://www.example.org/story"
LATER = "https://example.org/later"
FIRST = "https://example.org/first"
AMP = "https://www.example.org/amp/story"


def related(url: str, minute: int) -> dict[str, str]:
    return {"title": url, "webUrl": url, "publishedDateTime": f"2020-02-26T17:{minute:02}:00Z"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_card(
        tmp_path,
        title="One story",
        webUrl=URL,
        ampWebUrl=AMP,
        publishedDateTime="2020-02-26T16:55:00Z",
        provider={"name": "Example", "domain": "example.org"},
        related=[related(LATER, 30), related(FIRST, 1)],
    )
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The links that a browser was started on, and a browser that is never a real one."""
    links: list[str] = []

    def open_url(_programs: Programs, url: str) -> str:
        links.append(url)
        return "firefox"

    monkeypatch.setattr(Programs, "open_url", open_url)
    return links


def run_open(folder: Path, *argv: str, answer: str | None = None, environ: Mapping[str, str] | None = None) -> Result:
    variables = {"BROWSER": "env", **(environ or {})}
    within = environment(answer=answer or "", terminal=answer is not None, environ=variables)
    return newsdeck("open", *argv, "--path", folder, within=within)


@pytest.mark.parametrize(
    ("options", "links"),
    [
        ((), [URL]),
        (("--nth", "1"), [FIRST]),
        (("--nth", "2"), [LATER]),
        (("--all",), [URL, FIRST, LATER]),
        (("--amp",), [AMP]),
    ],
)
def test_what_is_asked_for_is_opened_or_printed(
    folder: Path, opened: list[str], options: tuple[str, ...], links: list[str]
) -> None:
    result = run_open(folder, URL, *options, "--print")
    assert (result.status, result.lines, opened) == (0, links, [])
    result = run_open(folder, "card.md", *options)
    assert (result.status, result.out, opened) == (0, "", links)
    assert all(f"firefox opens {link}" in result.err for link in links)


@pytest.mark.parametrize("nth", ["0", "3", "-1"])
def test_a_piece_that_is_not_there_is_not_opened(folder: Path, opened: list[str], nth: str) -> None:
    result = run_open(folder, URL, "--nth", nth)
    assert (result.status, opened) == (1, [])
    assert "2 pieces" in result.err


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("javascript:alert(1)", "javascript"),
        ("file:///etc/passwd", "file"),
        ("--evil", "evil"),
        ("https://example.org@evil.example/", "user name"),
        ("", "no link"),
    ],
)
def test_a_link_that_is_refused_opens_nothing_and_says_why(
    folder: Path, opened: list[str], url: str, reason: str
) -> None:
    write_card(folder, "bad.md", title="Bad", webUrl=url)
    for options in ((), ("--print",), ("--yes",), ("--all",)):
        result = run_open(folder, "bad.md", *options)
        assert (result.status, result.out, opened) == (1, "", [])
        assert reason in result.err


def test_without_an_amp_page_nothing_else_is_opened_instead(folder: Path, opened: list[str]) -> None:
    write_card(folder, "plain.md", title="Plain", webUrl=URL)
    result = run_open(folder, "plain.md", "--amp")
    assert (result.status, opened) == (1, [])
    assert "no AMP page" in result.err


@pytest.fixture
def odd(folder: Path) -> str:
    provider = {"name": "Other", "domain": "example.net"}
    write_card(folder, "odd.md", title="Odd", webUrl="https://evil.example/x", provider=provider)
    return "odd.md"


def test_an_unexpected_host_is_not_opened_unasked(folder: Path, opened: list[str], odd: str) -> None:
    result = run_open(folder, odd)
    assert (result.status, opened) == (1, [])
    assert "evil.example" in result.err
    assert "--yes" in result.err


def test_an_unexpected_host_is_opened_by_option(folder: Path, opened: list[str], odd: str) -> None:
    assert run_open(folder, odd, "--yes").status == 0
    assert opened == ["https://evil.example/x"]


def test_a_printed_link_to_an_unexpected_host_comes_with_the_doubt(folder: Path, odd: str) -> None:
    result = run_open(folder, odd, "--print")
    assert (result.status, result.lines) == (0, ["https://evil.example/x"])
    assert "but the outlet is example.net" in result.err


@pytest.mark.parametrize(
    ("answer", "status"), [("y\n", 0), ("YES\n", 0), ("n\n", 1), ("\n", 1), ("", 1), ("maybe\n", 1)]
)
def test_the_reader_is_asked_at_a_terminal(folder: Path, opened: list[str], odd: str, answer: str, status: int) -> None:
    result = run_open(folder, odd, answer=answer)
    assert result.status == status
    assert bool(opened) is (status == 0)
    assert "Open? [y/N]" in result.err


def test_many_links_are_not_opened_unasked(folder: Path, opened: list[str]) -> None:
    pieces = [related(f"https://example.org/{number}", number) for number in range(6)]
    write_card(folder, "many.md", title="Many", webUrl=URL, related=pieces)
    assert run_open(folder, "many.md", "--all").status == 1
    assert opened == []
    assert run_open(folder, "many.md", "--all", answer="y\n").status == 0
    assert len(opened) == 7


def test_without_a_browser_the_link_is_told(folder: Path) -> None:
    result = run_open(folder, URL, environ={"BROWSER": "no-such-browser"})
    assert result.status == 1
    assert "no-such-browser" in result.err
    assert URL in result.err


def test_a_browser_of_the_terminal_runs_in_it(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    browser = tmp_path / "w3m"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{record}"\n', encoding="utf-8")
    browser.chmod(0o755)
    assert run_open(folder, URL, environ={"BROWSER": str(browser)}).status == 0
    assert record.read_text(encoding="utf-8") == f"{URL}\n"


@pytest.mark.parametrize(
    ("ends", "said"),
    [("exit 3", "failed with status 3"), ("exit 127", "status 127"), ("kill -9 $$", "ended by SIGKILL")],
)
def test_a_browser_of_the_terminal_that_fails_is_told_with_the_link(
    folder: Path, tmp_path: Path, ends: str, said: str
) -> None:
    browser = tmp_path / "w3m"
    browser.write_text(f"#!/bin/sh\n{ends}\n", encoding="utf-8")
    browser.chmod(0o755)
    result = run_open(folder, URL, environ={"BROWSER": str(browser)})
    assert result.status == 1
    assert said in result.err
    assert URL in result.err


def test_the_setting_wins_over_the_environment(folder: Path) -> None:
    config = folder / "config.toml"
    config.write_text('browser = "configured-browser"\n', encoding="utf-8")
    result = run_open(folder, URL, "-c", str(config), environ={"BROWSER": "env"})
    assert "configured-browser" in result.err


def test_the_browser_gets_exactly_the_link(folder: Path, tmp_path: Path) -> None:
    """The whole way: a process of its own starts $BROWSER and does not wait for it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{pipe}"\n', encoding="utf-8")
    browser.chmod(0o755)
    command = [sys.executable, "-m", "tui", "open", URL, "--path", str(folder)]
    done = subprocess.run(command, env={**os.environ, "BROWSER": str(browser)}, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    assert pipe.read_text(encoding="utf-8") == f"{URL}\n"
