"""The cache folder is one's own alone, survives what happens to disks and writers, and does not grow for ever."""

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cache.caches import BLOCKS, Shelf
from tests.conftest import ROOT
from tests.disks import Mount, fill, small_disk
from tui.cache.file import cache_path, open_cache, read_cache, write_cache
from tui.cache.folder import DAY, UNUSED_DAYS, kept_files, remove_file, tidy
from tui.errors import UnusableCacheError

SOMEBODY = 12345
ONLY_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
NOW = 4_000_000_000.0
"""A moment so late that no cache seems old to a writer, who goes by the clock of the machine."""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    with small_disk(tmp_path / "small") as mount:
        yield mount


def used(path: Path, days_ago: float, now: float = NOW) -> None:
    os.utime(path, (now - days_ago * DAY,) * 2)


def refusal(shelf: Shelf) -> str:
    """Why the cache is not used, which it must not be."""
    assert shelf.open() is None
    with pytest.raises(UnusableCacheError) as caught:
        read_cache(shelf.path, shelf.root)
    return str(caught.value)


def test_nobody_else_may_read_or_write_a_cache(shelf: Shelf) -> None:
    before = os.umask(0)
    try:
        shelf.write()
    finally:
        os.umask(before)
    assert stat.S_IMODE(shelf.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(shelf.path.stat().st_mode) == 0o600
    assert shelf.names() == [shelf.path.name]


@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_a_cache_that_others_may_write_is_not_used(shelf: Shelf, mode: int) -> None:
    shelf.write()
    shelf.path.chmod(mode)
    assert refusal(shelf) == "others may write to it"


@pytest.mark.parametrize("mode", [0o777, 0o720, 0o702])
def test_a_cache_in_a_folder_that_others_may_write_is_not_used_until_it_is_written_anew(
    shelf: Shelf, mode: int
) -> None:
    shelf.write()
    shelf.folder.chmod(mode)
    assert refusal(shelf) == "others may write to its folder"
    shelf.write()
    assert shelf.survives() == 0


def test_a_cache_that_is_a_link_is_not_used(shelf: Shelf) -> None:
    shelf.write()
    shelf.path.symlink_to(shelf.path.rename(shelf.folder / "elsewhere"))
    assert "is a link" in refusal(shelf)
    shelf.write()
    assert not shelf.path.is_symlink()
    assert shelf.survives() == 0


def test_a_folder_that_is_a_link_is_not_used(shelf: Shelf, tmp_path: Path) -> None:
    shelf.write()
    shelf.folder.symlink_to(shelf.folder.rename(tmp_path / "elsewhere"))
    assert "folder is a link" in refusal(shelf)
    before = shelf.path.read_bytes()
    with pytest.raises(OSError, match=r"."):
        shelf.write()
    assert shelf.path.read_bytes() == before


@ONLY_ROOT
def test_somebody_elses_cache_is_not_used_but_replaced(shelf: Shelf) -> None:
    shelf.write()
    os.chown(shelf.path, SOMEBODY, SOMEBODY)
    assert refusal(shelf) == "it belongs to somebody else"
    shelf.write()
    assert shelf.path.stat().st_uid == os.geteuid()
    assert shelf.survives() == 0


@ONLY_ROOT
def test_somebody_elses_folder_is_neither_read_nor_written(shelf: Shelf) -> None:
    shelf.write()
    os.chown(shelf.folder, SOMEBODY, SOMEBODY)
    assert refusal(shelf) == "its folder belongs to somebody else"
    before = shelf.path.read_bytes()
    with pytest.raises(PermissionError):
        shelf.write()
    assert shelf.path.read_bytes() == before
    assert shelf.names() == [shelf.path.name]


def test_a_folder_in_place_of_the_cache_stays(shelf: Shelf) -> None:
    shelf.path.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        shelf.write()
    assert shelf.names() == [shelf.path.name]


def test_a_full_disk_leaves_the_old_cache_and_nothing_else(shelf: Shelf, mount: Mount) -> None:
    shelf.folder = mount.path / "cache"
    shelf.path = cache_path(shelf.folder, shelf.root)
    token = shelf.write()
    fill(mount.path / "filler")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        shelf.write()
    assert shelf.names() == [shelf.path.name]
    assert shelf.open(token) is not None
    assert shelf.survives() == 0
    (mount.path / "filler").unlink()
    shelf.write()
    assert shelf.survives() == 0


def test_a_disk_that_is_full_from_the_start_gets_no_cache(shelf: Shelf, mount: Mount) -> None:
    fill(mount.path / "filler")
    path = cache_path(mount.path / "cache", shelf.root)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_cache(path, shelf.root, BLOCKS)
    assert open_cache(path, shelf.root) is None


def test_a_read_only_disk_serves_the_cache_it_has(shelf: Shelf, mount: Mount) -> None:
    shelf.folder = mount.path / "cache"
    shelf.path = cache_path(shelf.folder, shelf.root)
    token = shelf.write()
    used(shelf.path, 5)
    assert mount.read_only(True)
    with pytest.raises(OSError, match=os.strerror(errno.EROFS)):
        shelf.write()
    assert shelf.open(token) is not None
    assert shelf.survives() == 0


def test_the_folder_cannot_be_made_where_a_file_is(shelf: Shelf) -> None:
    shelf.folder.write_text("", encoding="utf-8")
    assert refusal(shelf)
    with pytest.raises(OSError, match=r"."):
        shelf.write()


def test_two_writers_and_a_reader_at_once_see_whole_caches_only(shelf: Shelf) -> None:
    def write(fellow: int) -> dict[str, int]:
        return {shelf.write({"first": bytes([fellow]) * 70_000, "last": bytes([fellow])}): fellow for _ in range(20)}

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, fellow) for fellow in (1, 2, 3)]
        seen = []
        while not all(writer.done() for writer in writers):
            if (cache := shelf.open()) is not None:
                seen.append((cache.token, {*cache.block("first"), *cache.block("last")}))
        wrote = {token: fellow for writer in writers for token, fellow in writer.result().items()}
    last = shelf.open()
    assert last is not None
    assert [*seen, (last.token, set(last.block("first")))] == [
        *((token, {wrote[token]}) for token, _fellows in seen),
        (last.token, {wrote[last.token]}),
    ]
    assert shelf.names() == [shelf.path.name]


WRITER = """
import os, sys
from pathlib import Path
from tui.cache.file import write_cache
def at_the_last_moment(descriptor, sync=os.fsync):
    print("written", flush=True)
    sys.stdin.readline() or os._exit(9)
    sync(descriptor)
os.fsync = at_the_last_moment
write_cache(Path(sys.argv[1]), Path(sys.argv[2]), {"block": b"of another process"})
"""


@pytest.fixture
def writer(shelf: Shelf) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that has written a cache but for the last step."""
    command = [sys.executable, "-c", WRITER, str(shelf.path), str(shelf.root)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        yield process
        process.kill()


def test_a_writer_at_work_is_not_disturbed_by_another(shelf: Shelf, writer: "subprocess.Popen[bytes]") -> None:
    shelf.write()
    assert shelf.survives() == 0
    writer.communicate(b"go on\ngo on\n", timeout=60)
    assert writer.returncode == 0
    cache = shelf.open()
    assert cache is not None
    assert bytes(cache.block("block")) == b"of another process"


def test_what_a_killed_writer_left_goes_with_the_next_writing(shelf: Shelf, writer: "subprocess.Popen[bytes]") -> None:
    assert len(shelf.names()) == 1
    writer.kill()
    writer.wait(60)
    assert shelf.open() is None
    assert len(shelf.names()) == 1
    shelf.write()
    assert shelf.names() == [shelf.path.name]


class Neighbours:
    """Caches of several folders of cards in one cache folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "cache"

    def add(self, name: str, days_ago: float = 1) -> Path:
        root = self.home / name
        root.mkdir()
        path = cache_path(self.folder, root)
        write_cache(path, root, {"block": name.encode() * 1000})
        used(path, days_ago)
        return path


@pytest.fixture
def neighbours(tmp_path: Path) -> Neighbours:
    return Neighbours(tmp_path)


def test_caches_of_cards_that_are_gone_are_removed(neighbours: Neighbours) -> None:
    kept, gone, own = neighbours.add("kept"), neighbours.add("gone"), neighbours.add("own")
    (neighbours.home / "gone").rmdir()
    (neighbours.home / "own").rmdir()
    assert tidy(neighbours.folder, own, NOW) == [gone]
    assert kept.exists()
    assert own.exists()
    assert not gone.exists()


def test_caches_that_nobody_opens_are_removed(neighbours: Neighbours) -> None:
    fresh, stale = neighbours.add("fresh", UNUSED_DAYS - 1), neighbours.add("stale", UNUSED_DAYS + 1)
    own = neighbours.add("own", UNUSED_DAYS + 2)
    assert tidy(neighbours.folder, own, NOW) == [stale]
    assert fresh.exists()
    assert own.exists()


def test_the_caches_opened_longest_ago_give_way_to_new_ones(neighbours: Neighbours) -> None:
    paths = [neighbours.add(name, days_ago) for name, days_ago in (("a", 3), ("b", 9), ("c", 6), ("own", 20))]
    sizes = [path.stat().st_size for path in paths]
    assert tidy(neighbours.folder, paths[3], NOW, most_bytes=sum(sizes)) == []
    assert tidy(neighbours.folder, paths[3], NOW, most_bytes=sum(sizes) - sizes[1] - 1) == [paths[1], paths[2]]
    assert paths[0].exists()
    assert tidy(neighbours.folder, paths[3], NOW, most_bytes=0) == [paths[0]]
    assert paths[3].exists()


def test_writing_tidies_up_and_opening_counts_as_use(neighbours: Neighbours) -> None:
    opened, looked_at = neighbours.add("opened"), neighbours.add("looked at")
    for path in (opened, looked_at):
        used(path, UNUSED_DAYS * 2, time.time())
    assert read_cache(looked_at).path == looked_at
    assert open_cache(opened, neighbours.home / "opened") is not None
    own = neighbours.add("own")
    assert sorted(neighbours.folder.iterdir()) == sorted([opened, own])


def test_what_is_no_cache_is_never_removed(neighbours: Neighbours) -> None:
    own = neighbours.add("own")
    others = [neighbours.folder / name for name in ("0" * 32 + ".deck", "notes.txt", "1" * 31 + ".deck", ".x.new")]
    for path in others:
        path.write_bytes(b"not of newsdeck")
    link, folder = neighbours.folder / ("2" * 32 + ".deck"), neighbours.folder / ("3" * 32 + ".deck")
    link.symlink_to(neighbours.add("linked").rename(neighbours.home / "elsewhere"))
    folder.mkdir()
    for path in (*others, folder):
        used(path, UNUSED_DAYS * 2)
    assert tidy(neighbours.folder, own, NOW, most_bytes=0) == []
    assert sorted(neighbours.folder.iterdir()) == sorted([*others, link, folder, own])
    assert (neighbours.home / "elsewhere").exists()
    with pytest.raises(UnusableCacheError):
        remove_file(others[1])


def test_old_versions_go_when_they_are_old(neighbours: Neighbours) -> None:
    old, recent, own = neighbours.add("old"), neighbours.add("recent"), neighbours.add("own")
    for path, days_ago in ((old, UNUSED_DAYS + 1), (recent, 1)):
        path.write_bytes(path.read_bytes()[:8] + b"of a format nobody knows any more")
        used(path, days_ago)
    assert tidy(neighbours.folder, own, NOW) == [old]


def test_what_is_kept_can_be_listed(neighbours: Neighbours) -> None:
    later, earlier = neighbours.add("later", 1), neighbours.add("earlier", 2)
    earlier.write_bytes(b"")
    used(earlier, 2)
    listed = kept_files(neighbours.folder)
    assert [file.path for file in listed] == [earlier, later]
    assert [file.header is None for file in listed] == [True, False]
    assert listed[0].refusal
    assert kept_files(neighbours.home / "none") == []
