"""The story pane: everything a card tells is there at every width, and everything that can be opened is numbered."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult

from tests.stories import coverage, story
from tests.ui.reader import RecordingPrograms, text_of
from tui.config.settings import Settings
from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.deck import DeckBuilder
from tui.deck.events.coverage import coverage_of
from tui.model import Coverage, Details, Outlet, Story
from tui.resources import sample_content_dir
from tui.session import Session
from tui.text.html import body_blocks
from tui.ui.widgets.lines import Line, cell_width
from tui.ui.widgets.story_content import COVERAGE_VIEWS, CoverageView, StoryContent
from tui.ui.widgets.story_lines import story_lines
from tui.ui.widgets.story_pane import StoryPane

NOW = datetime(2020, 2, 26, 20, 0, tzinfo=UTC)
WIDTHS = (21, 30, 40, 60, 76, 100, 160)


@pytest.fixture(scope="module")
def demo() -> Analysis:
    return analysed(*Session(sample_content_dir(), Settings(), RecordingPrograms()).load_all().deck.stories)


def analysed(*stories: Story) -> Analysis:
    builder = DeckBuilder()
    builder.add(stories)
    indexed = index_deck(builder.deck())
    assert indexed is not None
    whole = find_events(indexed)
    assert whole is not None
    return whole


def content_of(known: Analysis, told: Story, **more: Any) -> StoryContent:
    assert known.events is not None
    return StoryContent(told, coverage_of(known.events, told), NOW, UTC, **more)


def alone(told: Story, **more: Any) -> StoryContent:
    return content_of(analysed(told), told, **more)


def text(line: Line) -> str:
    return "".join(text for text, _style in line.spans)


def page(content: StoryContent, width: int = 70) -> str:
    return "\n".join(text(line).rstrip() for line in story_lines(content, width))


def one(**fields: object) -> StoryContent:
    return alone(msgspec.structs.replace(story("a.md", title="A headline"), **fields))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", COVERAGE_VIEWS)
def test_nothing_is_cut_off_at_any_width(demo: Analysis, view: CoverageView, width: int) -> None:
    for told in demo.deck.stories:
        items = demo.deck.listed(told)
        content = content_of(demo, told, items=items, everything=True, view=view)
        for line in story_lines(content, width):
            assert cell_width(text(line)) <= width, text(line)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_of_a_story_and_its_coverage_is_there(demo: Analysis, width: int) -> None:
    for told in demo.deck.stories:
        content = content_of(demo, told, everything=True)
        shown = "".join("".join(text(line).split()) for line in story_lines(content, width))
        words = [told.title, told.outlet.name, told.excerpt, *told.topics]
        words += [word for row in content.rows for word in (row.title.split() + row.outlet.split())]
        assert [word for word in words if "".join(word.split()) not in shown] == []


CNET = coverage("https://www.cnet.com/list/", "2020-02-26 16:40", title="Clearview client list stolen by intruder")
BEAST = msgspec.structs.replace(
    coverage("https://www.thedailybeast.com/list", "2020-02-26 14:59", title="Clearview says client list was stolen"),
    outlet=Outlet("The Daily Beast", "thedailybeast.com"),
)


def covered(*more: Coverage) -> Story:
    """A story with two other outlets' pieces on the same event, one of them first."""
    return story(
        "a.md",
        "2020-02-26 16:55",
        title="Secretive startup Clearview has its client list stolen by an intruder",
        url="https://arstechnica.com/tech-policy/2020/02/list/",
        topics=("AI", "Privacy"),
        excerpt="The company says so.",
        related=(CNET, BEAST, *more),
    )


def test_a_page_reads_from_the_headline_to_the_coverage() -> None:
    background = coverage("https://zdnet.com/old", "2019-08-01 10:00", title="Cloud prices fall again", outlet="ZDNet")
    content = alone(covered(background))
    lines = [line for line in page(content, 60).splitlines() if "•" not in line]
    assert lines == [
        *("", " Secretive startup Clearview has its client list stolen by", " an intruder", ""),
        *(" Ars Technica", " Wed 26 Feb 2020 16:55 (3 h ago) · AI · Privacy"),
        *(" arstechnica.com/tech-policy/2020/02/list/", "", " The company says so.", ""),
        *("── Same event · 3 outlets in 1:56 · timeline", " 1  14:59 first     The Daily Beast"),
        *("          Clearview says client list was stolen", " 2  16:40 +1:41     CNET"),
        *(
            "          Clearview client list stolen by intruder",
            " ▶  16:55 +1:56     Ars Technica",
            "          this story",
        ),
        *("", " ▸ Background, similar · 1"),
    ]


def test_wide_coverage_has_columns() -> None:
    lines = page(alone(covered()), 90).splitlines()
    assert " 1  14:59 first     The Daily Beast       Clearview says client list was stolen" in lines


@pytest.mark.parametrize("width", [40, 49, 54, 70])
def test_outlets_stand_apart_from_when_they_came_and_their_names_are_worth_more_than_counts(width: int) -> None:
    names = ("Bleeping Computer", "The Verge", "A paper")
    told = story("a.md", "2020-02-26 12:00", title="Clearview client list stolen", related=tuple(
        msgspec.structs.replace(
            coverage(f"https://{n}.com/a", f"2020-02-26 1{n}:00", title="Clearview client list stolen by intruder"),
            outlet=Outlet(name, f"{n}.com"),
        )
        for n, name in enumerate(names)
    ))  # fmt: skip
    shown = page(alone(told, view="outlets"), width)
    assert "outlets" in shown.partition("by outlet")[0].splitlines()[-1]
    for name in names:
        assert f"{name} " in shown
    assert ("1 piece" in shown) is (width >= 49)


def test_a_row_that_leads_to_a_card_says_so() -> None:
    other = story(
        "b.md",
        "2020-02-26 16:40",
        title="Clearview client list stolen by intruder",
        url="https://www.cnet.com/list/",
        outlet="CNET",
    )
    told = covered()
    content = content_of(analysed(told, other), told)
    assert "CNET ›" in page(content)
    assert [target.story_id for target in content.targets] == ["a.md", None, "b.md"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"published_at": None, "time_known": False}, "no date"),
        ({"time_known": False}, "Wed 26 Feb 2020\n"),
        ({"published_at": NOW - timedelta(days=9), "time_known": False}, "Mon 17 Feb 2020 (9 d ago)"),
        ({"kind": "video", "details": Details(length_minutes=75)}, "video"),
        ({"details": Details(length_minutes=75)}, "1:15 long"),
        ({"details": Details(length_minutes=5)}, "0:05 long"),
        ({"details": Details(length_minutes=1620)}, "1 d 3 h long"),
        ({"details": Details(price="Free")}, "Free"),
        ({"details": Details(levels=("beginner",))}, "beginner"),
        ({"details": Details(rating=4.5, rating_count=1200)}, "4.5"),
        ({"details": Details(location="Redmond")}, "Redmond"),
        ({"details": Details(affiliation=Outlet("Contoso"))}, "Contoso"),
        ({"outlet": Outlet("ZDNet", authors=("A. Writer",))}, "ZDNet · A. Writer"),
        ({"outlet": Outlet("", "zdnet.com")}, "zdnet.com"),
        ({"outlet": Outlet(), "url": ""}, "unknown outlet"),
        ({"url": ""}, "This card has no link."),
        ({"title": ""}, "(untitled)"),
        ({"removed": True}, "removed"),
    ],
)
def test_what_only_some_cards_have_is_told(fields: dict[str, object], told: str) -> None:
    assert told in page(one(**fields))


def test_what_is_not_published_has_a_sign_beside_its_time_and_no_line_of_its_own() -> None:
    shown, hidden = (page(one(published=published)).splitlines() for published in (True, False))
    assert len(shown) == len(hidden)
    assert [line for line in hidden if line not in shown] == [" Wed 26 Feb 2020 16:55 (3 h ago) ◌"]


def test_that_nobody_else_tells_it_is_said_only_where_the_folder_knows_of_others() -> None:
    said = "No other outlet in this folder tells this."
    assert said in page(one())
    assert said not in page(replace(one(), has_others=False))


def test_times_are_told_in_the_zone_of_the_reader() -> None:
    told = story("a.md", "2020-02-26 23:30")
    east = StoryContent(told, None, NOW + timedelta(hours=5), timezone(timedelta(hours=2)))
    assert "Thu 27 Feb 2020 01:30 (1 h ago)" in page(east)
    bare = msgspec.structs.replace(told, published_at=datetime(2020, 2, 26, tzinfo=UTC), time_known=False)
    west = StoryContent(bare, None, NOW, timezone(timedelta(hours=-8)))
    assert "Wed 26 Feb 2020" in page(west)


def test_everything_that_can_be_opened_is_numbered_in_the_order_shown() -> None:
    body = body_blocks("See [there](https://example.org/there).", "markdown")
    content = alone(covered(), body=body, items=(story("item.md"),))
    assert [target.url for target in content.targets] == [
        *("https://arstechnica.com/tech-policy/2020/02/list/", "https://www.thedailybeast.com/list"),
        *("https://www.cnet.com/list/", "https://example.org/item.md", "https://example.org/there"),
    ]
    lines = story_lines(content, 70)
    first_lines = {target: text(line) for line in reversed(lines) if (target := line.target) is not None}
    assert first_lines[1].startswith(" 1  14:59")
    assert first_lines[2].startswith(" 2  16:40")
    assert "item.md" in first_lines[3]
    assert "example.org/there" in first_lines[4]


def test_only_the_first_ten_rows_have_a_digit() -> None:
    pieces = [coverage(f"https://cnet.com/{n}", f"2019-02-{n + 1:02} 10:00", title=f"Old thing {n}") for n in range(12)]
    content = alone(story("a.md", related=tuple(pieces)), everything=True)
    starts = [text(line)[1] for line in story_lines(content, 100) if "Old thing" in text(line)]
    assert starts == [*"1234567890", " ", " "]


def test_what_is_folded_opens_and_takes_its_digits_along() -> None:
    pieces = [coverage(f"https://cnet.com/{n}", f"2019-02-{n + 1:02} 10:00", title=f"Old thing {n}") for n in range(2)]
    folded = alone(story("a.md", related=tuple(pieces)))
    assert folded.rows == ()
    assert "▸ Background, similar · 2" in page(folded)
    opened = replace(folded, opened=frozenset({"background"}))
    assert "▾ Background, similar · 2" in page(opened)
    assert [row.title for row in opened.rows] == ["Old thing 1", "Old thing 0"]


MARKDOWN = """# A heading

A paragraph of some words.

- first
- second

> said somebody

```
if a:
    return b
```

---

The end."""


def test_a_body_reads_as_it_was_meant() -> None:
    told = story("a.md")
    lines = page(alone(told, body=body_blocks(MARKDOWN, "markdown")), 40).splitlines()
    start = lines.index("── Text")
    assert lines[start + 1 :] == [
        *("", " A heading", "", " A paragraph of some words.", " • first", " • second", "", " ▏ said somebody"),
        *("", "   if a:", "       return b", "", "──────────────────────────────────────", "", " The end."),
    ]


class PaneApp(App[None]):
    def compose(self) -> ComposeResult:
        yield StoryPane(id="story")


async def test_coverage_is_stepped_through_from_anywhere() -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 30)):
        pane, content = app.query_one(StoryPane), alone(covered())
        pane.show(content)
        assert pane.step_coverage(-1)
        assert pane.chosen == content.targets[2]
        assert not pane.step_coverage(1)
        assert pane.step_coverage(-1)
        assert pane.chosen == content.targets[1]


async def test_more_of_a_story_keeps_the_place_and_another_begins_at_its_top() -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 8)):
        pane, three = app.query_one(StoryPane), alone(covered())
        pane.show(three)
        pane.step_coverage(1)
        top = pane.top
        assert top > 0
        more = replace(three, body=body_blocks("A body.", "markdown"))
        pane.show(more, keep_place=True)
        assert (pane.top, pane.cursor) == (top, 1)
        pane.show(three)
        assert (pane.top, pane.cursor) == (0, None)


async def test_instead_of_a_story_there_is_advice() -> None:
    app = PaneApp()
    async with app.run_test(size=(40, 10)):
        pane = app.query_one(StoryPane)
        pane.show_nothing("Nothing matches.", "Press esc to take the filter back.")
        assert pane.chosen is None
        assert pane.coverage == ()
        assert not pane.step_coverage(1)
        assert "Nothing matches." in text_of(pane)


@pytest.mark.parametrize(
    "headline", ["港務局公布新計畫" * 12, "ท่าเรือใหม่" * 20, "부두" * 60], ids=["Chinese", "Thai", "Korean"]
)
@pytest.mark.parametrize("width", [30, 70])
def test_headlines_without_blanks_are_shown_whole_beside_each_other(headline: str, width: int) -> None:
    told = covered(coverage("https://b.example/", "2020-02-26 17:00", title=f"Clearview client list stolen {headline}"))
    content = alone(told, view="headlines", everything=True)
    lines = [text(line) for line in story_lines(content, width)]
    assert max(map(cell_width, lines)) <= width
    assert headline in "".join("".join(lines).split())


def test_before_events_are_known_what_is_related_stands_in_order_of_time() -> None:
    listed = [
        Coverage("No one knows when", "https://d.example/4", Outlet("Dee")),
        Coverage("The evening piece", "https://b.example/2", Outlet("Bee"), NOW, True),
        Coverage("The same again", "https://b.example/2", Outlet("Bee"), NOW, True),
        Coverage("The morning piece", "https://c.example/3", Outlet("Cee"), NOW - timedelta(hours=9), True),
    ]
    told = story("a.md", related=tuple(listed))

    shown = page(StoryContent(told, None, NOW, UTC))

    assert "Related · finding which are the same event…" in shown
    places = [shown.index(title) for title in ("The morning piece", "The evening piece", "No one knows when")]
    assert places == sorted(places)
    assert "The same again" not in shown
    assert "No other outlet" not in shown
    assert "Same event" not in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_related_can_be_opened_before_events_are_known(demo: Analysis, width: int) -> None:
    told = max(demo.deck.stories, key=lambda each: len(each.related))

    content = StoryContent(told, None, NOW, UTC)
    lines = story_lines(content, width)

    chosen = {line.target for line in lines if line.target is not None}
    urls = {content.targets[number].url for number in chosen}
    assert {item.url for item in told.related} <= urls | {told.url}


def test_a_story_without_related_pieces_waits_for_nothing() -> None:
    assert "Related" not in page(StoryContent(story("a.md"), None, NOW, UTC))
