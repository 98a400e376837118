"""Recognising which known folder a folder is, wherever it lies now.

A folder is known by its card ids. Of their digests the smallest ones are kept as a sketch; two sketches say
how much two folders have in common (bottom-k sketch: A. Broder, "On the resemblance and containment of
documents", 1997).
"""

from collections.abc import Iterable

from tui.state.mark_keys import digest_of, digests_in, join_digests
from tui.state.values import Folder

SKETCH_SIZE = 128
"""Digests kept of a folder: the resemblance is known to within some 4 %."""
SAME_ELSEWHERE = 0.5
"""From this resemblance on, a folder at another path is the same folder."""
ENOUGH_TO_DIFFER = 8
"""Two folders at one path are different ones if they share nothing and each has at least so many cards."""


def telling_ids(card_ids: Iterable[str]) -> list[str]:
    """The few of a folder's card ids that its sketch is made of: the sketch of these is the same."""
    by_digest = {digest_of(card_id): card_id for card_id in card_ids}
    return [by_digest[digest] for digest in sorted(by_digest)[:SKETCH_SIZE]]


def sketch(card_ids: Iterable[str]) -> bytes:
    """What distinguishes a folder from others: the smallest digests of its card ids."""
    return join_digests(sorted({digest_of(card_id) for card_id in card_ids})[:SKETCH_SIZE])


def resemblance(one: bytes, other: bytes) -> float:
    """How much two folders have in common, from 0 (nothing, or nothing known) to 1 (the same cards)."""
    left, right = digests_in(one), digests_in(other)
    if not left or not right:
        return 0.0
    smallest = sorted(left | right)[:SKETCH_SIZE]
    return sum(digest in left and digest in right for digest in smallest) / len(smallest)


def identify(known: Iterable[Folder], path: bytes, sketched: bytes) -> Folder | None:
    """The known folder that lies at `path` now, or None if it is a new one.

    Content goes before place: a folder that resembles enough is the same one (at the same path if several
    do). Else the folder last seen at this path is, unless the two have not one card in common.
    """
    ranked = sorted(
        ((resemblance(folder.sketch, sketched), folder.path == path, folder.at, folder.id, folder) for folder in known),
        key=lambda row: (row[1] and row[0] >= SAME_ELSEWHERE, row[0], row[2], row[3]),
        reverse=True,
    )
    if ranked and ranked[0][0] >= SAME_ELSEWHERE:
        return ranked[0][4]
    here = [row for row in ranked if row[1]]
    if not here:
        return None
    alike, _, _, _, folder = max(here, key=lambda row: row[2])
    told_apart = min(len(digests_in(folder.sketch)), len(digests_in(sketched))) >= ENOUGH_TO_DIFFER
    return None if told_apart and alike == 0 else folder
