"""Fields of a card by key: whatever is written becomes what the model expects, or a warning."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo
from typing import Final, TypeAlias, Union

from tui.cards.format.problems import Warnings
from tui.cards.format.times import Moment, parse_minutes, parse_moment
from tui.cards.format.wordings import listed, minutes_said, yes_or_no
from tui.errors import UrlRefusedError
from tui.text.markup import plain_text
from tui.text.patterns import late
from tui.text.sanitize import (
    EXCERPT_LIMIT,
    NAME_LIMIT,
    REPLACEMENT,
    TITLE_LIMIT,
    URL_LIMIT,
    clean_block,
    clean_line,
)
from tui.text.urls import check_url

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


_WHOLE: Final = late(r"-?\d{1,9}", re.ASCII)
_DECIMAL: Final = late(r"-?\d{1,9}(?:\.\d{1,18})?", re.ASCII)
_PERCENT: Final = late(r"%[0-9A-Fa-f]{2}")
_NAME_KEYS: Final = ("name", "title", "label", "term")
NOT_SCORED: Final = -1
"""What cards write for a score they do not have."""


class Fields:
    """One mapping of the front matter.

    `path` is the dotted path to it with its dot, and `mark` the place of the key that it stands under:
    warnings report both. Times without a zone are local to `zone`.
    """

    __slots__ = ("_mapping", "_mark", "_path", "_warnings", "zone")

    def __init__(
        self,
        mapping: dict[str, Node],
        warnings: Warnings,
        path: str = "",
        mark: Mark = NOWHERE,
        zone: tzinfo = UTC,
    ) -> None:
        self.zone = zone
        self._mapping = mapping
        self._warnings = warnings
        self._path = path
        self._mark = mark

    def __contains__(self, key: str) -> bool:
        return self._mapping.get(key) is not None

    @property
    def warned(self) -> bool:
        """Whether anything in the file was warned about so far."""
        return bool(self._warnings)

    def written(self) -> Iterable[str]:
        """The keys as they are written, in their order."""
        return self._mapping.keys()

    def filled(self) -> tuple[str, ...]:
        """The keys that hold something, in their order."""
        return tuple([key for key, value in self._mapping.items() if value is not None])

    def below(self, key: str, index: int, entry: dict[str, Node]) -> "Fields":
        """An entry of the list under a key as fields of its own."""
        mark = mark_of(self._mapping, key, self._mark)
        return Fields(entry, self._warnings, f"{self._path}{key}[{index}].", first_mark(entry, mark), self.zone)

    def has_any(self, keys: frozenset[str]) -> bool:
        """Whether one of these keys is written here."""
        return not keys.isdisjoint(self._mapping)

    def warn(self, key: str, rule: str, message: str) -> None:
        """Warn about the value of a key."""
        self._warnings.add(rule, message, self._path + key, mark_of(self._mapping, key, self._mark))

    def raw(self, key: str) -> Node:
        """The value as it was read; None where it is missing or null."""
        return self._mapping.get(key)

    def text(self, key: str, limit: int = TITLE_LIMIT) -> str:
        """One clean line, without markup; empty where missing."""
        value = self._scalar(key) if key in self._mapping else None
        return clean_line(plain_text(self._fitting(key, value, limit)), limit) if value else ""

    def block(self, key: str, limit: int = EXCERPT_LIMIT) -> str:
        """Clean text of several lines, without markup; empty where missing."""
        value = self._scalar(key)
        return clean_block(plain_text(self._fitting(key, value, limit)), limit) if value else ""

    def outlet_name(self, key: str) -> str:
        """One clean line, percent-encoding decoded: some feeds write `Morningstar%2c Inc.`."""
        value = self._scalar(key)
        if not value:
            return ""
        if _PERCENT().search(value):
            value = _unquoted(value)
        return clean_line(plain_text(self._fitting(key, value, NAME_LIMIT)), NAME_LIMIT)

    def host(self, key: str) -> str:
        """One clean line in lower case."""
        value = self.text(key, NAME_LIMIT).lower()
        # Lower case may bring combining marks.
        return value if value.isascii() else clean_line(value, NAME_LIMIT)

    def url(self, key: str) -> str:
        """The link under a key that the policy lets through, as it may be opened; else a refused text."""
        return self.link(key, self._scalar(key) or "") if key in self._mapping else ""

    def link(self, key: str, value: str) -> str:
        """Like `url`, for a link that was found in the text under a key."""
        if not value or not value.strip():
            return ""
        try:
            return check_url(value)
        except UrlRefusedError as error:
            self.warn(key, "url-refused", str(error))
            return _still_refused(value)

    def address(self, key: str) -> str:
        """A web address or path that is shown and never opened, as one clean line."""
        value = self._scalar(key)
        return clean_line(self._fitting(key, value, URL_LIMIT), URL_LIMIT) if value else ""

    def moment(self, key: str) -> Moment | None:
        """A moment in UTC; None where missing or not to be believed."""
        value = self._scalar(key)
        if not value or not value.strip():
            return None
        moment = parse_moment(value, self.zone)
        if moment is None:
            example = "write it as 2020-02-26T16:55:00Z"
            self.warn(key, "bad-date", f"“{clean_line(value, 40)}” is no date from 1970 to 2100; {example}.")
        return moment

    def minutes(self, key: str) -> int | None:
        """A duration, in ISO 8601 or in words, in minutes; None where missing or wrong."""
        value = self._scalar(key)
        if not value or not value.strip():
            return None
        minutes = parse_minutes(value)
        if minutes is None and (minutes := minutes_said(value)) is None:
            self.warn(key, "bad-duration", f"“{clean_line(value, 40)}” is no duration; write it as PT1H30M.")
        return minutes

    def whole(self, key: str) -> int | None:
        """A whole number of at most nine digits; None where missing or wrong."""
        value = self._number(key, _WHOLE(), "a whole number")
        return int(value) if value else None

    def score(self, key: str) -> int | None:
        """A whole number; -1 stands for "not scored" and is None."""
        value = self.whole(key) if key in self._mapping else None
        return None if value == NOT_SCORED else value

    def decimal(self, key: str) -> float | None:
        """A finite number; None where missing or wrong."""
        value = self._number(key, _DECIMAL(), "a number")
        return float(value) if value else None

    def flag(self, key: str, default: bool) -> bool:
        """True or false, as they are written or said; the default where missing or wrong."""
        value = self._scalar(key) if key in self._mapping else None
        if value is None:
            return default
        said = yes_or_no(value)
        if said is not None:
            return said
        if word := value.strip().lower():
            self.warn(key, "wrong-type", f"“{clean_line(word, 40)}” is neither true nor false; write one of them.")
        return default

    def texts(self, key: str, count: int, limit: int = NAME_LIMIT) -> tuple[str, ...]:
        """Different clean texts of a list, at most `count`; a single text is a list of one."""
        if key not in self:
            return ()
        found: dict[str, None] = {}
        for item in self._items(key, count):
            if isinstance(item, str):
                if text := clean_line(plain_text(self._fitting(key, item, limit)), limit):
                    found[text] = None
            elif item is not None:
                self.warn(key, "wrong-type", "An entry of this list is not a text; it is left out.")
        return tuple(found)

    def names(self, key: str, count: int, limit: int = NAME_LIMIT) -> tuple[str, ...]:
        """Like `texts`, for names: a single text may list several of them, and a mapping gives its `name`."""
        value = self._mapping.get(key)
        if isinstance(value, str):
            texts: list[Node] = list(listed(plain_text(value)))
        else:
            texts = [_named(item) for item in (value if isinstance(value, list) else [value])]
        return Fields({key: texts}, self._warnings, self._path, mark_of(self._mapping, key, self._mark)).texts(
            key, count, limit
        )

    def mapping(self, key: str) -> "Fields | None":
        """The mapping under a key; None where missing. A scalar in its place is given as its `name`."""
        value = self._mapping.get(key)
        if value is None:
            return None
        path = f"{self._path}{key}."
        mark = mark_of(self._mapping, key, self._mark)
        if isinstance(value, dict):
            return Fields(value, self._warnings, path, mark, self.zone)
        self.warn(key, "wrong-type", "This is not a mapping; write keys and values below it.")
        return Fields({"name": value}, self._warnings, path, mark, self.zone) if isinstance(value, str) else None

    def mappings(self, key: str, count: int, scalar_as: str) -> Iterator["Fields"]:
        """The mappings of a list, at most `count`; a scalar stands for a mapping with a key `scalar_as`."""
        mark = mark_of(self._mapping, key, self._mark)
        for index, item in enumerate(self._items(key, count)):
            path = f"{self._path}{key}[{index}]."
            if isinstance(item, dict):
                yield Fields(item, self._warnings, path, first_mark(item, mark), self.zone)
            elif isinstance(item, str):
                yield Fields({scalar_as: item}, self._warnings, path, mark, self.zone)
            elif item is not None:
                self.warn(key, "wrong-type", f"Entry {index + 1} of this list is a list; it is left out.")

    def _items(self, key: str, count: int) -> list[Node]:
        value = self._mapping.get(key)
        if value is None:
            return []
        items: list[Node] = value if isinstance(value, list) else [value]
        if len(items) > count:
            self.warn(key, "too-many", f"{len(items):,} entries; those behind the first {count:,} are left out.")
        return items[:count]

    def _scalar(self, key: str) -> str | None:
        value = self._mapping.get(key)
        if isinstance(value, str) or value is None:
            return value
        said = "a list" if isinstance(value, list) else "a mapping"
        self.warn(key, "wrong-type", f"This is {said}, where a single value belongs; it is left out.")
        return None

    def _number(self, key: str, pattern: re.Pattern[str], said: str) -> str | None:
        value = self._scalar(key)
        if value is None:
            return None
        text = value.strip()
        if not text or pattern.fullmatch(text):
            return text
        self.warn(key, "wrong-type", f"“{clean_line(text, 40)}” is not {said} of at most nine digits.")
        return None

    def _fitting(self, key: str, value: str, limit: int) -> str:
        if len(value) > limit:
            self.warn(key, "too-long", f"{len(value):,} characters; it is cut at {limit:,}.")
        return value


def _named(item: Node) -> Node:
    """The name in a mapping; anything else as it is."""
    if isinstance(item, dict):
        return next((name for key in _NAME_KEYS if isinstance(name := item.get(key), str) and name.strip()), item)
    return item


def _unquoted(value: str) -> str:
    from urllib.parse import unquote  # few cards need it, and it takes as long to load as a hundred cards

    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        return value


def _still_refused(value: str) -> str:
    """A refused link fit to be shown; cleaning must not turn it into one that could be opened."""
    shown = clean_line(value, URL_LIMIT)
    try:
        check_url(shown)
    except UrlRefusedError:
        return shown
    return clean_line(REPLACEMENT + shown, URL_LIMIT)
