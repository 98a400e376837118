"""What a content folder says about its topics and outlets, under `_data` beside the cards or above them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui.cards.fast.yaml import plain_mapping
from tui.cards.folder.files import find_content_root, read_file
from tui.cards.folder.folder_data import FolderData
from tui.cards.folder.scan import scan
from tui.cards.format.fields import Fields, Node
from tui.cards.format.front_matter import decode, split
from tui.cards.format.problems import CardError, CardSyntaxError, Warnings, refused
from tui.cards.format.story import outlet_of
from tui.model import Outlet, Problem, Topic
from tui.text.sanitize import TOPIC_LIMIT, clean_path

MAX_DATA_FILES: Final = 5000
"""Files of one `_data` folder that are read."""

_YAML_SUFFIXES: Final = (b".yaml", b".yml")
_TOPIC_SUFFIXES: Final = (b".md", *_YAML_SUFFIXES)
_OUTLET_SUFFIXES: Final = (b".md",)


def load_data(root: Path, content_roots: tuple[bytes, ...] | None = None) -> FolderData:
    """Reads `_data/topics` and `_data/organizations` of the nearest folder at or above `root`, and of others.

    The others are the `content_roots` below `root`; without them `root` is scanned for them. A topic or domain that
    comes twice stays as it came first. Raises FolderError as `scan` does, if it has to scan.
    """
    top = root.resolve()
    nearest = find_content_root(top if top.is_dir() else top.parent, "_data")
    below = scan(root).content_roots if content_roots is None else content_roots
    folders = dict.fromkeys((*([os.fsencode(nearest)] if nearest else []), *below))
    return _Data(os.fsencode(top)).read(tuple(folders))


def load_near_data(root: Path) -> FolderData:
    """The same of what lies at, above or directly below `root`: to look into all folders takes too long at first."""
    return load_data(root, _near_roots(root))


def _near_roots(root: Path) -> tuple[bytes, ...]:
    """The folders directly below `root` that have a `_data`."""
    try:
        with os.scandir(os.fsencode(root)) as entries:
            folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return ()
    data = (os.path.join(folder, b"_data") for folder in sorted(folders))
    return tuple(os.path.dirname(path) for path in data if os.path.isdir(path) and not os.path.islink(path))


class _Data:
    """Collects what the `_data` of one or more folders hold."""

    def __init__(self, top: bytes) -> None:
        self._top = top
        self._topics: dict[str, Topic] = {}
        self._outlets: dict[str, Outlet] = {}
        self._problems: list[Problem] = []

    def read(self, folders: tuple[bytes, ...]) -> FolderData:
        for folder in folders:
            for fields in self._entries(os.path.join(folder, b"_data", b"topics"), _TOPIC_SUFFIXES):
                topic = Topic(fields.text("name", TOPIC_LIMIT), fields.text("parent", TOPIC_LIMIT))
                if topic.name:
                    self._topics.setdefault(topic.name, topic)
            for fields in self._entries(os.path.join(folder, b"_data", b"organizations"), _OUTLET_SUFFIXES):
                outlet = outlet_of(fields)
                if outlet.domain:
                    self._outlets.setdefault(outlet.domain, outlet)
        return FolderData(tuple(self._topics.values()), self._outlets, tuple(self._problems))

    def _entries(self, folder: bytes, suffixes: tuple[bytes, ...]) -> Iterator[Fields]:
        for name in self._names(folder):
            if not name.lower().endswith(suffixes) or name.startswith(b"."):
                continue
            path = os.path.join(folder, name)
            warnings = Warnings(self._shown(path))
            try:
                mapping = _mapping(path)
            except CardError as error:
                self._problems.append(error.problem(self._shown(path)))
                continue
            if mapping is not None:
                yield Fields(mapping, warnings)
                self._problems.extend(warnings)

    def _names(self, folder: bytes) -> list[bytes]:
        """Names in a folder that is there and no link, in order."""
        try:
            if not stat.S_ISDIR(os.lstat(folder).st_mode):
                return []
            names = sorted(os.listdir(folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            self._problems.append(refused(error).problem(self._shown(folder)))
            return []
        return names[:MAX_DATA_FILES]

    def _shown(self, path: bytes) -> str:
        return clean_path(os.path.relpath(path, self._top))


def _mapping(path: bytes) -> dict[str, Node] | None:
    """The mapping in a YAML file or in the front matter of a Markdown file; None if that has none."""
    text = decode(read_file(path))
    first_line = 1
    if not path.lower().endswith(_YAML_SUFFIXES):
        parts = split(text)
        if parts is None:
            return None
        text, first_line = parts.front_matter, 2
    return plain_mapping(f"{text.rstrip()}\n") or _guarded(text, first_line)


def _guarded(text: str, first_line: int) -> dict[str, Node]:
    from tui.cards.format.yaml import build

    try:
        value = build(text, first_line).value
    except CardError:
        raise
    except Exception as error:
        raise CardSyntaxError("yaml-syntax", f"It could not be read ({type(error).__name__}).") from error
    if isinstance(value, dict):
        return value
    raise CardSyntaxError("not-a-mapping", "This file holds no keys and values; write “name: …”.", first_line, 1)
