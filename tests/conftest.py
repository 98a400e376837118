"""What every test shares: a fixed time zone, folders of its own, and the real cards where they are at hand."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.hostile.left import descendants

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ["TZ"] = "UTC"
time.tzset()

# How long an example takes says how busy the machine is, not whether newsdeck is right.
settings.register_profile("newsdeck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsdeck")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing a test does reaches the configuration, caches, marks or browser of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in (("CONFIG", "config"), ("CACHE", "cache"), ("STATE", "state"), ("DATA", "data")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("HOME", str(home))
    for name in list(os.environ):
        if name.startswith("NEWSDECK_") or name in ("BROWSER", "NO_COLOR"):
            monkeypatch.delenv(name)
    return home


@pytest.fixture
def leaves_no_process() -> Iterator[None]:
    """Whatever a test starts has ended, and has been waited for, by its end."""
    before = descendants(os.getpid())
    yield
    assert descendants(os.getpid()) <= before


@pytest.fixture
def real_cards() -> Path:
    """The folder of real cards; the test is skipped where it is missing."""
    cards = SHARED / "cards"
    if not cards.is_dir():
        pytest.skip("the folder of real cards is not beside this checkout")
    return cards
