"""A short round of each long run; `make force` does them in full."""

import time

import pytest

from tests.force import Watch
from tests.force.__main__ import module_of, names

_ELSE = 150


def rounds_of(name: str) -> int | None:
    """How many rounds are short; None for a run that is about time alone."""
    rounds: int | None = getattr(module_of(name), "SHORT", _ELSE)
    return rounds


@pytest.mark.parametrize("name", [name for name in names() if rounds_of(name) is not None])
def test_a_short_run_finds_nothing(name: str) -> None:
    assert module_of(name).run(rounds_of(name), Watch(time.process_time, strict=False)).faults == []
