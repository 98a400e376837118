"""What whoever opens a folder decides of how its files are read, where the files do not say it themselves."""

from datetime import UTC, tzinfo
from typing import Final, NamedTuple

from tui.clock import named_zone


class ReadingRules(NamedTuple):
    """How the files of a folder are read.

    `zone` is the name of the zone that times without one are local to, such as Europe/Berlin; empty means UTC. With
    `plain` a text without any head is a card as well.
    """

    zone: str = ""
    plain: bool = False

    @property
    def text(self) -> str:
        """The rules as one text; empty for the usual ones."""
        return f"{self.zone} plain" if self.plain else self.zone

    @staticmethod
    def of_text(text: str) -> "ReadingRules":
        """The rules that this text stands for."""
        zone, _, plain = text.partition(" ")
        return ReadingRules(zone, bool(plain))

    @property
    def zone_info(self) -> tzinfo:
        """The zone itself. Raises ValueError if there is none of this name."""
        return named_zone(self.zone) if self.zone else UTC


USUAL_RULES: Final = ReadingRules()
"""The rules where nothing else is asked for."""
