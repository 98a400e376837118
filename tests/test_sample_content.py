"""The demo cards: what a first start shows, and that nothing in them was copied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

REPO = Path(__file__).resolve().parents[1]
CONTENT = REPO / "sample_content"
REAL_CARDS = REPO.parent / "shared" / "cards"
RUN = 8


@dataclass
class DemoCard:
    """One file, its front matter as PyYAML reads it, and its body."""

    path: Path
    meta: dict[str, Any]
    body: str
    coverage: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.coverage = self.meta.get("related") or []

    @property
    def url(self) -> str:
        return str(self.meta.get("webUrl") or "")

    @property
    def headline(self) -> str:
        return str(self.meta.get("title") or self.meta.get("name") or "")


def read_card(path: Path) -> DemoCard:
    opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == ""
    return DemoCard(path, yaml.safe_load(front), body)


def card_paths() -> list[Path]:
    return sorted(p for p in CONTENT.rglob("*.md") if "_data" not in p.relative_to(CONTENT).parts)


PATHS = card_paths()
NAMES = [p.relative_to(CONTENT).as_posix() for p in PATHS]


@pytest.fixture(scope="module")
def cards() -> list[DemoCard]:
    return [read_card(p) for p in PATHS]


@pytest.fixture(scope="module")
def topics() -> dict[str, str | None]:
    """Name to parent's name."""
    read = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in (CONTENT / "_data/topics").glob("*.yaml")]
    return {t["name"]: t.get("parent") for t in read}


def of_kind(cards: list[DemoCard], kind: str) -> DemoCard:
    (card,) = [c for c in cards if c.meta["type"] == kind]
    return card


def urls_in(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from urls_in(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from urls_in(inner, key)
    elif key == "website" or key.lower().endswith("url"):
        yield str(value)


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_each_card_can_be_listed_and_opened(path: Path, topics: dict[str, str | None]) -> None:
    card = read_card(path)
    assert card.headline
    assert card.meta["excerpt"]
    assert card.meta["type"]
    assert card.meta["topics"]
    assert set(card.meta["topics"]) <= set(topics)
    for url in urls_in(card.meta):
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https")
        assert parts.hostname


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_coverage_comes_best_first_and_each_piece_once(path: Path) -> None:
    coverage = read_card(path).coverage
    qualities = [c["quality"] for c in coverage]
    assert qualities == sorted(qualities, reverse=True)
    assert len({c["webUrl"] for c in coverage}) == len(coverage)


@pytest.mark.parametrize("path", [p for p in PATHS if p.parent.name in ("_news", "_events")], ids=lambda p: p.name)
def test_dated_files_begin_with_the_day_they_tell(path: Path) -> None:
    meta = read_card(path).meta
    when = meta.get("publishedDateTime") or meta["startDateTime"]
    assert path.name.startswith(f"{when:%Y-%m-%d}-")


def test_every_card_has_its_own_url(cards: list[DemoCard]) -> None:
    urls = [c.url for c in cards if c.url]
    assert len(set(urls)) == len(urls)


def test_the_news_tells_nine_events(cards: list[DemoCard]) -> None:
    events: list[set[str]] = []
    for card in (c for c in cards if c.coverage):
        event = {card.url} | {c["webUrl"] for c in card.coverage}
        apart = [e for e in events if not e & event]
        events = [*apart, event.union(*(e for e in events if e & event))]
    assert len(events) == 9
    assert all(len(e) >= 4 for e in events)


def test_every_event_can_be_drilled_from_one_card_to_another(cards: list[DemoCard]) -> None:
    by_url = {c.url: c for c in cards if c.url}
    for card in (c for c in cards if c.coverage):
        others = [by_url[c["webUrl"]] for c in card.coverage if c["webUrl"] in by_url]
        assert others, card.path.name
        for other in others:
            assert card.url in [c["webUrl"] for c in other.coverage], other.path.name


def test_a_piece_reads_the_same_as_a_row_and_as_a_card(cards: list[DemoCard]) -> None:
    seen = {
        c.url: (c.meta["title"], c.meta["excerpt"], c.meta["publishedDateTime"]) for c in cards if c.url and c.coverage
    }
    for card in cards:
        for row in card.coverage:
            facts = (row["title"], row["excerpt"], row["publishedDateTime"])
            assert seen.setdefault(row["webUrl"], facts) == facts


def test_collection_names_cards_that_exist(cards: list[DemoCard]) -> None:
    collection = of_kind(cards, "collection")
    items = [CONTENT / "_learning" / f"{item}.md" for item in collection.meta["items"]]
    assert {read_card(p).meta["type"] for p in items} == {"video", "course"}


def test_other_kinds_carry_the_keys_of_their_kind(cards: list[DemoCard]) -> None:
    video, course, webinar = (of_kind(cards, k) for k in ("video", "course", "webinar"))
    assert {"length", "price", "originalUrl"} <= set(video.meta)
    assert video.meta["featuredContent"].startswith("<iframe ")
    assert {"length", "price", "levels", "ratings"} <= set(course.meta)
    assert webinar.meta["startDateTime"] < webinar.meta["endDateTime"]


def test_the_odd_cases_of_real_cards_are_there(cards: list[DemoCard]) -> None:
    times = [c.meta["publishedDateTime"] for c in cards if "publishedDateTime" in c.meta]
    assert any(f"{t:%H:%M:%S}" == "00:00:00" for t in times)
    assert any(c.meta.get("published") is False for c in cards)
    assert any(c.meta["type"] == "article" and not c.coverage for c in cards)
    assert any(c.meta["type"] == "article" and c.body.strip() for c in cards)
    assert sum("secured" in c.meta for c in cards) == 1


def test_topics_form_a_tree_and_each_leaf_has_cards(cards: list[DemoCard], topics: dict[str, str | None]) -> None:
    parents = {p for p in topics.values() if p}
    used = {t for c in cards for t in c.meta["topics"]}
    assert parents <= set(topics)
    assert all(topics[p] is None for p in parents)
    assert set(topics) - parents <= used


def test_every_outlet_is_known_by_its_domain(cards: list[DemoCard]) -> None:
    known = {p.stem: read_card(p).meta for p in (CONTENT / "_data/organizations").glob("*.md")}
    for domain, meta in known.items():
        assert meta["taxonomy"] == "organization"
        assert meta["_id"] == meta["domain"] == domain
        assert meta["name"]
    outlets = [x["provider"] for c in cards for x in [c.meta, *c.coverage] if "provider" in x]
    assert {o["domain"] for o in outlets} == set(known)


def own_words(cards: list[DemoCard]) -> Iterator[str]:
    for card in cards:
        yield from (card.headline, str(card.meta["excerpt"]), card.body)
        for row in card.coverage:
            yield from (str(row["title"]), str(row["excerpt"]))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Each run of eight words, addresses left out."""
    plain = re.sub(r"https?://\S+", " ", text).lower().replace("’", "'").replace("'", "")
    words = re.findall(r"\w+", plain)
    return zip(*(words[n:] for n in range(RUN)), strict=False)


def test_no_sentence_was_copied_from_a_real_card(cards: list[DemoCard]) -> None:
    if not REAL_CARDS.is_dir():
        pytest.skip(f"no real cards beside the checkout ({REAL_CARDS.parent.name}/{REAL_CARDS.name})")
    own = {run for text in own_words(cards) for run in runs(text)}
    # The same related entries stand in hundreds of cards: each different line is looked at once.
    lines: set[str] = set()
    for path in REAL_CARDS.rglob("*"):
        if path.suffix in (".md", ".html", ".yaml"):
            lines.update(path.read_text(encoding="utf-8", errors="replace").splitlines())
    copied = {run for line in lines if not line.startswith("secured:") for run in runs(line) if run in own}
    assert not copied


@pytest.mark.parametrize("folder", ["sample_content", "styles"])
def test_data_folders_hold_no_code(folder: str) -> None:
    files = [p for p in (REPO / folder).rglob("*") if p.is_file()]
    assert files
    assert not [p for p in files if p.suffix in (".py", ".pyc")]
