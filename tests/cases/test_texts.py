"""Faults of texts met in the field: tabs, long lines, entities and names of hosts and files."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tui.cards.folder.scan import scan
from tui.cards.format.parse import parse_card, parse_story
from tui.deck.events.coverage import compare_headlines
from tui.deck.query.parse import parse
from tui.deck.search.highlights import Highlights
from tui.text.html import body_blocks
from tui.text.sanitize import clean_block, clean_line, decode_entities
from tui.text.urls import check_url
from tui.ui.widgets.lines import cell_width, cut, wrap


def _blocks(body: str) -> tuple[object, ...]:
    card = parse_card(f"---\ntitle: Tabs\n---\n{body}\n".encode(), "a.md").card
    assert card is not None
    return body_blocks(card.body, card.body_format).blocks


@pytest.mark.parametrize(
    "body",
    [
        "- Quay\n\t- Crane two\n\t\t- Hook 7\n- Station",
        "1. First\n\t1. Below it\n2. Second",
        "```\nif open:\n\tgo()\n\t\tdeeper()\n```",
        "A text.\n\n\tmake all\n\tmake test",
    ],
    ids=["bullets", "numbers", "fenced code", "indented code"],
)
def test_a_tab_in_a_body_means_what_four_blanks_mean(body: str) -> None:
    assert _blocks(body) == _blocks(body.replace("\t", "    "))
    assert _blocks(body) != _blocks(body.replace("\t", " "))


def _seconds_to_wrap(*texts: str) -> float:
    start = time.perf_counter()
    for text in texts:
        wrap(text, 48)
    return time.perf_counter() - start


@pytest.mark.parametrize("first", ["一", "ก", "a", "가"])
def test_a_line_of_sixteen_times_the_length_takes_less_than_forty_times_as_long_to_wrap(first: str) -> None:
    random = Random(7)
    ratios = []
    for _ in range(3):
        # Sixteen different short lines: what was measured once is remembered.
        lines = ["".join(chr(ord(first) + random.randrange(23)) for _ in range(1_000)) for _ in range(16)]
        ratios.append(_seconds_to_wrap("".join(lines)) / (_seconds_to_wrap(*lines) / 16))
    assert min(ratios) < 40


def seconds_for(act: Callable[[str], object], text: str) -> float:
    """The shortest of three times that this process took for a text, whatever else the machine does."""
    times = []
    for _ in range(3):
        start = time.process_time()
        act(text)
        times.append(time.process_time() - start)
    return min(times)


_FOUND = Highlights(parse("ab OR 一 OR กข OR x").expr)


@pytest.mark.parametrize("first", ["一", "ก", "a", "가", "क", "\u0301", "\U0001f600"])
@pytest.mark.parametrize(
    "act",
    [
        lambda text: cut(text, 60),
        lambda text: cut(text, len(text) // 2),
        lambda text: _FOUND.spans(text, "body"),
        lambda text: compare_headlines([text, text[::-1]]),
        lambda text: clean_block(text, 100_000),
        lambda text: clean_line(text, 100_000),
        lambda text: body_blocks(text, "markdown"),
    ],
    ids=["cutting", "cutting in half", "highlighting", "comparing headlines", "cleaning", "cleaning a line", "a body"],
)
def test_a_line_of_four_times_the_length_costs_about_four_times_as_much(
    act: Callable[[str], object], first: str
) -> None:
    random = Random(11)
    line = "".join(chr(ord(first) + random.randrange(23)) for _ in range(40_000))
    act(line[:1_000])
    # Beside what grows with the length there is what every call costs.
    assert seconds_for(act, line) < 10 * seconds_for(act, line[:10_000]) + 0.02


@pytest.mark.parametrize("text", ["港" * 500, "ab港" * 300, "e\u0301" * 400, "one " + "w" * 200 + " two"])
def test_what_is_wrapped_is_whole_and_fits(text: str) -> None:
    lines = wrap(text, 31)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cell_width, lines)) <= 31


@pytest.mark.parametrize(
    "text", ["https://example.org/?a=1&copy=2", "AT&T, R&D &amp", "x&notit;y", "?q=1&region=north&lt=3"]
)
def test_what_does_not_end_in_a_semicolon_or_is_no_name_is_no_entity(text: str) -> None:
    assert decode_entities(text) == text


@pytest.mark.parametrize(("text", "meant"), [("R&amp;D", "R&D"), ("&#8364;5", "€5"), ("&#x2014;", "—")])
def test_what_is_an_entity_is_the_character_it_stands_for(text: str, meant: str) -> None:
    assert decode_entities(text) == meant


@pytest.mark.parametrize("host", ["my_desk.example.org", "_dmarc.example.org", "a_b_c.example"])
def test_a_host_with_an_underscore_opens(host: str) -> None:
    assert check_url(f"https://{host}/a") == f"https://{host}/a"


@pytest.mark.parametrize("name", ["._2024-03-05-quay.md", ".#quay.md", ".hidden.html", ".quay.md.swp.txt"])
@pytest.mark.parametrize("is_link", [False, True])
def test_a_file_whose_name_begins_with_a_dot_is_no_card_and_no_problem(
    tmp_path: Path, name: str, *, is_link: bool
) -> None:
    (tmp_path / "quay.md").write_text("---\ntitle: Quay\n---\n")
    if is_link:
        (tmp_path / name).symlink_to("nobody@desk.example.1234")
    else:
        (tmp_path / name).write_bytes(b"\x00\x05\x16\x07\xff")
    found = scan(tmp_path)
    assert [entry.id for entry in found.entries] == ["quay.md"]
    assert found.problems == ()


def test_a_title_with_an_address_stays_as_it_is_written() -> None:
    story = parse_story(b"---\ntitle: See https://example.org/?a=1&copy=2 now\n---\n", "a.md").story
    assert story is not None
    assert story.title == "See https://example.org/?a=1&copy=2 now"
