"""Cases of texts: bodies that keep their white space and link their addresses, and lines of any length."""

from pathlib import Path

from tests.cases.shared import open_case
from tests.cases.test_texts import seconds_for
from tests.ui.reader import open_reader, text_of
from tui.cards.format.parse import parse_card
from tui.text.blocks import Body
from tui.text.html import body_blocks
from tui.ui.widgets.lines import wrap


def _body(text: str) -> Body:
    card = parse_card(text.encode(), "a.md").card
    assert card is not None
    return body_blocks(card.body, card.body_format)


def test_a_body_reaches_the_parser_with_its_white_space_whole(tmp_path: Path) -> None:
    case = open_case("03-tabs-in-body", tmp_path)
    written = case.text("a.md")
    blocks = _body(written).blocks
    assert "same blocks as with every tab written as four blanks" in case.right
    assert blocks == _body(written.replace("\t", "    ")).blocks
    items = [block for block in blocks if block.kind == "item"]
    shown = " ".join(f"{item.text}({item.level})" for item in items if item.marker == "•")
    assert shown in case.right
    numbered = [(item.marker, item.level) for item in items if item.marker != "•"]
    assert numbered == [("1.", 1), ("1.", 2), ("2.", 1)]
    first, *_rest, last = (block for block in blocks if block.kind == "code")
    depths = [len(line) - len(line.lstrip()) for line in first.text.splitlines()]
    assert "/".join(map(str, depths)) in case.right
    assert blocks[-1] == last


async def test_no_text_of_a_card_costs_more_than_linear_time(tmp_path: Path) -> None:
    case = open_case("05-wide-wrap-slow", tmp_path)
    assert "16,000 characters take less than 40 times what 1,000 take" in case.right
    text = case.text("2024-01-02-long.md") * 3
    line = "".join(character for character in text if character > "\u2fff")[:16_000]
    assert len(line) == 16_000
    wrap(line[:500], 48)
    assert seconds_for(lambda told: wrap(told, 48), line) < 40 * seconds_for(lambda told: wrap(told, 48), line[:1_000])
    async with open_reader(case.folder, size=(100, 30)) as reader:
        await reader.press("j", "question_mark")
        assert reader.app.screen is not reader.deck


async def test_a_bare_address_can_be_opened_from_the_keyboard(tmp_path: Path) -> None:
    case = open_case("18-bare-links", tmp_path)
    body = _body(case.text("a.md"))
    assert [url.removeprefix("https://") for url in body.links] == ["example.org/report"]
    assert "[1] behind the address, Links lists example.org/report" in case.right
    assert "https://example.org/report [1]" in body.blocks[0].text
    async with open_reader(case.folder, size=(100, 30)) as reader:
        shown = text_of(reader.deck.panes.story)
        assert "Links" in shown
        assert "example.org/report" in shown.partition("Links")[2]
