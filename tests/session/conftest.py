"""What the tests of following a folder share."""

from pathlib import Path

import pytest

from tests.cards.sync.watching import card, put
from tests.session.scripted import Scripted
from tui.session import follow, gathering


@pytest.fixture
def followed(tmp_path: Path) -> Scripted:
    """A folder of three cards, Card a to Card c, that the test follows."""
    root = tmp_path / "cards"
    for name in ("a", "b", "c"):
        put(root / f"{name}.md", card(f"Card {name}"))
    return Scripted(root, tmp_path / "shelf")


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch is shown, and a folder that is gone is looked for at once."""
    monkeypatch.setattr(gathering, "PUBLISH_SECONDS", 0)
    monkeypatch.setattr(gathering, "_PUBLISH_SHARE", 1e9)
    monkeypatch.setattr(follow, "AGAIN_AFTER", 0)
