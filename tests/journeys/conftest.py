"""Each journey gets a terminal of its own."""

from collections.abc import Iterator

import pytest

from tests.journeys.terminal import Terminal, open_terminal


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A terminal that is closed at the end; the journey is skipped where there is no tmux."""
    with open_terminal() as terminal:
        yield terminal
