"""The loading bench measures everything it names, and leaves nothing behind."""

import json
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from tests.cli.harness import environment, newsdeck, write_card
from tui.bench import rounds
from tui.bench.report import Report
from tui.bench.rounds import Effort, Samples
from tui.cli.commands import bench as bench_load

LITTLE = Effort(rounds=1, keys=2, turns=1, stories=1)
TOO_SHORT = {
    "memory-indexer",
    *(f"j-{doing}{percentile}" for doing in ("loading", "indexing", "comparing") for percentile in ("", "-95")),
}
"""What is over on a small folder before a key can be pressed, or anything be asked."""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures only as much as is needed to have every figure."""
    monkeypatch.setattr(Effort, "of", classmethod(lambda _cls, _rounds: LITTLE))
    monkeypatch.setattr(rounds, "_OTHER_CARDS", 100)


@pytest.mark.usefixtures("little")
def test_a_folder_is_measured_and_left_alone(temporary: Path) -> None:
    within = environment()
    result = newsdeck("bench", "sample_content", "--stories", "30", "--json", within=within)
    found = msgspec.json.decode(result.out, type=Report)
    assert result.status == 0, result.err
    assert (found.cards, found.made, found.rounds) == (30, True, 1)
    if sys.platform == "linux":  # others do not tell what a program uses, and keep caches elsewhere
        assert set(found.missing) <= TOO_SHORT
    assert all(figure.value > 0 for figure in found.figures)
    assert "round 1 of 1" in result.err
    assert list(temporary.iterdir()) == []


def test_figures_are_told_in_a_table(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = Samples()
    samples.add("load", 1.0)
    samples.add("naive", 20.0)
    samples.add("memory", 64 * 1024 * 1024)
    monkeypatch.setattr(bench_load, "measure", lambda *_: (samples, 3))
    lines = newsdeck("bench", "sample_content").lines
    assert "26 cards" in lines[0]
    assert "3 rounds" in lines[0]
    cold = next(line for line in lines if line.startswith("cold load"))
    assert cold.split()[-5:] == ["1/20.0", "<=", "1/45", "not", "asked"]
    assert any(line.startswith("memory, warm") and "64.0 MiB" in line and line.endswith("yes") for line in lines)
    assert lines[-1].startswith("Could not be measured: ")


def test_nothing_is_left_where_the_bench_is_interrupted(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        assert list(temporary.iterdir()) != []
        raise KeyboardInterrupt

    monkeypatch.setattr(bench_load, "measure", interrupt)
    assert newsdeck("bench", "sample_content", "--stories", "30").status == 130
    assert list(temporary.iterdir()) == []


def test_a_folder_without_cards_is_told(tmp_path: Path, temporary: Path) -> None:
    result = newsdeck("bench", tmp_path)
    assert result.status == 3
    assert "no cards in here" in result.err


@pytest.mark.parametrize(
    "words", [["--rounds", "0"], ["--stories", "none"], ["--query", "--events", "x"]], ids=" ".join
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, words: list[str]) -> None:
    write_card(tmp_path, title="A card")
    assert newsdeck("bench", tmp_path, *words).status == 2


def test_json_of_events_and_searches_is_not_that_of_loading() -> None:
    (figures,) = json.loads(newsdeck("bench", "--query", "sample_content", "--json").out)
    assert "rounds" not in figures
