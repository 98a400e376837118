"""Folders of cards that change while the real program shows them, with the cache file and the processes of that."""

import os
import sys
from pathlib import Path

from tests.ui.cards import write_story
from tui.cache.file import Cache, cache_path, open_cache
from tui.paths import cache_dir

WORDS = (
    "harbour", "glacier", "orchestra", "tomatoes", "parliament", "telescope", "bakery", "volcano", "railway", "library",
    "pharmacy", "stadium",
)  # fmt: skip


def headline(number: int) -> str:
    """The headline of a card, which no other card shares a word with."""
    return f"{WORDS[number].title()} number{number}"


class Cards:
    """A folder of twelve cards, the newest first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for number in range(len(WORDS)):
            self.write(number)

    def write(self, number: int, name: str = "", **fields: object) -> None:
        """Write a card, as it was or with other fields, under its own name or another."""
        told = {"title": headline(number), "publishedDateTime": f"2021-08-{28 - number:02}T10:00:00Z", **fields}
        write_story(self.root, name or f"{number:02}.md", **told)

    def file(self, number: int) -> Path:
        """The file of a card."""
        return self.root / f"{number:02}.md"

    @property
    def cache_file(self) -> Path:
        """Where the cache file of the folder is, or will be."""
        return cache_path(cache_dir(), self.root)

    def cache(self) -> Cache | None:
        """The cache file, if there is one that can be used."""
        return open_cache(self.cache_file, self.root)

    def is_stored(self) -> bool:
        """Whether there is a cache file."""
        return self.cache() is not None


def processes_of(root: Path) -> set[int]:
    """The numbers of all processes of newsdeck that were told of the folder."""
    wanted, program = os.fsencode(root), os.fsencode(sys.executable)
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0] == program and wanted in words:
            found.add(int(process.name))
    return found


def children_of(number: int) -> set[int]:
    """The numbers of the processes that this one started, and of those that they started."""
    children = set()
    for thread in Path(f"/proc/{number}/task").glob("*"):
        try:
            children |= {int(child) for child in (thread / "children").read_text().split()}
        except OSError:
            continue
    return children.union(*(children_of(child) for child in children))
