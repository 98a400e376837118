"""What the tests of several modules here share."""

import os
from collections.abc import Iterator

import pytest

from tests.hostile.left import descendants


@pytest.fixture
def leaves_no_process() -> Iterator[None]:
    """Whatever a test starts has ended, and has been waited for, by its end."""
    before = descendants(os.getpid())
    yield
    assert descendants(os.getpid()) <= before
