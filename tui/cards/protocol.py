"""What a worker reports, one message after the other, while it reads and then watches a folder."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui.cards.folder.folder_data import FolderData
from tui.model import Problem, Story

if TYPE_CHECKING:  # whoever hears of cards reads none
    from tui.cards.folder.order import FileEntry
    from tui.cards.format.problems import ParsedStory


class StoryBytes(msgspec.Struct, frozen=True, array_like=True):
    """Stories, and the coverage that they list, each as the bytes of its own; `tui.cards.worker.wire` packs them.

    `coverage` continues the list that earlier stories of the same `source` began, or begins it `anew`; `related` has,
    for each story, the numbers of its coverage in that list. `pages` has a `page_mark` for each story.
    """

    coverage: list[msgspec.Raw]
    stories: list[msgspec.Raw]
    related: list[list[int]]
    anew: bool
    source: int
    pages: bytes


class Batch(msgspec.Struct, frozen=True):
    """Stories and problems of the next files, newest first.

    `not_cards` is how many of these files have no front matter. `done` of `total` files have been read so far. The
    first batch of a folder that is followed comes with the `data` that lie near its top.
    Whoever hears of them through a `CardFeed` gets the stories as the bytes that came, in `packed`: to make all of them
    values takes time and memory, and only few are looked at.
    """

    stories: tuple[Story, ...]
    problems: tuple[Problem, ...]
    done: int
    total: int
    not_cards: int
    packed: StoryBytes | None = None
    data: FolderData | None = None

    @property
    def count(self) -> int:
        """How many stories there are, as values or as bytes."""
        return len(self.stories if self.packed is None else self.packed.stories)


class ChangeSet:
    """Changes taken together: every story that is new or was read again, and the ids of those that were removed.

    An id is never in both: what came last counts. `stories` may be given to begin with.
    """

    def __init__(self, stories: dict[str, Story] | None = None) -> None:
        self.stories: dict[str, Story] = {} if stories is None else stories
        self.removed: dict[str, None] = {}

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.stories or self.removed)

    def put(self, story: Story) -> None:
        """Take in a story that is new or was read again."""
        self.stories[story.id] = story
        self.removed.pop(story.id, None)

    def remove(self, id: str) -> None:
        """Take in that a story was removed."""
        self.stories.pop(id, None)
        self.removed[id] = None

    def add(self, stories: Iterable[Story], removed: Iterable[str]) -> None:
        """Take in changes that came together: an id in both was renamed to, and stays."""
        for id in removed:
            self.remove(id)
        for story in stories:
            self.put(story)


class Reader(Protocol):
    """Reads one card file after the other."""

    def read(self, entry: "FileEntry") -> "ParsedStory":
        """What the file gives; nothing is raised."""
        ...


class Changes(msgspec.Struct, frozen=True):
    """What changed in a folder since the message before; to be taken in one after the other, in order of `serial`.

    `stories` are new or were read again, which their ids say; `removed` are ids of stories that were removed. One that
    was renamed is in both. `problems`, `not_cards` (files without front matter) and `files` (card files in all) are
    what there is now. `data_changed` says that topics or outlets have to be read anew.

    `folder_error` says, while the folder cannot be read, why: what is shown stays, and the next message without it
    says that the folder is back. `asked` marks the answer to `CardFeed.rescan`. `validated` marks the end of a warm
    start: by now every file was compared with what the cache file knows of it.

    With `fresh` all earlier messages are to be dropped, for this one starts from the snapshot with the token `base`
    alone; from nothing, so that `stories` are all there are, if `base` is empty.
    """

    serial: int
    stories: tuple[Story, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    not_cards: int = 0
    files: int = 0
    data_changed: bool = False
    folder_error: str = ""
    asked: bool = False
    validated: bool = False
    fresh: bool = False
    base: str = ""


class SnapshotWritten(msgspec.Struct, frozen=True):
    """The cache file was written anew and has this token: all `Changes` up to `serial` are in it.

    Those that come later, and those that came since, are to be taken in on top of it. An empty token says that it could
    not be written; the one before is still there, if there was one.
    """

    token: str
    serial: int


class EventsFound(msgspec.Struct, frozen=True):
    """The events of the folder with all `Changes` up to `serial`, as blocks of bytes; all else is still being written.

    What the blocks hold is no matter of who reads cards: it goes through as it is.
    """

    blocks: dict[str, bytes]
    serial: int


class BatchRead(msgspec.Struct, frozen=True):
    """A batch of a cold load.

    `last` is the path of the last file that was read, empty before the first one; `final` says that it was the very
    last.
    """

    batch: Batch
    last: bytes
    final: bool = False


class ReadingFile(msgspec.Struct, frozen=True):
    """The file with this id is read next, so that it is known what a worker died of; none, if `id` is empty."""

    id: str


class Failure(msgspec.Struct, frozen=True):
    """The folder cannot be read at all; nothing comes after this."""

    message: str


Message = BatchRead | ReadingFile | Failure | Changes | EventsFound | SnapshotWritten


def died_of(id: str) -> Problem:
    """The problem of a file that ends whatever process reads it."""
    message = "Reading this file ended the process that reads cards; it is left out. Check it or remove it."
    return Problem(file=id, rule="worker-died", message=message)


class Outcome(msgspec.Struct, frozen=True):
    """What a first loading that began at `since_ns` (ns since 1970) came to.

    `ids` are those of the files; `marks` has a byte for each of them, `digests` as many as a digest has, as they are in
    the table of files. `problems` are those of the files.
    """

    since_ns: int
    ids: list[str]
    marks: bytes
    digests: bytes
    problems: tuple[Problem, ...]


class _StoredProblems(msgspec.Struct, array_like=True, frozen=True):
    problems: tuple[Problem, ...]
    not_cards: int


def encode_problems(problems: tuple[Problem, ...], not_cards: int) -> bytes:
    """The block `problems` of a cache file."""
    return msgspec.msgpack.encode(_StoredProblems(problems, not_cards))


def decode_problems(block: bytes | memoryview) -> tuple[tuple[Problem, ...], int]:
    """Problems and the number of files without front matter from such a block. Raises ValueError."""
    stored = msgspec.msgpack.decode(block, type=_StoredProblems)
    return stored.problems, stored.not_cards
