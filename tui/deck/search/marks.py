"""What the reader did, as a search asks for it."""

import msgspec

from tui.deck.search.bits import Bits


class Marks(msgspec.Struct, frozen=True):
    """What the reader did, as sets of stories."""

    read: Bits = 0
    starred: Bits = 0
    muted: Bits = 0
