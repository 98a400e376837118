"""The picture of the README can be drawn again, is always the same, and fetches nothing."""

import re

from tests import picture


async def test_the_picture_is_drawn_from_the_demo_cards_and_names_no_outside_address() -> None:
    drawn = await picture.draw()
    assert drawn == await picture.draw()
    assert set(re.findall(r"\w+://[^\s\"'<)]+", drawn)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", drawn)
    told = re.sub(r"<[^>]+>", "", drawn).replace("&#160;", " ")
    for text in ("newsdeck", "Topics", "Stories", "The Daily Beast", "first", "this story"):
        assert text in told


def test_the_picture_beside_the_readme_was_drawn_the_same_way() -> None:
    kept = picture.FILE.read_text(encoding="utf-8")
    assert kept == picture.self_contained(kept)
