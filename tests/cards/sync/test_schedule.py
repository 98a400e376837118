"""When touched files are looked at, and how often torn ones are tried again."""

from itertools import pairwise

import pytest

from tui.cards.sync.schedule import LATEST, MAX_PATHS, QUIET, RETRIES, Due, Schedule

STEP = 0.01


def looks(agenda: Schedule, start: float, end: float) -> list[tuple[float, Due]]:
    """What the agenda has done from `start` to `end`, and at which moments."""
    moments = [start + STEP * number for number in range(round((end - start) / STEP) + 1)]
    return [(now, look) for now in moments if (look := agenda.take(now)) is not None]


def test_nothing_is_done_while_nothing_happens() -> None:
    agenda = Schedule()
    agenda.touch((), 0)
    assert looks(agenda, 0, 10) == []


def test_a_touched_file_is_looked_at_once_when_it_has_come_to_rest() -> None:
    agenda = Schedule()
    agenda.touch([b"/a.md"], 1)
    [(at, look)] = looks(agenda, 1, 10)
    assert at == pytest.approx(1 + QUIET, abs=STEP)
    assert look == Due(paths=frozenset([b"/a.md"]))


def test_a_burst_is_one_look_after_its_end() -> None:
    agenda = Schedule()
    for number in range(5):
        agenda.touch([b"/%d.md" % number], number * 0.1)
        assert agenda.take(number * 0.1) is None
    [(at, look)] = looks(agenda, 0.4, 10)
    assert at == pytest.approx(0.4 + QUIET, abs=STEP)
    assert len(look.paths) == 5


def test_a_hush_between_events_does_not_put_off_the_look() -> None:
    agenda = Schedule()
    agenda.touch([b"/a.md"], 0)
    for number in range(1, 20):
        agenda.touch((), number * STEP)
    assert agenda.take(QUIET) is not None


def test_writing_without_end_is_looked_at_all_the_same() -> None:
    agenda = Schedule()
    found = []
    for number in range(300):
        agenda.touch([b"/a.md"], number * STEP)
        found += looks(agenda, number * STEP, number * STEP)
    assert found[0][0] == pytest.approx(LATEST, abs=2 * STEP)
    assert len(found) == pytest.approx(3 / LATEST, abs=1)


def test_a_flood_becomes_one_look_at_everything() -> None:
    agenda = Schedule()
    for number in range(10_000):
        agenda.touch([b"/%d.md" % number], 0)
    assert [look for _, look in looks(agenda, 0, 10)] == [Due(everything=True)]


def test_after_a_flood_single_files_are_looked_at_again() -> None:
    agenda = Schedule()
    agenda.touch([b"/%d.md" % number for number in range(MAX_PATHS + 1)], 0)
    looks(agenda, 0, 1)
    agenda.touch([b"/a.md"], 2)
    assert [look.paths for _, look in looks(agenda, 2, 5)] == [frozenset([b"/a.md"])]


def test_a_look_at_everything_covers_what_was_touched_before() -> None:
    agenda = Schedule()
    agenda.touch([b"/a.md"], 0)
    agenda.look_at_everything(0.05)
    assert [look for _, look in looks(agenda, 0, 5)] == [Due(everything=True)]


def test_of_two_moments_for_everything_the_earlier_counts() -> None:
    agenda = Schedule()
    agenda.look_at_everything(3)
    agenda.look_at_everything(1)
    agenda.look_at_everything(2)
    assert [at for at, _ in looks(agenda, 0, 5)] == [pytest.approx(1)]


def test_a_torn_file_is_tried_three_times_ever_later_and_then_given_up() -> None:
    agenda = Schedule()
    tried = [0.0]
    assert agenda.retry("a.md", 0)
    while tries := looks(agenda, tried[-1], tried[-1] + 10):
        [(at, look)] = tries
        assert look == Due(again=frozenset(["a.md"]))
        tried.append(at)
        agenda.retry("a.md", at)
    waits = [after - before for before, after in pairwise(tried)]
    assert waits == [pytest.approx(seconds, abs=STEP) for seconds in RETRIES]


def test_what_was_given_up_or_settled_begins_anew() -> None:
    agenda = Schedule()
    assert [agenda.retry("a.md", 0) for _ in range(5)] == [True, True, True, False, True]
    agenda.settle("a.md")
    assert looks(agenda, 0, 10) == []
    assert agenda.retry("a.md", 20)
    assert [at for at, _ in looks(agenda, 20, 30)] == [pytest.approx(20 + RETRIES[0], abs=STEP)]
