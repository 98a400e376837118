"""Figures stand beside their floors, and say whether their goals were met."""

from pathlib import Path

import msgspec
import pytest

from tests.conftest import ROOT
from tui.bench.floors import sample
from tui.bench.report import Figure, Report, report
from tui.bench.rounds import Cards, Samples

STORED = sorted((ROOT / "tests" / "benchmarks").glob("*.json"))
MEBI = 1024 * 1024


def report_of(cards: int = 100_000, **values: list[float]) -> Report:
    samples = Samples()
    for name, given in values.items():
        samples.add(name.replace("_", " "), *given)
    return report(Cards(Path("cards"), [(b"card.md", 10)] * cards, b"", 0), samples, 3, made=True)


def only(found: Report, id: str) -> Figure:
    (figure,) = (figure for figure in found.figures if figure.id == id)
    return figure


def test_a_figure_is_the_median_beside_the_median_of_its_floor() -> None:
    figure = only(report_of(stat=[0.2, 0.1, 9.0], ready=[0.1, 0.02, 0.03]), "ready-alone")
    assert (figure.value, figure.floor_value, figure.samples) == (0.03, 0.2, 3)
    assert figure.ratio == pytest.approx(0.15)


@pytest.mark.parametrize(("load", "met"), [(1.0, True), (1.01, False)])
def test_a_load_has_to_be_so_many_times_as_fast(load: float, met: bool) -> None:
    assert only(report_of(load=[load], naive=[45.0]), "cold").met is met


@pytest.mark.parametrize(("paint", "met"), [(0.24, True), (0.25, False)])
def test_a_start_has_to_take_at_most_so_many_times_as_long(paint: float, met: bool) -> None:
    assert only(report_of(warm_paint=[paint], empty_app=[0.2]), "warm-start").met is met


@pytest.mark.parametrize(("memory", "met"), [(100.0 * MEBI, True), (101.0 * MEBI, False)])
def test_memory_has_a_limit_whatever_its_floor(memory: float, met: bool) -> None:
    assert only(report_of(memory=[memory]), "memory").met is met


def test_nineteen_keys_of_twenty_have_to_be_answered_soon() -> None:
    keys = [0.004] * 94 + [0.030] * 6
    found = report_of(keys=keys)
    assert (only(found, "j").met, only(found, "j-95").met) == (True, False)
    assert only(report_of(keys=keys[2:]), "j-95").met is False
    assert only(report_of(keys=keys[:-2]), "j-95").met is True


def test_a_small_folder_is_not_held_to_goals_of_large_ones() -> None:
    small = report_of(cards=26, load=[1.0], naive=[0.5], ready_process=[1.0], stat_process=[0.1])
    assert only(small, "cold").met is None
    assert only(small, "ready").met is None


def test_what_has_no_floor_has_no_ratio() -> None:
    figure = only(report_of(load=[1.0]), "cold")
    assert (figure.floor_value, figure.ratio, figure.met) == (None, None, None)


def test_what_could_not_be_measured_is_named() -> None:
    found = report_of(load=[1.0])
    assert "ready" in found.missing
    assert not set(found.missing) & {figure.id for figure in found.figures}


def test_the_sample_of_a_large_folder_is_another_one_each_turn() -> None:
    sizes = [(b"%d.md" % number, 100_000) for number in range(1000)]
    first, times = sample(sizes, 0)
    second, _ = sample(sizes, 1)
    assert not set(first) & set(second)
    assert 0 < len(first) < 100
    assert times * len(first) == pytest.approx(1000)


def test_the_sample_of_a_small_folder_is_all_of_it() -> None:
    sizes = [(b"%d.md" % number, 10 * number) for number in range(30)]
    paths, times = sample(sizes, 5)
    assert paths == [path for path, _size in sizes]
    assert times == 1


def test_results_are_stored() -> None:
    assert STORED


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_a_stored_result_has_the_shape_of_a_report(file: Path) -> None:
    stored = msgspec.json.decode(file.read_bytes(), type=Report)
    assert msgspec.json.decode(file.read_bytes()) == msgspec.to_builtins(stored)
    ids = [figure.id for figure in stored.figures]
    assert len(set(ids)) == len(ids)
    assert stored.rounds >= 3
    for figure in stored.figures:
        assert figure.value > 0
        assert figure.samples > 0
        if figure.floor_value:
            assert figure.ratio == pytest.approx(figure.value / figure.floor_value)
