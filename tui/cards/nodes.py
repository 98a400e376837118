"""Front matter as a tree of plain values, whichever parser read it."""

from typing import Final, TypeAlias, Union

Node: TypeAlias = Union[str, list["Node"], dict[str, "Node"], None]  # noqa: UP007
"""A value of the front matter. Scalars stay text, as they are written, but for plain null, which is None."""

NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
"""What stands for no value, written without quotes."""

Mark: TypeAlias = tuple[int, int]
"""Line and column in the file, counted from 1; (0, 0) where unknown."""

NOWHERE: Mark = (0, 0)

# A key of 200 KiB above a long list must not be written out for each entry.
_KEY_SHOWN = 200
_PATH_SHOWN = 1000


class MarkedMapping(dict[str, Node]):
    """A mapping that knows where each of its keys stands in the file."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, Mark] = {}


def mark_of(mapping: dict[str, Node], key: str, otherwise: Mark) -> Mark:
    """Where a key stands; `otherwise` if it is missing or the parser kept no places."""
    return mapping.marks.get(key, otherwise) if isinstance(mapping, MarkedMapping) else otherwise


def first_mark(mapping: dict[str, Node], otherwise: Mark) -> Mark:
    """Where a mapping begins; `otherwise` if it is empty or the parser kept no places."""
    return next(iter(mapping.marks.values()), otherwise) if isinstance(mapping, MarkedMapping) else otherwise


def flatten(root: dict[str, Node], limit: int) -> list[tuple[str, Node]]:
    """Rows of dotted key (`provider.name`, `related[0].title`) and scalar in the order of the file.

    At most `limit` rows; an empty list or mapping is a row, too. Works without recursion.
    """
    rows: list[tuple[str, Node]] = []
    waiting: list[tuple[str, Node]] = [("", root)]
    while waiting and len(rows) < limit:
        path, node = waiting.pop()
        if isinstance(node, dict) and node:
            dot = "." if path else ""
            waiting.extend(
                (f"{path}{dot}{key[:_KEY_SHOWN]}"[:_PATH_SHOWN], value) for key, value in reversed(node.items())
            )
        elif isinstance(node, list) and node:
            waiting.extend((f"{path}[{index}]", node[index]) for index in range(len(node) - 1, -1, -1))
        else:
            rows.append((path, node))
    return rows
