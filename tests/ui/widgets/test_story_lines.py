"""The story pane: everything a card tells is there at every width, and everything that can be opened is numbered."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from textual.app import App, ComposeResult

from tests.stories import coverage, story
from tests.ui.reader import RecordingPrograms, text_of
from tui.config.settings import Settings
from tui.deck.deck import Deck, DeckBuilder
from tui.model import Details, Outlet, Story
from tui.resources import sample_content_dir
from tui.session import Session
from tui.text.blocks import Body
from tui.text.html import body_blocks
from tui.ui.widgets.lines import Line, cell_width
from tui.ui.widgets.story_lines import StoryContent, story_lines
from tui.ui.widgets.story_pane import StoryPane

NOW = datetime(2020, 2, 26, 20, 0, tzinfo=UTC)
WIDTHS = (21, 30, 40, 60, 76, 100, 160)


@pytest.fixture(scope="module")
def demo() -> Deck:
    return Session(sample_content_dir(), Settings(), RecordingPrograms()).load_all().deck


def content_of(deck: Deck, told: Story, body: Body | None = None, items: tuple[Story, ...] = ()) -> StoryContent:
    return StoryContent(told, deck.coverage(told), NOW, UTC, body, items)


def text(line: Line) -> str:
    return "".join(text for text, _style in line.spans)


def page(content: StoryContent, width: int = 70) -> str:
    return "\n".join(text(line).rstrip() for line in story_lines(content, width))


def one(**fields: object) -> StoryContent:
    told = msgspec.structs.replace(story("a.md", title="A headline"), **fields)
    return content_of(Deck((told,)), told)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_at_any_width(demo: Deck, width: int) -> None:
    for told in demo.stories:
        items = demo.listed(told)
        for line in story_lines(content_of(demo, told, items=items), width):
            assert cell_width(text(line)) <= width, text(line)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_of_a_story_and_its_coverage_is_there(demo: Deck, width: int) -> None:
    for told in demo.stories:
        content = content_of(demo, told)
        shown = "".join("".join(text(line).split()) for line in story_lines(content, width))
        words = [told.title, told.outlet.name, told.excerpt, *told.topics]
        words += [word for row in content.coverage for word in (row.item.title.split() + row.item.outlet.name.split())]
        missing = [word for word in words if "".join(word.split()) not in shown]
        assert missing == []


def test_a_page_reads_from_the_headline_to_the_coverage() -> None:
    told = story(
        "a.md",
        "2020-02-26 16:55",
        title="Secretive startup has its list stolen",
        url="https://arstechnica.com/tech-policy/2020/02/list/",
        topics=("AI", "Privacy"),
        excerpt="The company says so.",
        related=(
            coverage("https://www.cnet.com/news/list/", "2020-02-26 16:40", title="Startup loses list"),
            coverage(
                "https://www.thedailybeast.com/list", "2020-02-25 14:59", title="List lost", outlet="The Daily Beast"
            ),
        ),
    )
    assert page(content_of(Deck((told,)), told), 60) == "\n".join(
        [
            "",
            " Secretive startup has its list stolen",
            "",
            " Ars Technica",
            " Wed 26 Feb 2020 16:55 (3 h ago) · AI · Privacy",
            " arstechnica.com/tech-policy/2020/02/list/",
            "",
            " The company says so.",
            "",
            "── Coverage · 2 related · 3 outlets",
            " Yesterday",
            " 1 14:59  The Daily Beast",
            "          List lost",
            " Today",
            " 2 16:40  CNET",
            "          Startup loses list",
            " ▶ 16:55  Ars Technica",
            "          this story",
            "",
        ]
    )


def test_wide_coverage_has_columns() -> None:
    told = story("a.md", related=(coverage("https://cnet.com/a", "2020-02-26 16:40", title="Startup loses list"),))
    assert " 1 16:40  CNET                  Startup loses list" in page(content_of(Deck((told,)), told), 80)


def test_a_row_that_leads_to_a_card_says_so() -> None:
    told = story("a.md", related=(coverage("https://example.org/b.md", "2020-02-26 10:00"),))
    builder = DeckBuilder()
    builder.add([told, story("b.md")])
    deck = builder.deck()
    content = content_of(deck, deck.stories[deck.doc("a.md") or 0])
    assert "CNET ›" in page(content)
    assert [target.story_id for target in content.targets] == [None, "b.md"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"published_at": None, "time_known": False}, "no date"),
        ({"time_known": False}, "Wed 26 Feb 2020\n"),
        ({"published_at": NOW - timedelta(days=9), "time_known": False}, "Mon 17 Feb 2020 (9 d ago)"),
        ({"kind": "video", "details": Details(length_minutes=75)}, "video"),
        ({"details": Details(length_minutes=75)}, "1 h 15 min"),
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
        ({"published": False}, "unpublished"),
        ({"removed": True}, "removed"),
    ],
)
def test_what_only_some_cards_have_is_told(fields: dict[str, object], told: str) -> None:
    assert told in page(one(**fields))


def test_times_are_told_in_the_zone_of_the_reader() -> None:
    told = story("a.md", "2020-02-26 23:30")
    east = StoryContent(told, (), NOW + timedelta(hours=5), timezone(timedelta(hours=2)))
    assert "Thu 27 Feb 2020 01:30 (1 h ago)" in page(east)
    bare = msgspec.structs.replace(told, published_at=datetime(2020, 2, 26, tzinfo=UTC), time_known=False)
    west = StoryContent(bare, (), NOW, timezone(timedelta(hours=-8)))
    assert "Wed 26 Feb 2020" in page(west)


def test_everything_that_can_be_opened_is_numbered_in_the_order_shown() -> None:
    told = story(
        "a.md",
        related=(
            coverage("https://cnet.com/late", "2020-02-26 18:00"),
            coverage("https://cnet.com/early", "2020-02-25 10:00"),
        ),
    )
    body = body_blocks("See [there](https://example.org/there).", "markdown")
    content = content_of(Deck((told,)), told, body, (story("item.md"),))
    assert [target.url for target in content.targets] == [
        *("https://example.org/a.md", "https://cnet.com/early", "https://cnet.com/late"),
        *("https://example.org/item.md", "https://example.org/there"),
    ]
    lines = story_lines(content, 70)
    first_lines = {target: text(line) for line in reversed(lines) if (target := line.target) is not None}
    assert first_lines[1].startswith(" 1 10:00")
    assert first_lines[2].startswith(" 2 18:00")
    assert "item.md" in first_lines[3]
    assert "example.org/there" in first_lines[4]


def test_only_the_first_ten_rows_have_a_digit() -> None:
    related = tuple(coverage(f"https://cnet.com/{n}", f"2020-02-26 10:{n:02}", title=f"No {n}") for n in range(12))
    content = content_of(Deck(), story("a.md", related=related))
    starts = [text(line)[:8] for line in story_lines(content, 100) if line.target]
    assert [start[1] for start in starts] == [*"1234567890", " ", " "]


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
    lines = page(content_of(Deck(), told, body_blocks(MARKDOWN, "markdown")), 40).splitlines()
    start = lines.index("── Text")
    assert lines[start + 1 :] == [
        *("", " A heading", "", " A paragraph of some words.", " • first", " • second", "", " ▏ said somebody"),
        *("", "   if a:", "       return b", "", "──────────────────────────────────────", "", " The end."),
    ]


class PaneApp(App[None]):
    def compose(self) -> ComposeResult:
        yield StoryPane(id="story")


@pytest.fixture
def three() -> StoryContent:
    related = tuple(coverage(f"https://cnet.com/{n}", f"2020-02-26 10:{n:02}", title=f"No {n}") for n in range(3))
    return content_of(Deck(), story("a.md", related=related))


async def test_coverage_is_stepped_through_from_anywhere(three: StoryContent) -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 30)):
        pane = app.query_one(StoryPane)
        pane.show(three)
        assert pane.step_coverage(-1)
        assert pane.chosen == three.targets[3]
        assert not pane.step_coverage(1)
        assert pane.step_coverage(-1)
        assert pane.chosen == three.targets[2]


async def test_more_of_a_story_keeps_the_place_and_another_begins_at_its_top(three: StoryContent) -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 8)):
        pane = app.query_one(StoryPane)
        pane.show(three)
        pane.step_coverage(1)
        top = pane.top
        assert top > 0
        more = StoryContent(three.story, three.rows, NOW, UTC, body_blocks("A body.", "markdown"))
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
