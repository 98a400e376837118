"""Bytes that are kept are found again, wherever they had to go, and leave nothing behind."""

import errno
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cache.kept import KeptBytes


def kept_parts(kept: KeptBytes, parts: list[bytes]) -> list[bytes]:
    """The parts as they are found again once all of them were added."""
    starts = [kept.add(part) for part in parts]
    return [kept.part(start, start + len(part)) for start, part in zip(starts, parts, strict=True)]


@given(st.lists(st.binary(max_size=40), max_size=12), st.integers(0, 100))
def test_each_part_is_found_again_in_memory_and_on_disk(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], in_memory: int
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    assert kept_parts(KeptBytes(folder / "caches", in_memory), parts) == parts
    assert kept_parts(KeptBytes(None, in_memory), parts) == parts


def test_a_piece_of_a_part_is_found_by_where_it_lies(tmp_path: Path) -> None:
    kept = KeptBytes(tmp_path, in_memory=4)
    start = kept.add(b"one two three")
    assert kept.part(start + 4, start + 7) == b"two"


@pytest.mark.parametrize("room", [0, 1, 3])
def test_what_finds_no_room_on_disk_is_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    written, left = os.pwrite, [room]

    def write(file: int, data: memoryview, place: int) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "no room")
        return written(file, data, place)

    monkeypatch.setattr(os, "pwrite", write)
    parts = [bytes([number]) * 5 for number in range(5)]
    assert kept_parts(KeptBytes(tmp_path / "caches", in_memory=0), parts) == parts


def test_a_folder_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "caches").write_text("a file", encoding="utf-8")
    assert kept_parts(KeptBytes(tmp_path / "caches", in_memory=0), [b"one", b"two"]) == [b"one", b"two"]


def test_little_needs_no_file_and_nothing_is_left_of_much(tmp_path: Path) -> None:
    little = KeptBytes(tmp_path / "little")
    little.add(b"few")
    assert not (tmp_path / "little").exists()
    open_before = len(os.listdir("/dev/fd"))
    much = KeptBytes(tmp_path / "much", in_memory=0)
    for _ in pairwise(range(5)):
        much.add(b"many")
    assert list((tmp_path / "much").iterdir()) == []
    del much
    assert len(os.listdir("/dev/fd")) == open_before


def test_a_process_that_has_the_file_finds_what_was_left_there(tmp_path: Path) -> None:
    ours, theirs = KeptBytes(tmp_path), KeptBytes(tmp_path)
    os.dup2(ours.share(), theirs.share())
    start = ours.add(b"one two three")
    theirs.settled(ours.settle())
    assert theirs.part(start + 4, start + 7) == b"two"
    assert not list(tmp_path.iterdir())


def test_what_is_only_in_memory_is_not_said_to_be_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no room")

    kept = KeptBytes(tmp_path)
    kept.share()
    start = kept.add(b"one")
    monkeypatch.setattr(os, "pwrite", refuse)
    with pytest.raises(OSError, match="not all"):
        kept.settle()
    assert kept.part(start, start + 3) == b"one"
    for without in (KeptBytes(None), kept):
        with pytest.raises(OSError, match="in a file"):
            without.share()
