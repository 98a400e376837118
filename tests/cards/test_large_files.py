"""A file over the limit: the story of its head stays, with a warning; without one it is too large."""

from pathlib import Path

import pytest

from tui.cards.format.front_matter import FILE_LIMIT
from tui.cards.reader import read_card
from tui.cards.worker.batches import load

HEAD = b"---\ntitle: Harbour\n---\n"


@pytest.mark.parametrize("filler", [b"x", b"line of text\n", "\u00e9".encode(), "\U0001f600".encode()])
def test_a_body_over_the_limit_keeps_its_story(tmp_path: Path, filler: bytes) -> None:
    (tmp_path / "a.md").write_bytes(HEAD + filler * (2 * FILE_LIMIT // len(filler)))
    (batch,) = load(tmp_path)
    assert [story.title for story in batch.stories] == ["Harbour"]
    assert [(problem.rule, problem.severity) for problem in batch.problems] == [("file-size", "warning")]
    card = read_card(tmp_path, "a.md").card
    assert card is not None
    assert "\ufffd" not in card.body


@pytest.mark.parametrize(
    "data",
    [
        b"x" * (FILE_LIMIT + 1),
        b"---\ntitle: x\n" + b"# comment\n" * 200_000,
        b"---\na: [" + b"x," * 600_000 + b"]\n---\n",
    ],
    ids=["no head", "head never closed in time", "head too long"],
)
def test_a_file_over_the_limit_without_a_head_is_too_large(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    (batch,) = load(tmp_path)
    assert batch.stories == ()
    assert [(problem.rule, problem.severity) for problem in batch.problems] == [("file-size", "error")]


def test_a_file_of_just_the_limit_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(HEAD + b"x" * (FILE_LIMIT - len(HEAD)))
    (batch,) = load(tmp_path)
    assert [problem.rule for problem in batch.problems] == []
    assert len(batch.stories) == 1
