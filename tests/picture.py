"""Draws the picture of the README from the demo cards: `python -m tests.picture`.

The same cards, moment and size give the same picture. It names no outside address: whoever looks at it fetches
nothing, and sees it in the fixed-width font of their own machine.
"""

import asyncio
import re
from pathlib import Path

from tests.ui.reader import open_reader

FILE = Path(__file__).resolve().parent.parent / "screenshot.svg"
SIZE = (150, 42)
KEYS = ("G", *"kkkkkmkfkmjjjjc", "full_stop")
"""To a story that other outlets had first, past one that is starred and some that are read."""

_ADDRESSES = re.compile(r"@font-face\s*\{.*?\}\s*|<!--.*?-->", re.DOTALL)
_FONT_NAMES = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"


def self_contained(svg: str) -> str:
    """The picture with the fonts of whoever looks at it, in place of ones to fetch."""
    return re.sub(r"Fira Code(, ?monospace)?", _FONT_NAMES, _ADDRESSES.sub("", svg))


async def draw() -> str:
    """The reader on the demo cards, as SVG."""
    async with open_reader(size=SIZE) as reader:
        await reader.press(*KEYS)
        return self_contained(reader.app.export_screenshot(title="newsdeck"))


def main() -> None:
    """Write the picture."""
    FILE.write_text(asyncio.run(draw()), encoding="utf-8")


if __name__ == "__main__":
    main()
