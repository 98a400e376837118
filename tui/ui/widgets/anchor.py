"""Where the cursor of the list goes when the listing is replaced; pure."""

from tui.deck.view import Listing, View
from tui.model import Story


class Anchor:
    """What the cursor holds on to: the newest story until the reader has moved it, and its own story from then on.

    `was_moved` is whether the reader has moved the cursor, `is_settled` whether it stays as if they had. A `wish` is
    the id of a story to go to as soon as a listing shows it; empty for none. `top_of` is a view whose listings are
    entered at the top, until the reader moves.
    """

    def __init__(self) -> None:
        self.was_moved = False
        self.is_settled = False
        self.wish = ""
        self.top_of: View | None = None

    def moved(self) -> None:
        """The reader has moved the cursor."""
        self.was_moved, self.top_of = True, None

    def held(self, here: Story | None) -> str:
        """The id of the story that must have a row in the next listing, where the cursor is on `here`; else empty."""
        if self.wish or self.top_of is not None:
            return self.wish
        return here.id if here is not None and (self.was_moved or self.is_settled) else ""

    def place_in(self, listing: Listing, before: str | None, cursor: int) -> int:
        """Where the cursor goes in a listing that replaces one with the cursor on the story `before`, at `cursor`.

        Where that story is gone the cursor keeps its place in the list. A wish that is fulfilled is none any more.
        """
        if self.wish and (wished := listing.row_of(self.wish)) is not None:
            self.wish = ""
            self.moved()
            return wished
        if listing.view == self.top_of:
            return 0
        if not self.was_moved and not self.is_settled:
            return 0
        place = listing.row_of(before) if before is not None else None
        return min(cursor, max(len(listing.docs) - 1, 0)) if place is None else place
