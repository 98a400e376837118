"""Recognising which known folder a folder is, wherever it lies now.

A folder is known by its card ids. Of their digests the smallest ones are kept as a sketch; two sketches say
how much two folders have in common (bottom-k sketch: A. Broder, "On the resemblance and containment of
documents", 1997).
"""

import os
from collections.abc import Callable, Iterable, Sequence, Set
from heapq import nsmallest

from tui.state.mark_keys import digest_of, digests_in, join_digests
from tui.state.pieces import KnownPieces
from tui.state.values import Folder

SKETCH_SIZE = 128
"""Digests kept of a folder: the resemblance is known to within some 4 %."""
SAME_ELSEWHERE = 0.5
"""From this resemblance on, a folder at another path is the same folder."""
ENOUGH_TO_DIFFER = 8
"""Two folders at one path are different ones if they share nothing and each has at least so many cards."""


def telling_ids(card_ids: Iterable[str]) -> list[str]:
    """The few of a folder's card ids, each given once, that its sketch is made of: the sketch of these is the same."""
    # Not sorted, during which no other thread runs: there may be very many.
    smallest = nsmallest(SKETCH_SIZE, ((digest_of(card_id), card_id) for card_id in card_ids))
    return [card_id for _, card_id in smallest]


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


def identify(
    known: Iterable[Folder], path: bytes, sketched: bytes, is_elsewhere: Callable[[Folder], bool] = lambda _: False
) -> Folder | None:
    """The known folder that lies at `path` now, or None if it is a new one.

    Content goes before place: a folder that resembles enough is the same one (at the same path if several
    do), unless it still `is_elsewhere`, of which this is a copy then. Else the folder last seen at this path is,
    unless the two have not one card in common.
    """
    ranked = sorted(
        ((resemblance(folder.sketch, sketched), folder.path == path, folder.at, folder.id, folder) for folder in known),
        key=lambda row: (row[1] and row[0] >= SAME_ELSEWHERE, row[0], row[2], row[3]),
        reverse=True,
    )
    alike = (row for row in ranked if row[0] >= SAME_ELSEWHERE and (row[1] or not is_elsewhere(row[4])))
    if (same := next(alike, None)) is not None:
        return same[4]
    here = [row for row in ranked if row[1]]
    if not here:
        return None
    likeness, _, _, _, folder = max(here, key=lambda row: row[2])
    told_apart = min(len(digests_in(folder.sketch)), len(digests_in(sketched))) >= ENOUGH_TO_DIFFER
    return None if told_apart and likeness == 0 else folder


def recognise(
    known: Sequence[Folder],
    path: bytes,
    ids: Sequence[str],
    pieces_in: Callable[[str], KnownPieces],
    pieces: Callable[[], Set[int]] | None,
) -> Folder | None:
    """The known folder that lies at `path`, by the `telling_ids` of its cards, else by its pieces; None for a new one.

    `pieces_in` gives the pieces that were seen in a known folder. `pieces` gives those of this one, at a high price: it
    is only called where they decide. Asks the disk.
    """
    found = identify(known, path, sketch(ids), lambda each: _lies_elsewhere(each, path, ids))
    return _with_its_pieces(known, pieces_in, pieces) if found is None and pieces is not None else found


def _lies_elsewhere(folder: Folder, path: bytes, ids: Iterable[str]) -> bool:
    """Whether cards by which a folder is known, among the telling ids at `path`, still lie where it was last seen.

    Then what lies at `path` is a copy of it, or resembles it by chance, and not the folder itself.
    """
    root = folder.path
    if not root or b"\0" in root or not os.path.exists(root) or _is_same(root, path):
        return False
    within = digests_in(folder.sketch)
    shared = [card_id for card_id in ids if digest_of(card_id) in within]
    base = root if os.path.isdir(root) else os.path.dirname(root)
    return 2 * sum(os.path.lexists(os.path.join(base, os.fsencode(card_id))) for card_id in shared) > len(shared)


def _is_same(one: bytes, other: bytes) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _with_its_pieces(
    known: Iterable[Folder], pieces_in: Callable[[str], KnownPieces], pieces: Callable[[], Set[int]]
) -> Folder | None:
    """The folder that is not where it was and whose pieces these are, or None.

    So a folder is known again that was moved and in which the cards got other names.
    """
    gone = [folder for folder in known if folder.path and not os.path.lexists(folder.path.partition(b"\0")[0])]
    noted = [(folder, seen) for folder in gone if (seen := pieces_in(folder.id))]
    if not noted:
        return None
    numbers = pieces()
    likeness, _, _, best = max((seen.resemblance(numbers), folder.at, folder.id, folder) for folder, seen in noted)
    return best if likeness >= SAME_ELSEWHERE else None
