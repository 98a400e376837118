"""What another process makes of a deck is what is made of it here, and if that process is gone nobody waits for it."""

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.deck.stored.test_gathered import NAMED, Senders
from tests.stories import coverage, story
from tui.cache.blocks import Block, parts_of
from tui.cache.kept import KeptBytes
from tui.deck.deck import Deck
from tui.deck.numbering import numbered
from tui.deck.search.index import build_index, index_blocks
from tui.deck.stored import beside
from tui.deck.stored.beside import BlocksBeside
from tui.deck.stored.numbered import NumberingGatherer
from tui.deck.stored.stories import deck_blocks, stored_items
from tui.work import never

pytestmark = pytest.mark.usefixtures("leaves_no_process")
STORIES = [
    story(f"{number}.md", title=f"Number {number} of ünd", related=(coverage(f"https://a.com/{number % 3}"),))
    for number in range(40)
]


def whole(blocks: Iterable[tuple[str, Block]]) -> list[tuple[str, bytes]]:
    return [(name, b"".join(parts_of(block))) for name, block in blocks]


def deck_of(kept: KeptBytes) -> Deck:
    gatherer = NumberingGatherer(kept, NAMED)
    Senders(gatherer).send(STORIES, 1)
    gatherer.remove([STORIES[7].id])
    return gatherer.deck()


@pytest.mark.parametrize("in_memory", [0, 300, 1 << 20])
def test_its_blocks_are_those_that_are_made_here(tmp_path: Path, in_memory: int) -> None:
    kept = KeptBytes(tmp_path, in_memory)
    process = BlocksBeside(kept, tmp_path)
    deck = deck_of(kept)
    process.begin(deck)
    assert whole(process.blocks()) == whole(deck_blocks(deck, stored_items(numbered(deck.stories))))
    index = build_index(deck.stories, deck.topics)
    assert index is not None
    assert dict(whole(process.blocks())) == index.blocks()
    with pytest.raises(OSError, match="ended"):
        process.blocks()
    process.end()
    process.end()
    assert not list(tmp_path.iterdir())


def test_blocks_that_were_told_stay_when_the_process_has_ended(tmp_path: Path) -> None:
    kept = KeptBytes(tmp_path)
    process = BlocksBeside(kept, tmp_path)
    deck = deck_of(kept)
    process.begin(deck)
    told = process.blocks()
    process.end()
    assert whole(told) == whole(deck_blocks(deck, stored_items(numbered(deck.stories))))


FATES = [
    pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="killed"),
    pytest.param(lambda: os._exit(0), id="silent"),
    pytest.param(lambda: 1 // 0, id="fails"),
]


@pytest.mark.parametrize("fate", FATES)
def test_nobody_waits_for_a_process_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: Callable[[], object]
) -> None:
    kept = KeptBytes(tmp_path)
    monkeypatch.setattr(beside, "_put", lambda *_: fate())
    process = BlocksBeside(kept, tmp_path)
    process.begin(deck_of(kept))
    with pytest.raises(OSError, match="ended"):
        process.blocks()
    process.end()


def test_without_a_file_there_is_no_such_process(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    for kept, folder in ((KeptBytes(None), tmp_path), (KeptBytes(tmp_path), tmp_path / "a file")):
        with pytest.raises(OSError, match="file"):
            BlocksBeside(kept, folder)


def test_an_index_that_nobody_needs_any_more_is_not_gone_on_with() -> None:
    deck = deck_of(KeptBytes(None))
    asked = iter([False, True])
    blocks = index_blocks(deck.stories, deck.topics, lambda: next(asked))
    with pytest.raises(InterruptedError):
        list(blocks)
    assert dict(index_blocks(deck.stories, deck.topics, never))
