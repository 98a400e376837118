"""The fast way from a file's bytes to a story; it takes only cards of which the guarded way would say the same.

In real folders most entries of `related` come again and again, byte for byte: a chunk that was read once is known.
"""

import re
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from tui.cards.fast.entries import read_entry
from tui.cards.fast.parts import PartReader, TextMemo
from tui.cards.fast.sections import read_sections
from tui.cards.fast.toml import plain_toml
from tui.cards.fast.yaml import MAX_LINES, MAX_LINES_BESIDE_ENTRIES, is_plain_text
from tui.cards.format.fields import Fields, Node
from tui.cards.format.front_matter import FRONT_MATTER_LIMIT, TOML_LIMIT
from tui.cards.format.problems import Warnings
from tui.cards.format.story import MAX_RELATED, read_story
from tui.model import Coverage, Story

if TYPE_CHECKING:
    from tui.cards.fast.shapes.known import KnownShapes

MEMO_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of chunks that are remembered; then all are forgotten, for a folder that repeats little gains little."""

_OPENING: Final = b"---\n"
_TOML_OPENING: Final = b"+++\n"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OTHER_BEGINNINGS: Final = (_BYTE_ORDER_MARK, b"---\r", b"+++\r")
_RELATED: Final = b"\nrelated:"
_ENTRY: Final = b"\n  - title: "
_NEXT_KEY: Final = re.compile(rb"\n[^ \n]")


class FastReader:
    """Reads plain cards of one folder, remembering their entries of `related`; times without a zone are of `zone`."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._memo: TextMemo[bytes, Coverage] = TextMemo(MEMO_LIMIT)
        self._blocks = PartReader()
        self._yaml_shapes: KnownShapes | None = None
        self._toml_shapes: KnownShapes | None = None

    def read(self, data: bytes, id: str) -> Story | None:
        """The story of a plain card without anything to warn about; None for all others."""
        try:
            if data.startswith(_OPENING):
                return self._of_yaml(data, id)
            if data.startswith(_TOML_OPENING):
                return self._of_toml(data, id)
        except UnicodeDecodeError:
            return None
        if not data.startswith(_OTHER_BEGINNINGS):
            return None
        usual = data.removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return self.read(usual, id) if usual.startswith((_OPENING, _TOML_OPENING)) else None

    def _of_yaml(self, data: bytes, id: str) -> Story | None:
        if self._yaml_shapes is not None and (story := self._yaml_shapes.read(data.decode(), id)):
            return story
        if _ENTRY not in data:
            return self._without_chunks(data, id)
        head, *chunks = data.split(_ENTRY)
        if not head.endswith(_RELATED) or len(chunks) > MAX_RELATED:
            return None
        return self._with_chunks(head, chunks, id, len(data))

    def _of_toml(self, data: bytes, id: str) -> Story | None:
        if self._toml_shapes is not None and (story := self._toml_shapes.read(data.decode(), id)):
            return story
        parts = _cut(data, b"\n+++")
        if parts is None or len(parts.front_matter) > TOML_LIMIT:
            return None
        head = parts.front_matter.decode()
        mapping = plain_toml(head)
        story = None if mapping is None else _other_story(mapping, parts.body.decode(), id, self._zone)
        if mapping is not None and story is not None:
            self._toml_shapes = self._toml_shapes or _no_shapes("toml", self._zone)
            self._toml_shapes.learn(tuple(mapping), head, data.decode(), id, story)
        return story

    def _without_chunks(self, data: bytes, id: str) -> Story | None:
        parts = _cut(data, b"\n---")
        if parts is None or len(parts.front_matter) > FRONT_MATTER_LIMIT:
            return None
        return self._story(parts.front_matter.decode(), parts.body.decode(), id, None)

    def _with_chunks(self, head: bytes, chunks: list[bytes], id: str, size: int) -> Story | None:
        chunks[-1], rest = _cut_at_next_key(chunks[-1])
        parts = _cut(rest, b"\n---", 0)
        if parts is None or rest.startswith(b"\n- "):
            return None
        tail, body = parts
        if size - len(body) > FRONT_MATTER_LIMIT:
            return None
        related = self._related(chunks)
        if related is None:
            return None
        keys = head[len(_OPENING) : 1 - len(_RELATED)] + tail
        return self._story(keys.decode(), body.decode(), id, related)

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

    def _story(self, keys: str, body: str, id: str, related: tuple[Coverage, ...] | None) -> Story | None:
        if keys.count("\n") > (MAX_LINES if related is None else MAX_LINES_BESIDE_ENTRIES) or not is_plain_text(keys):
            return None
        sections = read_sections(keys, self._blocks)
        if sections is None or (related is not None and "related" in sections.mapping):
            return None
        if not sections.is_usual:
            return self._of_other(sections.mapping, keys, body, id) if related is None else None
        fields = Fields(sections.mapping, Warnings(id), zone=self._zone)
        story = read_story(fields, id, _size(_body_text(body)), sections.known._replace(related=related))
        return None if fields.warned else story

    def _of_other(self, mapping: dict[str, Node], head: str, body: str, id: str) -> Story | None:
        story = _other_story(mapping, body, id, self._zone)
        if story is not None:
            self._yaml_shapes = self._yaml_shapes or _no_shapes("yaml", self._zone)
            self._yaml_shapes.learn(tuple(mapping), head, f"---\n{head}---\n{body}", id, story)
        return story


def _no_shapes(language: Literal["yaml", "toml"], zone: tzinfo) -> "KnownShapes":
    from tui.cards.fast.shapes.known import KnownShapes  # nor this
    from tui.cards.fast.shapes.toml_leaves import TOML_HEAD
    from tui.cards.fast.shapes.yaml_leaves import YAML_HEAD

    return KnownShapes(YAML_HEAD if language == "yaml" else TOML_HEAD, zone)


def _other_story(mapping: dict[str, Node], body: str, id: str, zone: tzinfo) -> Story | None:
    """The story of a plain card of any other dialect; None if something has to be warned about."""
    from tui.cards.format.dialects.reading import read_any_story  # cards of the usual dialect need none of it

    fields = Fields(mapping, Warnings(id), zone=zone)
    text = _body_text(body)
    story = read_any_story(fields, id, text, _size(text))
    return None if fields.warned else story


def _body_text(body: str) -> str:
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return body.strip()


def _size(text: str) -> int:
    """Its bytes in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def _cut_at_next_key(last: bytes) -> tuple[bytes, bytes]:
    """The last entry, without blank lines behind it, and all from the end of the line before the next key on."""
    match = _NEXT_KEY.search(last)
    if match is None:
        return last, b""
    return last[: match.start()].rstrip(b"\n"), last[match.start() :]


class _Parts(NamedTuple):
    """The lines between the opening and the closing one, and the body behind them."""

    front_matter: bytes
    body: bytes


def _cut(data: bytes, closing: bytes, opened: int = len(_OPENING) - 1) -> _Parts | None:
    """The parts of a card whose opening line ends in the place `opened`; None if the closing line is missing or odd."""
    at = data.find(closing, opened)
    behind = at + len(closing)
    if at < 0 or data[behind : behind + 1] not in (b"", b"\n"):
        return None
    return _Parts(data[opened + 1 : at + 1], data[behind + 1 :])
