"""The values of a head one by one: where each stands, of what form it is, and the lines that may stand in its place."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from tui.cards.format.fields import Node

Form = Literal["null", "blank", "nothing", "switch", "text", "list", "mapping"]
"""What a value is: no value; an empty text; an empty list or mapping; true or false; a text; texts; keys with values.

A number or date is a text as well, and so is a switch in quotes.
"""


class Leaf(NamedTuple):
    """A value under a key, in the mapping under `outer` or, where that is empty, at the top.

    `opening`, `value` and `closing` are expressions for all lines that say something of the same form: what stands
    before the value, itself, and what follows it in the line. A value that `is_checked` may stand for nothing that
    there is, as a thirteenth month.
    """

    outer: str
    key: str
    form: Form
    node: Node
    opening: str
    value: str
    closing: str
    is_checked: bool = False

    @property
    def path(self) -> str:
        """The key with the one above it."""
        return f"{self.outer}.{self.key}" if self.outer else self.key


class HeadLanguage(NamedTuple):
    """A language of heads: expressions for its first and last line and for what may stand between two values.

    `leaves` cuts the lines of a head into its values, None where some are of no known form; `node` says what stands
    where the value of a leaf was expected, None for nothing that there is. Where it `is_shared`, the dialect that
    defines the format is written in it, too.
    """

    first: str
    last: str
    between: str
    leaves: Callable[[str], list[Leaf] | None]
    node: Callable[[str], Node]
    is_shared: bool


COLONLESS: Final = r"(?![^\n]*[:\\])"
"""A guard before a value: it holds no colon, and so no link."""
WEB_LINK: Final = r"(?=[\"']?https?://[^\s<>\"'\\]++[\"']? *\n)"
"""A guard before a value: it is a link to the web and nothing else."""
DATED: Final = r"(?=[\"']?[0-9]{4}-)"
"""A guard before a value: it begins like a date, and so is no switch."""
