"""Which files of a folder are cards."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tui.cards.folder import order
from tui.cards.folder import scan as scan_module
from tui.cards.folder.files import find_content_root
from tui.cards.folder.order import place_behind
from tui.cards.folder.scan import find_entry, scan
from tui.cards.worker.service import FolderService
from tui.cards.worker.start import Plan, WorkerStart
from tui.cards.worker.wire import PackedBatch
from tui.errors import FolderError


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("---\ntitle: x\n---\n")


def ids(root: Path) -> set[str]:
    return {entry.id for entry in scan(root).entries}


@pytest.mark.parametrize(
    ("name", "is_card"),
    [
        *(("a.md", True), ("a.markdown", True), ("a.html", True), ("a.htm", True), ("a.txt", True), ("A.MD", True)),
        *(("a.mdx", True), ("b.MDX", True), ("a.mdxx", False), (".a.mdx", False)),
        *(("a.qmd", True), ("b.Rmd", True), ("c.mkd", True), ("d.mdown", True), ("a.rst", False)),
        *(("a.json", False), ("a.yaml", False), ("md", False), ("a.md.bak", False), ("a.jpg", False), (".md", False)),
    ],
)
def test_cards_are_told_by_their_suffix(tmp_path: Path, name: str, is_card: bool) -> None:
    touch(tmp_path, name)
    assert ids(tmp_path) == ({name} if is_card else set())


@pytest.mark.parametrize("folder", [".git", ".hidden/deep", "node_modules", "_data", "sub/_data/topics"])
def test_folders_that_never_hold_cards_are_left_alone(tmp_path: Path, folder: str) -> None:
    touch(tmp_path, "a.md", f"{folder}/b.md")
    assert ids(tmp_path) == {"a.md"}
    assert find_entry(tmp_path, f"{folder}/b.md") is None


@pytest.mark.parametrize("marker", ["_data/x.txt", "_config.yml"])
@pytest.mark.parametrize("folder", ["api", "assets"])
def test_api_and_assets_are_left_alone_beside_the_site_they_belong_to(tmp_path: Path, marker: str, folder: str) -> None:
    touch(tmp_path, f"{folder}/a.md", f"site/{folder}/b.md", f"site/{marker}", "site/news/c.md")
    assert ids(tmp_path) == {f"{folder}/a.md", "site/news/c.md"}


def test_folders_are_read_sixteen_deep_and_deeper_ones_are_told(tmp_path: Path) -> None:
    deep = "/".join("d" * 16)
    touch(tmp_path, f"{deep}/in.md", f"{deep}/e/out.md")
    found = scan(tmp_path)
    assert [entry.id for entry in found.entries] == [f"{deep}/in.md"]
    assert [(problem.file, problem.rule) for problem in found.problems] == [(f"{deep}/e", "too-deep")]


def test_more_files_than_the_limit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_module, "MAX_FILES", 5)
    touch(tmp_path, *(f"{number}.md" for number in range(7)))
    found = scan(tmp_path)
    assert len(found.entries) == 5
    assert [problem.rule for problem in found.problems] == ["too-many"]


def test_as_many_files_as_the_limit_are_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_module, "MAX_FILES", 5)
    touch(tmp_path, *(f"{number}.md" for number in range(5)))
    assert scan(tmp_path).problems == ()


def test_the_nearest_folder_above_with_data_is_found(tmp_path: Path) -> None:
    touch(tmp_path, "site/_news/2020/a.md", "site/_data/topics/ai.yaml", "assets/a.txt")
    news = tmp_path / "site" / "_news" / "2020"
    assert find_content_root(news, "_data") == tmp_path / "site"
    assert find_content_root(news, "assets") == tmp_path
    assert find_content_root(news, "no-such-folder-anywhere") is None


def test_a_link_is_no_data_folder(tmp_path: Path) -> None:
    touch(tmp_path, "elsewhere/topics/ai.yaml", "site/a.md")
    (tmp_path / "site" / "_data").symlink_to(tmp_path / "elsewhere")
    assert find_content_root(tmp_path / "site", "_data") != tmp_path / "site"
    assert scan(tmp_path).content_roots == ()


@pytest.mark.parametrize("path", ["missing", "missing/\0", "a.md/below"])
def test_a_path_that_cannot_be_opened_is_told(tmp_path: Path, path: str) -> None:
    touch(tmp_path, "a.md")
    with pytest.raises(FolderError):
        scan(tmp_path / path)


def test_the_place_behind_a_file_is_found_even_if_the_file_is_gone(tmp_path: Path) -> None:
    touch(tmp_path, "2020-01-01-a.md", "2020-01-02-b.md", "2020-01-03-c.md")
    entries = scan(tmp_path).entries
    second = entries[1].path
    assert place_behind(entries, second) == 2
    Path(second.decode()).unlink()
    assert place_behind(scan(tmp_path).entries, second) == 1
    assert place_behind(entries, entries[-1].path) == 3


def test_the_newest_files_are_the_same_before_all_are_in_order(tmp_path: Path) -> None:
    names = [f"20{year:02}-0{month}-11-card.md" for year in range(50) for month in range(1, 7)]
    touch(tmp_path, *names, *(f"again/{name}" for name in names[::2]), "about.md", "z/3-not-a-date.md")
    entries = scan(tmp_path).entries
    one_by_one = [entries[place] for place in range(len(entries))]
    assert one_by_one == list(scan(tmp_path).entries[:])
    assert [entry.id for entry in one_by_one[:3]] == [names[-1], f"again/{names[-2]}", names[-2]]
    assert [entry.id for entry in one_by_one[-2:]] == ["about.md", "z/3-not-a-date.md"]


def test_the_newest_stories_are_told_before_all_files_are_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, *(f"{2000 + number}-01-01-card.md" for number in range(600)))
    ordered: list[int] = []
    put_in_order = order._sorted

    def note(names: Sequence[str], path_of: Callable[[int], bytes]) -> list[int]:
        ordered.append(len(names))
        return put_in_order(names, path_of)

    monkeypatch.setattr(order, "_sorted", note)
    messages = FolderService(Plan(WorkerStart(tmp_path))).messages(lambda: False)
    told = (message.read.batch.done for message in messages if isinstance(message, PackedBatch))
    assert next(told) == order.FIRST
    assert ordered == []
    assert next(told) > order.FIRST
    assert ordered == [600]


@pytest.mark.parametrize("name", ["._2024-03-05-harbour.md", ".#2024-03-05-harbour.md", ".hidden.html", ".md"])
def test_a_file_that_is_hidden_is_no_card_and_no_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "harbour.md").write_text("---\ntitle: Harbour\n---\n")
    if name.startswith(".#"):
        (tmp_path / name).symlink_to("ann@desk.example.1234:1700000000")
    else:
        (tmp_path / name).write_bytes(b"\xff\x00")
    found = scan(tmp_path)
    assert [entry.id for entry in found.entries] == ["harbour.md"]
    assert found.problems == ()


@pytest.mark.parametrize("name", ["more", "old cards", "posts.d"])
def test_a_folder_behind_a_link_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / name).symlink_to("../elsewhere")
    (problem,) = scan(tmp_path / "content").problems
    assert (problem.file, problem.rule, problem.severity) == (name, "link", "warning")


@pytest.mark.parametrize("name", [".git", "node_modules", "notes.pdf", "broken"])
def test_links_to_what_is_never_read_are_no_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "content").mkdir()
    target = {"notes.pdf": "../file", "broken": "../nowhere"}.get(name, "../elsewhere")
    (tmp_path / "content" / name).symlink_to(target)
    assert scan(tmp_path / "content").problems == ()
