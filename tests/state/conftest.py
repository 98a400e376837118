"""Stores to try: each kind the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.state.stores import Desk, SteppingClock
from tui.state.store import MemoryStore, Store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "state" / "state.db")
    yield desk
    desk.close()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, desk: Desk) -> Store:
    return MemoryStore(SteppingClock()) if request.param == "memory" else desk.open()
