"""Texts in formats that are not read are told of, where they are most of a folder, and counted always."""

from pathlib import Path

import pytest

from tui.cards.folder.scan import scan


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("---\ntitle: x\n---\n")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a.md", "b.rst", "c.rst"), "2 in .rst"),
        (("b.adoc",), "1 in .adoc"),
        (("a.md", "n/b.org", "n/c.ORG", "d.rst"), "2 in .org, 1 in .rst"),
    ],
)
def test_a_folder_of_texts_that_are_not_read_says_so(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    write(tmp_path, *names)
    (problem,) = scan(tmp_path).problems
    assert (problem.file, problem.rule, problem.severity) == (".", "unread", "warning")
    assert said in problem.message


@pytest.mark.parametrize(
    "names", [("a.md", "README.rst"), ("a.md", "b.md", "c.org"), ("a.md", "b.png", "c.pdf", "d.json"), (".b.rst",), ()]
)
def test_a_few_of_them_beside_cards_are_no_problem(tmp_path: Path, names: tuple[str, ...]) -> None:
    write(tmp_path, *names)
    assert not scan(tmp_path).problems


def test_they_are_counted_by_their_suffix(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "n/b.rst", "c.RST", "d.org")
    assert scan(tmp_path).unread == ((".rst", ("c.RST", "n/b.rst")), (".org", ("d.org",)))
