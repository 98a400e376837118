"""Cases of the command line: empty results, queries, configurations and browsers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases.shared import open_case
from tests.cli.harness import environment, newsdeck
from tests.conftest import ROOT


def test_an_empty_result_is_a_result_in_every_form(tmp_path: Path) -> None:
    case = open_case("02-empty-json", tmp_path)
    assert "json -> [] ; jsonl -> nothing ; csv -> the header line ; exit 0 (1 with --fail-empty)" in case.right
    for form, out in (("json", "[]\n"), ("jsonl", "")):
        result = newsdeck("list", case.folder, "--no-cache", "-q", "zzzz", "--format", form)
        assert (result.out, result.status) == (out, 0)
    result = newsdeck("list", case.folder, "--no-cache", "-q", "zzzz", "--format", "csv")
    assert len(result.lines) == 1
    assert result.out.startswith("id,title,url,")
    assert newsdeck("list", case.folder, "--no-cache", "-q", "zzzz", "--json", "--fail-empty").status == 1


def test_an_empty_table_has_its_header(tmp_path: Path) -> None:
    case = open_case("32-csv-header", tmp_path)
    assert case.right == "the header line"
    for _time in range(2):  # from a cold folder, and with what was stored
        result = newsdeck("list", case.folder, "-q", "zzzz", "--format", "csv")
        assert result.out.startswith("id,title,url,")
        assert len(result.lines) == 1


@pytest.mark.parametrize("query", ["topc:AI", "(", "title:", "👍"])
def test_a_query_that_was_not_understood_is_told_from_one_that_matches_all(tmp_path: Path, query: str) -> None:
    case = open_case("14-query-typo-prints-all", tmp_path)
    result = newsdeck("list", case.folder, "-q", query, "--format", "urls")
    assert case.right.startswith("exit 2 and nothing on stdout")
    assert (result.status, result.out) == (2, "")


def test_one_decoder_for_everything_hands_can_write(tmp_path: Path, own_folders: Path) -> None:
    case = open_case("19-config-bom", tmp_path)
    config = case.folder / "config.toml"
    assert config.read_bytes().startswith(b"\xef\xbb\xbf")
    assert newsdeck("-c", config, "config", "validate").status == 0
    assert "the same for views.toml" in case.right
    (case.folder / "a.md").write_text("---\ntitle: Harbour\n---\n")
    views = own_folders / "config" / "newsdeck" / "views.toml"
    views.parent.mkdir(parents=True)
    views.write_bytes(b'\xef\xbb\xbf[views."Quay"]\nquery = "zzzz"\n')
    within = environment(environ={"XDG_CONFIG_HOME": str(own_folders / "config")})
    result = newsdeck("list", case.folder, "--no-cache", "--view", "Quay", "--json", within=within)
    assert (result.out, result.status) == ("[]\n", 0)


def test_a_command_line_that_is_whole_the_path_of_a_program_is_that_program(tmp_path: Path) -> None:
    case = open_case("28-browser-path-with-blank", tmp_path)
    program = case.folder / "my browser" / "run"
    program.chmod(0o755)
    opened = tmp_path / "opened"
    variables = {**os.environ, "BROWSER": str(program), "OUT": str(opened)}
    words = [sys.executable, "-m", "tui", "open", "a.md", "--path", str(case.folder)]
    done = subprocess.run(words, env=variables, check=False, capture_output=True, text=True, cwd=ROOT)
    assert case.right.startswith("opened")
    assert (done.returncode, "is not found" in done.stderr) == (0, False)
    assert "https://" in opened.read_text()
