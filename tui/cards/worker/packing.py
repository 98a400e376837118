"""Reads card files and packs what became of them, so that it can be sent on and kept without being unpacked."""

import time
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import structs

from tui.cards.folder.folder_data import FolderData
from tui.cards.folder.order import FileEntry
from tui.cards.format.problems import ParsedStory
from tui.cards.protocol import Batch, BatchRead, Reader, StoryBytes, died_of
from tui.cards.sync.digests import digest_of
from tui.cards.sync.table import FAILED, NO_DIGEST, NOT_CARD, STORY
from tui.cards.worker.sizes import PATIENCE
from tui.cards.worker.wire import REMEMBERED, PackedBatch, PackedStories, pages_of
from tui.model import Coverage, Problem, Story
from tui.work import ShouldStop


class FilesRead(msgspec.Struct, array_like=True, frozen=True):
    """What became of some files, in their order: their stories, and of each file its mark and its digest."""

    stories: PackedStories
    problems: tuple[Problem, ...]
    marks: bytes
    digests: bytes

    @property
    def files(self) -> int:
        """How many files were read."""
        return len(self.marks)

    def batch(
        self,
        entries: Sequence[FileEntry],
        done: int,
        problems: tuple[Problem, ...] = (),
        data: FolderData | None = None,
    ) -> PackedBatch:
        """The same as a message, after which the first `done` of the files `entries` are read.

        It says of more `problems`, and of the `data` of the folder.
        """
        total = len(entries)
        batch = Batch((), (*problems, *self.problems), done, total, self.marks.count(NOT_CARD), data=data)
        last = entries[done - 1].path if done else b""
        return PackedBatch(self.stories, BatchRead(batch, last, final=done == total))


class DigestPacker:
    """Packs stories like a `Packer` with the number `source`, and makes their digests of the same bytes.

    Where they are not wanted `with_digests`, there are none.
    """

    def __init__(self, source: int, *, with_digests: bool = True) -> None:
        self._source = source
        self._with_digests = with_digests
        self._encode = msgspec.msgpack.Encoder().encode
        # By identity: hashing some eighty entries for each card would cost more than reading it.
        self._known: dict[int, tuple[int, bytes, Coverage]] = {}
        self._coverage: list[msgspec.Raw] = []

    def packed(self, stories: Sequence[Story]) -> tuple[PackedStories, list[bytes]]:
        """The stories, to be sent after all that were packed before, and the digest of each."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        anew, known = not self._known, self._known.get
        self._coverage = []
        packed: list[msgspec.Raw] = []
        digests: list[bytes] = []
        related: list[list[int]] = []
        for story in stories:
            if story.related:
                places = [known(id(coverage)) or self._added(coverage) for coverage in story.related]
                numbers, marks = [place[0] for place in places], b"".join([place[1] for place in places])
                encoded = self._encode(structs.replace(story, related=()))
            else:
                numbers, marks, encoded = [], b"", self._encode(story)
            related.append(numbers)
            packed.append(msgspec.Raw(encoded))
            digests.append(digest_of(encoded, marks) if self._with_digests else NO_DIGEST)
        whole = StoryBytes(self._coverage, packed, related, anew, self._source, pages_of(stories))
        return PackedStories(self._encode(whole)), digests

    def _added(self, coverage: Coverage) -> tuple[int, bytes, Coverage]:
        encoded = self._encode(coverage)
        self._coverage.append(msgspec.Raw(encoded))
        digest = digest_of(encoded) if self._with_digests else NO_DIGEST
        place = self._known[id(coverage)] = len(self._known), digest, coverage
        return place


class PackingReader:
    """Reads files through `reader`, but for those with an id in `left_out`; `source` is the number of its packer.

    Without `digests` there is none of any story.
    """

    def __init__(self, reader: Reader, left_out: Iterable[str], source: int, *, digests: bool = True) -> None:
        self._reader = reader
        self._left_out = frozenset(left_out)
        self._packer = DigestPacker(source, with_digests=digests)

    def read(self, entries: Sequence[FileEntry], start: int, stop: int, should_stop: ShouldStop) -> Iterator[FilesRead]:
        """The files from `start` up to `stop`: in parts, if they are slow to read, and always one at least.

        Nothing more comes when `should_stop`, which is asked before each file, says so.
        """
        parsed: list[ParsedStory] = []
        due_at = 0.0
        for place in range(start, stop):
            if should_stop():
                return
            parsed.append(self._parsed(entries[place]))
            if len(parsed) == 1:  # before it nothing waited, though the very first has much to load
                due_at = time.monotonic() + PATIENCE
            if time.monotonic() > due_at and place < stop - 1:
                yield self._packed(parsed)
                parsed.clear()
        yield self._packed(parsed)

    def _parsed(self, entry: FileEntry) -> ParsedStory:
        is_left_out = entry.id in self._left_out
        return ParsedStory(problems=(died_of(entry.id),)) if is_left_out else self._reader.read(entry)

    def _packed(self, parsed: Sequence[ParsedStory]) -> FilesRead:
        stories, digests = self._packer.packed([file.story for file in parsed if file.story is not None])
        coming = iter(digests)
        return FilesRead(
            stories=stories,
            problems=tuple(problem for file in parsed for problem in file.problems),
            marks=bytes(map(_mark, parsed)),
            digests=b"".join([NO_DIGEST if file.story is None else next(coming) for file in parsed]),
        )


def _mark(parsed: ParsedStory) -> int:
    if parsed.story is not None:
        return STORY
    return FAILED if parsed.problems else NOT_CARD
