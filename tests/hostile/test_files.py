"""Rows F of the hostile corpus: whatever lies in a content folder, nothing is waited for and nothing else is read."""

import os
import socket
from pathlib import Path

import pytest

from tui.cards.folder.scan import find_entry, scan
from tui.cards.reader import read_card
from tui.cards.worker.batches import load
from tui.errors import FolderError, StoryNotFoundError
from tui.model import Problem, Story
from tui.text.sanitize import clean_path

GOOD = b"---\ntitle: A quiet day\n---\n"


def read_all(folder: Path) -> tuple[list[Story], list[Problem]]:
    batches = list(load(folder))
    return [s for batch in batches for s in batch.stories], [p for batch in batches for p in batch.problems]


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def make_link_out(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def make_link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000_000)


SPECIAL = [
    pytest.param(make_fifo, "fifo", id="F1-fifo"),
    pytest.param(make_socket, "socket", id="F2-socket"),
    pytest.param(make_link_to_device, "link", id="F3-device"),
    pytest.param(make_link_out, "link", id="F4-link-out"),
    pytest.param(make_loop, "link", id="F5-loop"),
    pytest.param(make_dangling, "link", id="F5-dangling"),
    pytest.param(make_huge, "file-size", id="sparse-50-GB"),
]


@pytest.mark.parametrize(("make", "rule"), SPECIAL)
def test_what_is_no_plain_file_is_listed_and_never_opened(tmp_path: Path, make: object, rule: str) -> None:
    assert callable(make)
    (tmp_path / "2020-01-01-good.md").write_bytes(GOOD)
    try:
        make(tmp_path / "2020-01-02-bad.md")
    except OSError as error:
        pytest.skip(f"cannot be made here: {error}")
    stories, problems = read_all(tmp_path)
    assert [story.title for story in stories] == ["A quiet day"]
    assert [(problem.file, problem.rule, problem.severity) for problem in problems] == [
        ("2020-01-02-bad.md", rule, "error")
    ]


@pytest.mark.parametrize("make", [make_fifo, make_socket, make_link_out, make_loop])
def test_a_file_that_turns_into_something_else_after_the_scan_is_not_opened(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path = tmp_path / "a.md"
    path.write_bytes(GOOD)
    entry = scan(tmp_path).entries[0]
    path.unlink()
    make(path)
    parsed = read_card(tmp_path, entry)
    assert parsed.card is None
    assert len(parsed.problems) == 1


@pytest.mark.parametrize("name", ["notes", "fifo.jpg", "pipe.yaml"])
def test_special_files_that_are_no_cards_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_bytes(GOOD)
    os.mkfifo(tmp_path / name)
    stories, problems = read_all(tmp_path)
    assert len(stories) == 1
    assert problems == []


def test_f5_folders_that_are_links_are_not_entered(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_bytes(GOOD)
    (tmp_path / "news" / "again").symlink_to(tmp_path)
    stories, problems = read_all(tmp_path)
    assert [story.id for story in stories] == ["news/a.md"]
    assert [(problem.file, problem.rule, problem.severity) for problem in problems] == [
        ("news/again", "link", "warning")
    ]
    assert find_entry(tmp_path, "news/again/news/a.md") is None


def test_f6_a_folder_with_the_name_of_a_card_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    (tmp_path / "x.md" / "a.md").write_bytes(GOOD)
    stories, _ = read_all(tmp_path)
    assert [story.id for story in stories] == ["x.md/a.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_f7_what_may_not_be_read_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(GOOD)
    (tmp_path / "b.md").write_bytes(GOOD)
    (tmp_path / "b.md").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    stories, problems = read_all(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert [story.id for story in stories] == ["a.md"]
    assert sorted((problem.file, problem.rule) for problem in problems) == [
        ("b.md", "unreadable"),
        ("closed", "unreadable"),
    ]


def test_f8_a_file_that_vanishes_between_scan_and_open_is_listed(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.md").write_bytes(GOOD)
    batches = load(tmp_path)
    first = next(batches)
    assert first.done < 300
    (tmp_path / "000.md").unlink()
    rest = list(batches)
    assert [(problem.file, problem.rule) for batch in rest for problem in batch.problems] == [("000.md", "vanished")]
    assert sum(len(batch.stories) for batch in (first, *rest)) == 299


NAMES = [
    *(b"new\nline.md", b"esc\x1b[31m.md", b"bytes\xff.md", b"bytes\xfe.md", b"[/x].md", b"-rf.md", b"a b .md"),
    *(b"x" * 252 + b".md", b"Case.md", b"case.md", "caf\u00e9.md".encode(), "cafe\u0301.md".encode()),
    *("gnp\u202eexe.md".encode(), "zero\u200bwidth.md".encode(), b"zerowidth.md", b" lead.md", b"tab\t.md"),
    b"bytes\xef\xbf\xbd.md",
]


def test_f11_every_name_gives_one_id_that_can_be_shown_and_leads_back(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in NAMES:
        try:
            with open(os.path.join(folder, name), "xb") as file:
                file.write(b"---\ntitle: t" + name.hex().encode() + b"\n---\n")
        except OSError as error:
            pytest.skip(f"this file system refuses {name!r}: {error}")
    stories, problems = read_all(tmp_path)
    assert problems == []
    assert len({story.id for story in stories}) == len(NAMES)
    for story in stories:
        assert clean_path(story.id) == story.id
        assert story.id.endswith(".md")
        card = read_card(tmp_path, story.id).card
        assert card is not None
        assert card.story.title == story.title


@pytest.mark.parametrize("id", ["", ".", "..", "../a.md", "/etc/passwd", "a\0.md", "\ud800.md", "no.md", "sub/../a.md"])
def test_an_id_leads_to_no_file_but_its_own(tmp_path: Path, id: str) -> None:
    root = tmp_path / "cards"
    root.mkdir()
    (root / "a.md").write_bytes(GOOD)
    (tmp_path / "a.md").write_bytes(GOOD)
    with pytest.raises(StoryNotFoundError):
        read_card(root, id)


def test_f13_a_root_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="Check the path"):
        list(load(tmp_path / "gone"))


def test_f13_a_root_that_goes_while_it_is_read_leaves_problems(tmp_path: Path) -> None:
    root = tmp_path / "cards"
    root.mkdir()
    for number in range(300):
        (root / f"{number:03}.md").write_bytes(GOOD)
    batches = load(root)
    next(batches)
    root.rename(tmp_path / "elsewhere")
    assert {problem.rule for batch in batches for problem in batch.problems} == {"vanished"}


@pytest.mark.parametrize("make", [make_fifo, make_socket])
def test_a_root_that_is_no_folder_is_refused(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "root")
    with pytest.raises(FolderError, match="neither a folder nor a regular file"):
        scan(tmp_path / "root")


def test_cards_are_never_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(GOOD)
    (tmp_path / "b.md").write_bytes(b"---\nbroken: [\n")
    for path in tmp_path.iterdir():
        path.chmod(0o444)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    read_all(tmp_path)
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()} == before
