"""With `--ascii` no screen shows a character beyond 0x7e, whatever is open on it, while cards and names are ASCII."""

from pathlib import Path

import pytest

from tests.ui.cards import piece, write_story
from tests.ui.reader import open_reader
from tui.config.settings import Settings

KEYS = [
    "question_mark", "colon", "s", "D", "W", "w", "X", "m", "i", "exclamation_mark", "slash", "t", "z", "C", "d", "c",
    "A", "u", "y", "r", "O", "v", "p", "f", "x", "U", "apostrophe", "L", "4",
]  # fmt: skip
SIZES = [(130, 40), (90, 30), (40, 12), (18, 4)]


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    when = "2021-08-30T1{}:00:00Z"
    rows = [
        piece(f"Piece {n}", f"https://other{n}.example/{n}", when.format(n), f"Outlet {n}", "o.example")
        for n in range(9)
    ]
    for number in range(30):
        write_story(tmp_path, f"{number}.md", title=f"Story {number}", related=rows if number % 2 else None)
    (tmp_path / "bad.md").write_text("---\ntitle: [\n---\n")
    return tmp_path


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_and_message_is_drawn_with_plain_ascii(cards: Path, size: tuple[int, int]) -> None:
    async with open_reader(cards, size=size, settings=Settings(ascii=True, read_after=0)) as reader:
        for key in KEYS:
            await reader.press(key)
            strange = {char for char in reader.text if not (char == "\n" or " " <= char <= "~")}
            assert not strange, f"after {key}: {strange}\n{reader.text}"
            while reader.app.screen is not reader.deck:
                await reader.press("escape")
            await reader.press("escape")
