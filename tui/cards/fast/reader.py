"""The fast way from a file's bytes to a story; it takes only cards of which the guarded way would say the same.

In real folders most entries of `related` come again and again, byte for byte: a chunk that was read once is known.
"""

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

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
_NEXT_KEY: Final = re.compile(rb"\n[^ \n]")


class FastReader:
    """Reads plain cards of one folder, remembering their entries of `related`; times without a zone are of `zone`.

    After `often` heads of the same shape and another dialect there is a template for it.
    """

    def __init__(self, zone: tzinfo = UTC, *, often: int = OFTEN) -> None:
        self._zone = zone
        self._often = often
        self._memo: TextMemo[bytes, Coverage] = TextMemo(MEMO_LIMIT)
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
        if _ENTRY not in data:
            return self._without_chunks(data, id)
        head, *chunks = data.split(_ENTRY)
        if not head.endswith(_RELATED) or len(chunks) > MAX_RELATED:
            return None
        return self._with_chunks(head, chunks, id, len(data))

    def _of_toml(self, data: bytes, id: str) -> Story | None:
        if self._others is not None and (story := self._others.of_template(data, id)):
            return story
        parts = _cut(data, b"\n+++")
        if parts is None or len(parts.front_matter) > TOML_LIMIT:
            return None
        body = CardBody(data, parts.body)
        return self._other_reader().of_toml(parts.front_matter.decode(), id, body)

    def _without_chunks(self, data: bytes, id: str) -> Story | None:
        parts = _cut(data, b"\n---")
        if parts is None or len(parts.front_matter) > FRONT_MATTER_LIMIT:
            return None
        return self._story(parts.front_matter.decode(), CardBody(data, parts.body), id, None)

    def _with_chunks(self, head: bytes, chunks: list[bytes], id: str, size: int) -> Story | None:
        chunks[-1], rest = _cut_at_next_key(chunks[-1])
        parts = _cut(rest, b"\n---", 0)
        if parts is None or rest.startswith(b"\n- "):
            return None
        tail, body = parts
        if size - (len(rest) - body) > FRONT_MATTER_LIMIT:
            return None
        related = self._related(chunks)
        if related is None:
            return None
        keys = head[len(_OPENING) : 1 - len(_RELATED)] + tail
        return self._story(keys.decode(), CardBody(rest, body), id, related)

    def _related(self, chunks: list[bytes]) -> tuple[Coverage, ...] | None:
        found = list(map(self._memo.get, chunks))
        if not all(found):
            for index, coverage in enumerate(found):
                if coverage is None:
                    found[index] = self._learn(chunks[index])
                    if found[index] is None:
                        return None
        return cast("tuple[Coverage, ...]", tuple(found))

    def _learn(self, chunk: bytes) -> Coverage | None:
        coverage = read_entry(f"{chunk.decode()}\n", self._blocks, self._zone)
        if coverage is not None:
            self._memo.keep(chunk, coverage)
        return coverage

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


def _cut_at_next_key(last: bytes) -> tuple[bytes, bytes]:
    """The last entry, without blank lines behind it, and all from the end of the line before the next key on."""
    match = _NEXT_KEY.search(last)
    if match is None:
        return last, b""
    return last[: match.start()].rstrip(b"\n"), last[match.start() :]


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
