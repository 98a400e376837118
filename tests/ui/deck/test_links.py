"""Opening: cards in place, links in the browser under the policy, and links into the clipboard."""

from pathlib import Path

import pytest

from tests.cli.harness import newsdeck
from tests.ui.cards import piece, write_story
from tests.ui.reader import open_reader
from tui.session import checked_link
from tui.ui.dialogs.questions import ConfirmScreen
from tui.ui.messages import Launched

ARS = "https://arstechnica.com/information-technology/2021/08/worst-cloud-vulnerability-you-can-imagine-discovered-in-microsoft-azure/"


async def test_o_opens_exactly_the_link_of_the_card() -> None:
    async with open_reader() as reader:
        await reader.press("o")
        assert reader.programs.opened == [ARS]
        launched = [message for message in reader.messages if isinstance(message, Launched)]
        assert (launched[0].url, launched[0].program, launched[0].error) == (ARS, "recorder", "")
        assert "opened with recorder" in reader.notices[-1]


async def test_o_opens_the_story_that_the_cursor_has_just_reached() -> None:
    async with open_reader() as reader:
        await reader.pilot.press("j", "o")
        await reader.settle()
        assert reader.programs.opened == [reader.content.story.url]
        assert "datacenterdynamics.com" in reader.programs.opened[0]


REFUSED = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "file:///etc/passwd",
    "--evil",
    "-x",
    "data:text/html,x",
    "vscode://x",
    "https://user:pass@example.com/",
    "https://example.com\\@evil.test/",
    "http://exa mple.com/",
    "https:///nohost",
    "https://example.com:99999/",
]


async def test_what_may_not_be_opened_opens_nothing_and_says_why(tmp_path: Path) -> None:
    for number, url in enumerate(REFUSED):
        write_story(tmp_path, f"{number}.md", webUrl=url)
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        for _number in range(len(REFUSED)):
            reader.app.clear_notifications()
            await reader.press("o", "j")
            assert reader.programs.opened == []
            assert len(reader.notices) == 1
            assert reader.notices[-1].startswith("The link is not opened:")
        marking = reader.deck.session.marking
        assert all(marking.is_unread(story, None) for story in reader.deck.state.deck.stories)


async def test_a_card_without_a_link_says_so(tmp_path: Path) -> None:
    write_story(tmp_path, "a.md", webUrl=None)
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        assert "This card has no link." in reader.text
        await reader.press("o")
        assert reader.programs.opened == []
        assert len(reader.notices) == 1
        await reader.press("y")
        assert reader.notices[-1] == "There is no link to copy."


@pytest.mark.parametrize(("key", "opened"), [("y", 1), ("enter", 1), ("n", 0), ("escape", 0), ("q", 0)])
async def test_a_link_to_another_host_than_the_outlets_is_asked_about(tmp_path: Path, key: str, opened: int) -> None:
    write_story(tmp_path, "a.md", webUrl="https://elsewhere.test/a")
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        await reader.press("o")
        assert [type(screen) for screen in reader.app.screen_stack[-1:]] == [ConfirmScreen]
        assert "elsewhere.test" in reader.text
        assert reader.programs.opened == []
        await reader.press(key)
        assert reader.programs.opened == ["https://elsewhere.test/a"][:opened]
        assert reader.app.screen is reader.deck
        (story,) = reader.deck.state.deck.stories
        assert reader.deck.session.marking.is_unread(story, None) is not bool(opened)


async def test_many_links_at_once_are_asked_about_and_refused_ones_left_out(tmp_path: Path) -> None:
    related = [
        piece(
            f"Quite another thing {n}", f"https://outlet{n}.test/a", "2021-08-30T09:00:00Z", f"O{n}", f"outlet{n}.test"
        )
        for n in range(6)
    ]
    related.append(piece("Evil", "javascript:alert(1)", "2021-08-30T09:00:00Z", "Evil", "evil.test"))
    write_story(tmp_path, "a.md", related=related)
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        await reader.press("a", "O")
        assert "Open 7 links at once?" in reader.text
        await reader.press("y")
        assert reader.programs.opened[0] == "https://example.com/a.md"
        assert sorted(reader.programs.opened[1:]) == [f"https://outlet{n}.test/a" for n in range(6)]
        assert "7 links opened with recorder" in reader.notices


async def test_digits_open_the_rows_they_stand_at() -> None:
    async with open_reader(size=(150, 45)) as reader:
        rows = [target.url for target in reader.deck.panes.story.coverage]
        await reader.press("1")
        await reader.press("3")
        assert reader.programs.opened == [rows[0], rows[2]]
        await reader.press("9")
        assert "rows of coverage" in reader.notices[-1]
        await reader.press("a")
        rows = [target.url for target in reader.deck.panes.story.coverage]
        await reader.press("9")
        assert reader.programs.opened[-1] == rows[8]


async def test_enter_on_a_row_opens_its_card_and_backspace_goes_back() -> None:
    async with open_reader(size=(150, 45)) as reader:
        first = reader.content.story
        await reader.press("c", *"jjjjjj", "enter")
        second = reader.content.story
        assert "More than 3,000 companies" in second.title
        assert "‹ Found in Azure" in reader.text
        await reader.press("c", "enter")
        assert reader.programs.opened == [reader.deck.panes.story.coverage[0].url]
        await reader.press("backspace")
        assert reader.content.story == first
        assert "‹" not in reader.text
        await reader.press("backspace")
        assert reader.app.focused is reader.deck.panes.stories


async def test_moving_on_in_the_list_forgets_the_way_back() -> None:
    async with open_reader(size=(150, 45)) as reader:
        await reader.press("c", *"jjjjjj", "enter", "h", "j")
        assert reader.content.story == reader.deck.panes.stories.story
        assert "‹" not in reader.text
        await reader.press("l", "backspace")
        assert reader.app.focused is reader.deck.panes.stories


async def test_links_are_copied_as_they_are_and_as_markdown() -> None:
    async with open_reader() as reader:
        await reader.press("y")
        await reader.press("Y")
        assert reader.programs.copied == [
            ARS,
            f"[Found in Azure: a flaw that is hard to imagine any worse]({ARS})",
        ]
        assert reader.app.clipboard == reader.programs.copied[-1]


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("# no heading", "https://example.com/a"),
        ("1. no item", "https://example.com/a"),
        ("AT&amp;T &#42;", "https://example.com/a"),
        ("~~gone~~ a | b", "https://example.com/a"),
        ("a](https://evil.example) [b", "https://example.com/a"),
        (r"a back\slash <b> `c`", "https://example.com/x)y"),
        ("Click", "javascript:alert(1)"),
    ],
)
async def test_the_markdown_copied_is_the_markdown_that_the_list_prints(tmp_path: Path, title: str, url: str) -> None:
    write_story(tmp_path, "a.md", title=title, webUrl=url)
    async with open_reader(tmp_path) as reader:
        await reader.press("Y")
        (copied,) = reader.programs.copied
    (printed,) = newsdeck("list", tmp_path, "--format", "md").lines
    assert printed.startswith(f"- {copied}, Example")


async def test_without_a_browser_the_link_is_shown_and_copied() -> None:
    async with open_reader(failure="No browser was found.") as reader:
        await reader.press("o")
        assert reader.programs.opened == []
        said = reader.notices[-1].replace("\n", "")
        assert "No browser was found." in said
        assert ARS[:60] in said
        assert reader.notices[-1].count("\n") == 1
        assert reader.app.clipboard == ARS


async def test_picked_stories_open_together() -> None:
    async with open_reader() as reader:
        await reader.press("x", "x", "o")
        assert len(reader.programs.opened) == 2


async def test_no_real_card_is_asked_about_without_need(real_cards: Path) -> None:
    """Two are: a video kept on another site than its outlet's, and a shortened link."""
    async with open_reader(real_cards) as reader:
        deck = reader.deck.state.deck
        told = [story for story in deck.stories if story.url]
        asked = [
            story.url
            for story in told
            if checked_link(deck, story.url, story.outlet.name, story.outlet.domain).question is not None
        ]
        assert len(told) > 2000
        assert len(asked) <= 2, asked


async def test_a_link_of_the_text_opens_by_its_number_behind_the_coverage(tmp_path: Path) -> None:
    links = "\n\n".join(f"[Link {number}](https://example.com/{number})" for number in range(1, 13))
    related = [piece("The same", "https://example.com/same", "2021-08-30T11:00:00Z", "Example", "example.com")]
    write_story(tmp_path, "a.md", related=related)
    with (tmp_path / "a.md").open("a") as file:
        file.write(f"\n{links}\n")
    async with open_reader(tmp_path, size=(130, 60)) as reader:
        await reader.until(lambda: "Link 1 [" in reader.text, "the body")
        first = reader.content.first_link
        await reader.press(str(first))
        assert reader.programs.opened == ["https://example.com/1"]
        await reader.press("semicolon")
        await reader.type(str(first + 11))
        await reader.press("enter")
        assert reader.programs.opened[1:] == ["https://example.com/12"]
        for typed, said in (("99", "rows of coverage and links"), ("x", "That is no number.")):
            await reader.press("semicolon")
            await reader.type(typed)
            await reader.press("enter")
            assert said in reader.notices[-1]
