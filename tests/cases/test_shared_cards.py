"""Cases of cards: what is read of them, and what is said where nothing can be."""

import json
from pathlib import Path

from tests.cases.shared import open_case
from tests.cli.harness import newsdeck
from tui.cards.folder.scan import scan
from tui.cards.format.parse import parse_card
from tui.model import Card


def _card(folder: Path, name: str) -> Card:
    card = parse_card((folder / name).read_bytes(), name).card
    assert card is not None
    return card


def _listed(folder: Path) -> dict[str, dict[str, object]]:
    result = newsdeck("list", folder, "--no-cache", "--format", "jsonl")
    assert result.status == 0
    return {record["id"]: record for record in map(json.loads, result.lines)}


def test_what_the_system_hides_is_no_content(tmp_path: Path) -> None:
    case = open_case("12-hidden-files", tmp_path)
    (case.folder / ".#2024-03-05-harbour.md").symlink_to("ann@desk.example.1234:1700000000")
    result = newsdeck("check", case.folder)
    assert "1 card, 0 errors, exit 0" in case.right
    assert "1 card," in result.err
    assert "0 errors, 0 warnings" in result.err
    assert result.status == 0


def test_what_everybody_else_calls_it_is_read(tmp_path: Path) -> None:
    case = open_case("13-clipper-and-blog-keys", tmp_path)
    result = newsdeck("check", case.folder)
    assert "neither true nor false" not in result.out + result.err
    assert (result.out, result.status) == ("", 0)
    assert "2024-03-05 / 2015-05-29T15:00:23Z" in case.right
    listed = _listed(case.folder)
    assert listed["clip.md"]["published_at"] == "2024-03-05T00:00:00Z"
    assert listed["post.md"]["published_at"] == "2015-05-29T15:00:23Z"
    assert all(record["url"] and record["topics"] for record in listed.values())


def test_feeds_bring_html_escaped_twice_and_text_is_shown(tmp_path: Path) -> None:
    case = open_case("17-html-in-front-matter", tmp_path)
    title, excerpt = case.quoted()[:2]
    one, other = (_card(case.folder, name).story for name in ("a.md", "b.md"))
    assert (one.title, one.excerpt) == (title, excerpt)
    assert f'title: "{other.title}"' in case.text("b.md")
    assert case.right.endswith(f"excerpt {other.excerpt}")


def test_a_page_bundle_is_named_and_dated_by_its_folder(tmp_path: Path) -> None:
    case = open_case("22-index-titles", tmp_path)
    listed = _listed(case.folder)
    assert listed["harbour-plan/_index.md"]["title"] == case.quoted()[0]
    assert "2024-02-03 from the folder" in case.right
    assert str(listed["2024-02-03-bridge/index.md"]["published_at"]).startswith("2024-02-03")


def test_the_advice_names_the_commonest_cause(tmp_path: Path) -> None:
    case = open_case("23-misleading-advice", tmp_path)
    lines = {line[0]: line for line in newsdeck("check", case.folder).out.splitlines()}
    told = case.right.partition(": ")[2].partition("[")[0]
    assert told.startswith("put the text in double quotes")
    for name, sign in zip("abcdef", "[!*&{-", strict=True):
        assert f"{told}{sign}." in lines[name]
    assert lines["g"].count("The link is not opened") == 1


def test_topics_written_as_one_text_are_several_and_a_mapping_gives_its_name(tmp_path: Path) -> None:
    case = open_case("24-comma-topics", tmp_path)
    topics = {line.split(maxsplit=1)[1] for line in newsdeck("topics", case.folder).lines[1:]}
    assert "three topics; b: topics Harbour and News" in case.right
    assert topics == {"AI", "Robots", "Public transport", "Harbour", "News"}
    assert newsdeck("check", case.folder).out == ""


def test_what_is_no_card_is_explained(tmp_path: Path) -> None:
    case = open_case("26-folder-of-other-front-matter", tmp_path)
    # What other tools begin their files with is read by now.
    assert {_card(case.folder, name).story.title for name in ("a.md", "b.md")} == {"This week 57", "TOML"}
    for name in ("a.md", "b.md"):
        (case.folder / name).unlink()
    result = newsdeck("check", case.folder)
    assert "N text files were found" in case.right
    assert "of 2 text files none has a head" in result.err
    assert any(why in result.err for why in ("blank lines before", "an invisible character before"))
    assert result.status == 3


def test_a_folder_behind_a_link_is_reported(tmp_path: Path) -> None:
    case = open_case("27-link-to-folder", tmp_path)
    (case.folder / "content" / "more").symlink_to("../elsewhere")
    result = newsdeck("check", case.folder / "content")
    assert '[link] for "more"' in case.right
    assert result.out.startswith("more: warning: ")
    assert "[link]" in result.out
    assert len(scan(case.folder / "content").entries) == 1


def test_a_length_in_words_is_a_length(tmp_path: Path) -> None:
    case = open_case("30-length-words", tmp_path)
    assert newsdeck("check", case.folder).out == ""
    assert case.right.startswith(f"{_card(case.folder, 'a.md').story.details.length_minutes} minutes")
