"""What a content folder says about its topics and outlets."""

from pathlib import Path

import pytest

from tui.cards.folder.data import load_data
from tui.model import Topic

REAL_CARDS = Path(__file__).resolve().parents[4] / "shared" / "cards"


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, "_data/topics/00-computing.yaml", "_id: computing\nname: Computing\n")
    write(tmp_path, "_data/topics/01-ai.yml", "---\nname: AI\nparent: Computing\n")
    write(tmp_path, "_data/topics/02-vision.md", "---\nname: [Computer Vision]\n---\n")
    write(tmp_path, "_data/topics/03-clouds.md", "---\nname: Clouds # of all kinds\nparent: Computing\n---\n")
    write(tmp_path, "_data/organizations/gazette.md", "---\nname: The Gazette\ndomain: Gazette.example\n---\n")
    write(tmp_path, "_news/2020-01-01-a.md", "---\ntitle: x\n---\n")
    return tmp_path


@pytest.mark.parametrize("opened", ["", "_news", "_news/2020-01-01-a.md"])
def test_topics_and_outlets_are_found_beside_the_cards_or_above(site: Path, opened: str) -> None:
    data = load_data(site / opened)
    assert data.topics == (Topic("Computing"), Topic("AI", "Computing"), Topic("Clouds", "Computing"))
    assert data.outlets["gazette.example"].name == "The Gazette"


def test_what_is_wrong_is_told_with_its_place(site: Path) -> None:
    write(site, "_data/topics/04-broken.yaml", "name: x\nparent: [a\n")
    write(site, "_data/topics/05-list.yaml", "- a\n")
    write(site, "_data/topics/06-latin.yaml", "name: x")
    (site / "_data/topics/06-latin.yaml").write_bytes(b"name: caf\xe9\n")
    (site / "_data/topics/07-link.yaml").symlink_to("/etc/passwd")
    problems = {problem.file: problem for problem in load_data(site).problems}
    assert {file: problem.rule for file, problem in problems.items()} == {
        "_data/topics/02-vision.md": "wrong-type",
        "_data/topics/04-broken.yaml": "yaml-syntax",
        "_data/topics/05-list.yaml": "not-a-mapping",
        "_data/topics/06-latin.yaml": "encoding",
        "_data/topics/07-link.yaml": "link",
    }
    assert problems["_data/topics/04-broken.yaml"].line == 2


def test_several_sites_in_one_folder_give_the_topics_of_all(site: Path, tmp_path: Path) -> None:
    write(tmp_path, "other/_data/topics/a.yaml", "name: Gardening\n")
    write(tmp_path, "other/_data/topics/b.yaml", "name: AI\nparent: Elsewhere\n")
    topics = load_data(tmp_path).topics
    assert Topic("Gardening") in topics
    assert [topic.parent for topic in topics if topic.name == "AI"] == ["Computing"]


def test_a_folder_without_data_has_no_topics(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "---\ntitle: x\n---\n")
    data = load_data(tmp_path)
    assert (data.topics, data.outlets, data.problems) == ((), {}, ())


def test_names_are_cleaned(site: Path) -> None:
    write(site, "_data/topics/08.yaml", 'name: "a\\e[31mb"\nparent: "c\\u202ed"\n')
    assert Topic("a\ufffd[31mb", "cd") in load_data(site).topics


def test_the_topics_of_real_folders_are_read_without_a_problem() -> None:
    if not REAL_CARDS.is_dir():
        pytest.skip(f"no real cards at {REAL_CARDS}")
    data = load_data(REAL_CARDS / "azure" / "_news")
    assert len(data.topics) == 20
    assert {topic.parent for topic in data.topics} == {"", "Azure"}
    assert load_data(REAL_CARDS).problems == ()
