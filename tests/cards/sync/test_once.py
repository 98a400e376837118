"""A folder beside what a cache file knows of it: the same as if it were loaded anew, whatever happened to it."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cards.sync.watching import card, fresh, known_files, put, read_changes, stored_and_known
from tui.cards.folder import scan as scan_module
from tui.cards.folder.scan import scan
from tui.cards.protocol import Outcome, decode_problems, encode_problems
from tui.cards.sync.once import Since, compare_since
from tui.cards.sync.table import NO_DIGEST, STORY, FileTable
from tui.cards.sync.tracked import TrackedFiles
from tui.errors import FolderError
from tui.model import Story

NAMES = [
    *(
        "a.md",
        "b.md",
        "2020-01-01-c.md",
        "d.HTML",
        "note.txt",
        "picture.png",
        "sub/a.md",
        "sub/deep/b.md",
        "sub/x y.md",
    ),
    *("_data/topics/t.yaml", "_data/x.md", "api/a.md", "assets/b.md", "_config.yml", ".git/a.md", "node_modules/a.md"),
    *(
        "odd\udcff.md",
        "odd\udcfe.md",
        "line\nbreak.md",
        "two  blanks.md",
        " blank.md",
        "sub/odd\udcff.md",
        "e\u0301.md",
    ),
    *("odd\ufffd.md", "odd\ufffd~7a92203d.md"),
]
TEXTS = [card("One"), card("Two"), "---\n[\n---\n", "no card", "---\ntitle: x\nquality: soon\n---\n", ""]

Deed = tuple[str, str, str]
deeds = st.tuples(
    st.sampled_from(["write", "write", "write", "touch", "remove", "folder", "pipe", "link", "rename"]),
    st.sampled_from(NAMES),
    st.sampled_from([*TEXTS, *NAMES]),
)
moments = count(10**18, 10**9)


def do(root: Path, deed: Deed) -> None:
    """Change something in a folder, if it can be done; each time of change comes once."""
    kind, name, other = deed
    path = root / name
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        match kind:
            case "write" if not path.is_fifo():
                path.write_bytes(os.fsencode(other))
            case "remove":
                path.rmdir() if path.is_dir() else path.unlink()
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
            case "link":
                path.symlink_to(root / "a.md")
            case "rename" if other in NAMES:
                path.rename(root / other)
        moment = next(moments)
        os.utime(path, ns=(moment, moment), follow_symlinks=False)


def ids(known: TrackedFiles) -> set[str]:
    return {known.table.id_of(above + name) for above, folder in known.table.folders.items() for name in folder.cards()}


@settings(max_examples=150, deadline=None)
@given(st.lists(deeds, max_size=12), st.lists(st.lists(deeds, max_size=5), min_size=1, max_size=3))
def test_changes_on_top_of_what_was_known_are_what_a_new_load_gives(
    before: list[Deed], after: list[list[Deed]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for deed in before:
            do(root, deed)
        shown: dict[str, Story] = fresh(root)[0]
        known = known_files(root)
        for later in after:
            for deed in later:
                do(root, deed)
            known = stored_and_known(known, root)
            changes, _ = read_changes(known)
            for id in changes.removed:
                del shown[id]
            shown |= {story.id: story for story in changes.stories}
            stories, problems, not_cards = fresh(root)
            assert shown == stories
            assert frozenset(changes.problems) == problems
            assert (changes.not_cards, changes.files) == (not_cards, len(scan(root).entries))
            assert ids(known) == {entry.id for entry in scan(root).entries}


def test_what_did_not_change_is_not_read(real_cards: Path) -> None:
    known = stored_and_known(known_files(real_cards), real_cards)
    changes, read = read_changes(known)
    assert (changes.stories, changes.removed, read) == ((), (), 0)
    assert changes.files == len(scan(real_cards).entries)


def test_only_what_was_touched_is_read(tmp_path: Path) -> None:
    for number in range(50):
        put(tmp_path / f"{number}.md", card(str(number)))
    known = known_files(tmp_path)
    put(tmp_path / "7.md", card("seven"))
    os.utime(tmp_path / "8.md")
    put(tmp_path / "50.md", card("50"))
    (tmp_path / "9.md").unlink()
    changes, read = read_changes(known)
    assert {story.id for story in changes.stories} == {"7.md", "50.md"}
    assert (changes.removed, read) == (("9.md",), 3)
    assert read_changes(known)[1] == 0


def test_a_file_with_the_size_and_times_of_before_is_known_by_its_other_facts(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    put(file, card("One"))
    known = known_files(tmp_path)
    facts = file.stat()
    put(tmp_path / "new", card("Two"))
    (tmp_path / "new").rename(file)
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert file.stat().st_size == facts.st_size
    assert [story.title for story in read_changes(known)[0].stories] == ["Two"]


def test_a_file_that_changed_a_moment_before_it_was_read_is_read_again(tmp_path: Path) -> None:
    put(tmp_path / "a.md", card("One"))
    moment = (tmp_path / "a.md").stat().st_ctime_ns
    just_read = known_files(tmp_path, lambda: moment + 10**9)
    long_read = known_files(tmp_path, lambda: moment + 3 * 10**9)
    assert [read_changes(known)[1] for known in (just_read, long_read)] == [1, 0]


def test_a_file_from_the_future_is_read_once(tmp_path: Path) -> None:
    put(tmp_path / "a.md", card("One"))
    os.utime(tmp_path / "a.md", (4e9, 4e9))
    assert read_changes(known_files(tmp_path))[1] == 0


def test_as_many_files_as_the_limit_are_compared_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_module, "MAX_FILES", 5)
    for number in range(4):
        put(tmp_path / f"{number}.md", card(str(number)))
    known = known_files(tmp_path)
    for number in range(4, 9):
        put(tmp_path / f"{number}.md", card(str(number)))
    changes, _ = read_changes(known)
    assert changes.files == 5
    assert [problem.rule for problem in changes.problems] == ["too-many"]
    for number in range(5):
        (tmp_path / f"{number}.md").unlink()
    assert read_changes(known)[0].problems == ()
    assert ids(known) == {entry.id for entry in scan(tmp_path).entries}


def test_texts_that_are_not_read_stay_told_of_while_they_are_most(tmp_path: Path) -> None:
    put(tmp_path / "a.md", card("One"))
    known = known_files(tmp_path)
    for name in ("b.rst", "n/c.rst"):
        put(tmp_path / name, "Tides")
    for _ in range(2):
        assert [problem.rule for problem in read_changes(known)[0].problems] == ["unread"]
    put(tmp_path / "d.md", card("Two"))
    assert read_changes(known)[0].problems == ()


def blocks(known: TrackedFiles) -> tuple[bytes, bytes]:
    return known.block(), encode_problems(known.problems, known.table.not_cards)


def since(root: Path, known: TrackedFiles) -> Since:
    return compare_since(root, *blocks(known))


def test_a_command_learns_what_changed_since_the_cache_file_was_written(tmp_path: Path) -> None:
    put(tmp_path / "a.md", card("One"))
    put(tmp_path / "b.md", "---\n[\n---\n")
    put(tmp_path / "c.txt", "no card")
    put(tmp_path / "_data" / "topics" / "ai.yaml", "name: AI\n")
    known = known_files(tmp_path)
    same = since(tmp_path, known)
    assert (same.stories, same.removed, same.data_changed) == ((), (), False)
    assert ([problem.file for problem in same.problems], same.not_cards, same.files) == (["b.md"], 1, 3)
    put(tmp_path / "b.md", card("Mended"))
    put(tmp_path / "_data" / "topics" / "ai.yaml", "name: AI\nparent: All\n")
    (tmp_path / "a.md").unlink()
    changed = since(tmp_path, known)
    assert [story.title for story in changed.stories] == ["Mended"]
    assert (changed.removed, changed.problems, changed.data_changed) == (("a.md",), (), True)


def test_a_card_that_broke_meanwhile_is_a_problem_and_no_story_as_in_a_new_load(tmp_path: Path) -> None:
    put(tmp_path / "a.md", card("One"))
    known = known_files(tmp_path)
    put(tmp_path / "a.md", "---\n[\n---\n")
    changed = since(tmp_path, known)
    assert changed.removed == ("a.md",)
    assert frozenset(changed.problems) == fresh(tmp_path)[1]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    known = known_files(tmp_path)
    with pytest.raises(FolderError, match="Check the path"):
        since(tmp_path / "gone", known)


def cut(block: bytes) -> bytes:
    return block[:-3]


def longer(block: bytes) -> bytes:
    return block + b"\x00"


DAMAGES: list[Callable[[bytes], bytes]] = [
    cut,
    longer,
    lambda block: block.replace(b"/a.md/", b"/a/md/"),
    lambda block: block.replace(b"/a.md/", b"a.md//"),
    lambda block: block[:1] + b"\x63" + block[2:],
    lambda block: b"",
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_table_is_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    put(tmp_path / "a.md", card("One"))
    block = known_files(tmp_path).block()
    assert damage(block) != block
    with pytest.raises(ValueError, match=r"."):
        FileTable.of_block(damage(block))


def test_problems_survive_being_stored(tmp_path: Path) -> None:
    put(tmp_path / "b.md", "---\n[\n---\n")
    os.mkfifo(tmp_path / "pipe.md")
    known = known_files(tmp_path)
    _, stored = blocks(known)
    assert decode_problems(stored) == (known.problems, 0)
    assert read_changes(stored_and_known(known, tmp_path))[0].problems == known.problems
    with pytest.raises(ValueError, match=r"."):
        decode_problems(stored[:-1])


@pytest.mark.parametrize(("seconds", "is_known"), [(0, False), (3, True)])
def test_a_file_is_known_by_its_times_once_it_was_read_long_enough_after_them(
    tmp_path: Path, seconds: int, is_known: bool
) -> None:
    put(tmp_path / "a.md", card("A card"))
    written_ns = os.stat(tmp_path / "a.md").st_ctime_ns
    known = TrackedFiles(tmp_path, FileTable(), now_ns=lambda: written_ns + seconds * 10**9)
    (candidate,) = known.compare_all(Outcome(written_ns, [], b"", b"", ())).candidates
    known.settle(candidate, STORY, NO_DIGEST, ())
    assert (known.compare_all().candidates == ()) is is_known
