"""Decks of few names, words and moments, so that much of them falls together."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tui.deck.topics import TopicTree
from tui.model import Coverage, Details, Outlet, Story, Topic

TOPICS = (Topic("AI"), Topic("Vision", "AI"), Topic("Cloud"))
TREE = TopicTree(TOPICS)
STEMS = tuple(f"news/{name}" for name in "abcde")
IDS = tuple(f"{stem}{suffix}" for stem in STEMS for suffix in (".md", ".html"))
OUTLETS = ("", "CNN", "CNN Money", "Reuters")
URLS = ("", "https://example.org/1", "http://www.example.org/1/?utm_source=x", "https://example.org/2")
LATE = datetime(2020, 2, 29, 22, 30, tzinfo=UTC)
MOMENTS = (
    (None, False),
    (LATE, True),
    (LATE + timedelta(hours=3), True),
    (datetime(2020, 3, 1, tzinfo=UTC), False),
    (datetime(2020, 2, 1, tzinfo=UTC), False),
    (datetime(2019, 12, 31, 23, 59, tzinfo=UTC), True),
)
"""Times and whether their time of day is known; some fall into another month where clocks are ahead or behind."""

PIECES = (
    Coverage("Robot learns to see", "https://a.example/1", Outlet("CNN", "cnn.example"), LATE, True),
    Coverage("Robot learns to fly", "https://a.example/2", Outlet("CNN Money", "money.cnn.example")),
    Coverage("No link at all", "", Outlet("Reuters", "reuters.example"), LATE - timedelta(days=3), True),
    Coverage("The story itself", "https://example.org/1/", Outlet("Reuters", "reuters.example"), LATE, True),
)
_SCORES = (None, 0, 10, 50)


@st.composite
def cards(draw: st.DrawFn, ids: Sequence[str] = IDS) -> Story:
    """A story under one of few ids."""
    at, time_known = draw(st.sampled_from(MOMENTS))
    outlet = draw(st.sampled_from(OUTLETS))
    return Story(
        id=draw(st.sampled_from(ids)),
        title=draw(st.sampled_from(("Robot learns to see", "Robots", "The cloud", "A cloud learns"))),
        url=draw(st.sampled_from(URLS)),
        outlet=Outlet(outlet, f"{outlet.split()[0].lower()}.example" if outlet else ""),
        published_at=at,
        time_known=time_known,
        excerpt=draw(st.sampled_from(("", "to see a robot", "nothing"))),
        kind=draw(st.sampled_from(("", "article", "video"))),
        topics=draw(st.sampled_from(((), ("AI",), ("ai", "Cloud"), ("Vision",), ("AI Safety",)))),
        quality=draw(st.sampled_from(_SCORES)),
        heat=draw(st.sampled_from(_SCORES)),
        published=draw(st.booleans()),
        removed=draw(st.integers(0, 4)) == 0,
        related=tuple(draw(st.lists(st.sampled_from(PIECES), max_size=2))),
        details=Details(items=tuple(draw(st.lists(st.sampled_from(STEMS), max_size=2)))),
    )


def folders(max_size: int = 10) -> st.SearchStrategy[list[Story]]:
    """Stories of different ids, in any order."""
    return st.lists(cards(), max_size=max_size, unique_by=lambda card: card.id)
