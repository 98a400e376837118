"""Every sign that newsdeck draws: how it looks, what stands for it in plain ASCII, and what it tells a reader."""

from typing import Final, NamedTuple


class Sign(NamedTuple):
    """One sign: how it is `drawn`, what stands for it in `plain` ASCII in as many cells, and its `meaning`.

    Where it stands with something that changes, such as a number, it is drawn with an example of that.
    """

    drawn: str
    plain: str
    meaning: str


CURSOR: Final = Sign("▌", ">", "what the keys act on")
UNREAD: Final = Sign("●", "o", "unread")
STARRED: Final = Sign("★", "*", "starred")
PICKED: Final = Sign("◆", "#", "picked, for m, f and o on several at once")
FOLDED: Final = Sign("▸", ">", "holds more, which is folded away")
UNFOLDED: Final = Sign("▾", "v", "what it holds is shown below it")
SOME: Final = Sign("4/19", "4/19", "unread ones, and all that there are")
FRESH: Final = Sign("+2 new", "+2 new", "outlets that came after you read the story")
NEW: Final = Sign("▲", "^", "what came since you were here stands above")
THIS_STORY: Final = Sign("▶", ">", "the story itself, among what others published")
NEW_PIECE: Final = Sign("1+", "1+", "a piece that came after you read the story")
CARD: Final = Sign("›", ">", "a card of this folder; enter reads it here")
COPIES: Final = Sign("×2", "x2", "pieces that carry the same text; + shows them")
TEXTS: Final = Sign("5 texts", "5 texts", "independent texts; what else there is are copies of them")
PACE: Final = Sign("▁▃█", ".-#", "how many pieces came, from the first to the last hour of the event")
AXIS: Final = Sign("─•─●─", "-*-o-", "when the pieces came; the larger dot is the story")
UNPUBLISHED: Final = Sign("◌", "%", "not published by whoever made the folder")
LEFT_OUT: Final = Sign("✗", "x", "left out of what is listed")
BEFORE: Final = Sign("‹", "<", "a story you came from; backspace goes back")

LEGEND: Final = (
    CURSOR, UNREAD, STARRED, PICKED, FOLDED, UNFOLDED, SOME, FRESH, NEW, THIS_STORY, NEW_PIECE, CARD, COPIES, TEXTS,
    PACE, AXIS, UNPUBLISHED, LEFT_OUT, BEFORE,
)  # fmt: skip
"""The signs with a meaning of their own, in the order in which they are explained."""

SPARK_LEVELS: Final = "▁▂▃▄▅▆▇█"
"""The cells of a sparkline, from the emptiest to the fullest."""

_OTHERS = "━│┃…·○▏–“”’‘" + SPARK_LEVELS
_OTHERS_PLAIN = "=|#~-o|-\"\"''" + ".:-=+*%#"
STAND_INS: Final = {
    drawn: plain
    for sign in (*LEGEND, Sign(_OTHERS, _OTHERS_PLAIN, ""))
    for drawn, plain in zip(sign.drawn, sign.plain, strict=True)
    if not drawn.isascii()
}
"""What stands for each character of a sign in plain ASCII."""
