"""The fast way from a file's bytes to a story; it takes only cards of which the guarded way would say the same.

In real folders most entries of `related` come again and again, byte for byte, and nineteen of twenty behind the same
one as the last time: what was read once is known, and what may follow is compared before it is looked for.
"""

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from tui.cards.fast.body import CardBody
from tui.cards.fast.entries import read_entry
from tui.cards.fast.parts import PartReader, TextMemo
from tui.cards.fast.sections import cut_sections, read_sections
from tui.cards.fast.yaml import MAX_LINES, MAX_LINES_BESIDE_ENTRIES, is_plain_text
from tui.cards.format.fields import Fields
from tui.cards.format.front_matter import FRONT_MATTER_LIMIT, TOML_LIMIT
from tui.cards.format.problems import Warnings
from tui.cards.format.story import MAX_RELATED, read_story
from tui.cards.format.wordings import PLACES
from tui.model import Coverage, Story

if TYPE_CHECKING:
    from tui.cards.fast.others import OtherReader

ReadHead: TypeAlias = Callable[[str, str, int, tuple[Coverage, ...], PartReader], Story | None]

MEMO_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of chunks that are remembered; then all are forgotten, for a folder that repeats little gains little."""

OFTEN: Final = 200
"""Heads of one shape after which a template for it pays, in a folder that goes on like that."""

_OPENING: Final = b"---\n"
_TOML_OPENING: Final = b"+++\n"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OTHER_BEGINNINGS: Final = (_BYTE_ORDER_MARK, b"---\r", b"+++\r")
_RELATED: Final = b"\nrelated:"
_ENTRY: Final = b"\n  - title: "
_END_OF_LINE: Final = 1 - len(_ENTRY)
_NEAR: Final = 2400
_NEXT_KEY: Final = re.compile(rb"\n[^ \n]")


class _Entry:
    """An entry with what comes behind it: its `text` begins behind `  - title: ` and ends with that of the next one.

    `following` is the one that came behind it the last time.
    """

    __slots__ = ("coverage", "following", "text")

    def __init__(self, text: bytes, coverage: Coverage) -> None:
        self.text = text
        self.coverage = coverage
        self.following: _Entry | None = None


class _EntryMemo(TextMemo[bytes, _Entry]):
    """What entries were found to say, by their texts."""

    def clear(self) -> None:
        """Forget all; they may stand behind each other in a circle, which nobody would find."""
        for entry in self.values():
            entry.following = None
        super().clear()


class FastReader:
    """Reads plain cards of one folder, remembering their entries of `related`; times without a zone are of `zone`.

    After `often` heads of the same shape and another dialect there is a template for it.
    """

    def __init__(self, zone: tzinfo = UTC, *, often: int = OFTEN) -> None:
        self._zone = zone
        self._often = often
        self._memo = _EntryMemo(MEMO_LIMIT)
        self._first: _Entry | None = None
        self._blocks = PartReader()
        self._others: OtherReader | None = None
        self._read_head: ReadHead | None = None

    def read(self, data: bytes, id: str) -> Story | None:
        """The story of a plain card without anything to warn about; None for all others."""
        try:
            if data.startswith(_OPENING):
                return _if_sure(self._of_yaml(data, id), id)
            if data.startswith(_TOML_OPENING):
                return _if_sure(self._of_toml(data, id), id)
        except UnicodeDecodeError:
            return None
        if not data.startswith(_OTHER_BEGINNINGS):
            return None
        usual = data.removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return self.read(usual, id) if usual.startswith((_OPENING, _TOML_OPENING)) else None

    def _of_yaml(self, data: bytes, id: str) -> Story | None:
        if self._others is not None and (story := self._others.of_template(data, id)):
            return story
        first = data.find(_ENTRY)
        return self._without_entries(data, id) if first < 0 else self._with_entries(data, first, id)

    def _of_toml(self, data: bytes, id: str) -> Story | None:
        if self._others is not None and (story := self._others.of_template(data, id)):
            return story
        parts = _cut(data, b"\n+++")
        if parts is None or len(parts.front_matter) > TOML_LIMIT:
            return None
        body = CardBody(data, parts.body)
        return self._other_reader().of_toml(parts.front_matter.decode(), id, body)

    def _without_entries(self, data: bytes, id: str) -> Story | None:
        parts = _cut(data, b"\n---")
        if parts is None or len(parts.front_matter) > FRONT_MATTER_LIMIT:
            return None
        return self._story(parts.front_matter.decode(), CardBody(data, parts.body), id, None)

    def _with_entries(self, data: bytes, first: int, id: str) -> Story | None:
        """The story of a card whose first entry begins at `first`."""
        if not data.endswith(_RELATED, 0, first):
            return None
        related: list[Coverage] = []
        behind = self._read_entries(data, first + len(_ENTRY), related)
        if behind is None:
            return None
        next_key = _NEXT_KEY.search(data, behind)
        if next_key is None:
            return None
        end = next_key.start()
        parts = _cut(data, b"\n---", end)
        if parts is None or parts.body > FRONT_MATTER_LIMIT or data.startswith(b"\n- ", end):
            return None
        text = data[behind:end].rstrip(b"\n") + _ENTRY
        last = self._memo.get(text) or self._learn(text)
        if last is None or len(related) >= MAX_RELATED:
            return None
        keys = data[len(_OPENING) : first + 1 - len(_RELATED)] + parts.front_matter
        return self._story(keys.decode(), CardBody(data, parts.body), id, (*related, last.coverage))

    def _read_entries(self, data: bytes, at: int, related: list[Coverage]) -> int | None:
        """Adds all entries from `at` on but the last to `related`; the place where that begins, None if refused."""
        before, entry = None, self._first
        while True:
            while entry is not None and data.startswith(entry.text, at):
                related.append(entry.coverage)
                at += len(entry.text)
                before, entry = entry, entry.following
            end = data.find(_ENTRY, at, at + _NEAR)  # few bytes are searched in another way, which begins at once
            if end < 0 and (end := data.find(_ENTRY, at)) < 0:
                return at
            text = data[at : end + len(_ENTRY)]
            found = self._memo.get(text) or self._learn(text)
            if found is None or len(related) >= MAX_RELATED - 1:
                return None
            if before is None:
                self._first = found
            else:
                before.following = found
            related.append(found.coverage)
            at += len(text)
            before, entry = found, found.following

    def _learn(self, text: bytes) -> _Entry | None:
        """The entry with this text; None if it is refused."""
        coverage = read_entry(text[:_END_OF_LINE].decode(), self._blocks, self._zone)
        if coverage is None:
            return None
        entry = _Entry(text, coverage)
        self._memo.keep(text, entry)
        return entry

    def _story(self, keys: str, body: CardBody, id: str, related: tuple[Coverage, ...] | None) -> Story | None:
        if keys.count("\n") > (MAX_LINES if related is None else MAX_LINES_BESIDE_ENTRIES) or not is_plain_text(keys):
            return None
        if self._read_head is not None and (story := self._read_head(keys, id, body.size, related or (), self._blocks)):
            return story
        found = cut_sections(keys)
        if found is None:
            return None
        if self._others is not None and related is None and (story := self._others.of_known(found, id, body)):
            return story
        sections = read_sections(found, self._blocks)
        if sections is None or (related is not None and "related" in sections.mapping):
            return None
        if not sections.is_usual:
            return None if related is not None else self._other_reader().of_yaml(found, sections.mapping, id, body)
        if self._read_head is None:
            from tui.cards.fast.heads import read_head  # a folder without cards of the usual dialect needs none of it

            self._read_head = read_head
        fields = Fields(sections.mapping, Warnings(id), zone=self._zone)
        story = read_story(fields, id, body.size, sections.known._replace(related=related))
        return None if fields.warned else story

    def _other_reader(self) -> "OtherReader":
        if self._others is None:
            from tui.cards.fast.others import OtherReader  # cards of the usual dialect need none of it

            self._others = OtherReader(self._blocks, self._zone, self._often)
        return self._others


def _if_sure(story: Story | None, id: str) -> Story | None:
    """The story, unless its card may be a template or a page of a folder, which has to be judged with care."""
    return None if story is None or story.title[:2] in PLACES or "_index." in id else story


class _Parts(NamedTuple):
    """The lines between the opening and the closing one, and where the body behind them begins."""

    front_matter: bytes
    body: int


def _cut(data: bytes, closing: bytes, opened: int = len(_OPENING) - 1) -> _Parts | None:
    """The parts of a card whose opening line ends in the place `opened`; None if the closing line is missing or odd."""
    at = data.find(closing, opened)
    behind = at + len(closing)
    if at < 0 or data[behind : behind + 1] not in (b"", b"\n"):
        return None
    return _Parts(data[opened + 1 : at + 1], min(behind + 1, len(data)))
