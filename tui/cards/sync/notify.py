"""Hears from the operating system what happens in a folder, where it can say so."""

import os
import stat
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final, Protocol

from tui.cards.folder.files import find_content_root
from tui.cards.folder.scan import MAX_DEPTH, never_holds_cards

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

MAX_FOLDERS: Final = 20_000
"""Folders that are listened to; a system lets a user listen to so many only."""
POLLING_VARIABLE: Final = "WATCHFILES_FORCE_POLLING"
"""The environment variable that asks watchfiles not to rely on the system."""

AT_REST: Final = 1.0
"""Seconds to wait for something to be touched while nothing else is to be done."""
SHORT: Final = 0.025
"""Seconds to wait while something is to be done soon."""

_STEP_MS: Final = 25
_STEP_AT_REST_MS: Final = 300
_GROUP_MS: Final = 100
_MOUNTS: Final = Path("/proc/self/mountinfo")
_SILENT_FILE_SYSTEMS: Final = frozenset(
    [
        "9p",
        "afs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "drvfs",
        "glusterfs",
        "lustre",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
    ]
)


class NotifierLostError(Exception):
    """A notifier ended and may have missed something: a new one has to be opened, and everything compared."""


class Notifier(Protocol):
    """Says what was touched; what happened to it has to be looked up.

    One that does not hear (`hears` is false) never says anything: everything has to be compared now and then.
    """

    hears: bool

    def wait(self, seconds: float, asked: Event) -> frozenset[bytes]:
        """Absolute paths touched since the last call; waits so long for some, or until `asked` is set.

        Looks up rarely while it waits long, which costs a rest its processor. Raises NotifierLostError.
        """
        ...

    def misses(self, folders: Iterable[bytes]) -> bool:
        """Whether something may happen in one of these folders without its hearing of it, though it hears."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


def open_notifier(root: Path, known: Sequence[bytes] = ()) -> Notifier:
    """A notifier for a folder, or the folder of a card file, and for the `_data` above; one that hears, if possible.

    It hears what happens in the folders that are there when it is opened, and that others are made in those. If the
    absolute paths of those are `known`, they need not be searched for.
    """
    if os.environ.get(POLLING_VARIABLE, "").lower() not in ("", "false", "disable", "disabled"):
        return PollingOnly()
    try:
        top = root.resolve(strict=True)
        folder = top if top.is_dir() else top.parent
        if is_silent(os.stat(folder).st_dev, _mounts()):
            return PollingOnly()
        if known:
            return _notifier([path for path in known if stat.S_ISDIR(_mode(path))])
        folders = _folders_of(os.fsencode(folder)) if folder == top else [os.fsencode(folder)]
        data_root = find_content_root(folder, "_data")
        if data_root and (folder != top or data_root != folder):
            folders += _folders_of(os.fsencode(data_root / "_data"))
        return _notifier(folders)
    except (OSError, RuntimeError, ValueError):
        return PollingOnly()


def is_silent(device: int, mounts: str) -> bool:
    """Whether others write to a file system without the kernel hearing of it: network ones, and all of FUSE.

    `device` is its number as stat gives it, `mounts` the text of /proc/self/mountinfo (see proc(5)).
    """
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        mount, _, file_system = line.partition(" - ")
        if mount.split()[2:3] == [number]:
            kind = file_system.partition(" ")[0]
            return kind in _SILENT_FILE_SYSTEMS or kind.startswith("fuse")
    return False


class PollingOnly:
    """Hears nothing."""

    hears = False

    def wait(self, seconds: float, asked: Event) -> frozenset[bytes]:
        """Nothing, after a while."""
        asked.wait(seconds)
        return frozenset()

    def misses(self, folders: Iterable[bytes]) -> bool:
        """It does not hear, so there is nothing that it should."""
        return False

    def close(self) -> None:
        """Nothing is to be closed."""


class SystemNotifier:
    """Listens to folders with watchfiles (https://watchfiles.helpmanual.io): inotify, FSEvents or kqueue.

    Each folder is named, for on Linux watchfiles would otherwise follow links out of them. Raises OSError or
    RuntimeError where the system does not take them all, and UnicodeEncodeError for names that are not UTF-8.
    """

    hears = True

    def __init__(self, folders: list[bytes]) -> None:
        names = [folder.decode() for folder in folders]
        self._folders = frozenset(folders)
        self._notify = _listener()(names, False, False, 0, False, False)

    def wait(self, seconds: float, asked: Event) -> frozenset[bytes]:
        """What `Notifier.wait` says."""
        step = _STEP_MS if seconds < AT_REST else _STEP_AT_REST_MS
        longest = max(round(seconds * 1000), step)  # 0 would be for ever
        try:
            changes = self._notify.watch(_GROUP_MS, step, longest, asked)
        except RuntimeError as error:
            raise NotifierLostError(str(error)) from error
        if isinstance(changes, str):
            return frozenset()
        return frozenset(os.fsencode(path) for _, path in changes)

    def misses(self, folders: Iterable[bytes]) -> bool:
        """What `Notifier.misses` says."""
        return not self._folders.issuperset(folders)

    def close(self) -> None:
        """Stop listening."""
        self._notify.close()


def _listener() -> type["RustNotify"]:
    """The part of watchfiles that listens, without the rest, which takes four times as long to load."""
    name = "watchfiles._rust_notify"
    if name not in sys.modules and (package := PathFinder.find_spec("watchfiles")):
        spec = PathFinder.find_spec(name, package.submodule_search_locations)
        if spec is not None and spec.loader is not None:
            # Two copies of it cannot be loaded, so whoever imports it later has to find this one.
            sys.modules[name] = module_from_spec(spec)
            spec.loader.exec_module(sys.modules[name])
    if name in sys.modules:
        listener: type[RustNotify] = sys.modules[name].RustNotify
        return listener
    from watchfiles._rust_notify import RustNotify as Listener

    return Listener


def _notifier(folders: list[bytes]) -> Notifier:
    return SystemNotifier(folders) if len(folders) <= MAX_FOLDERS else PollingOnly()


def _mode(path: bytes) -> int:
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _mounts() -> str:
    return _MOUNTS.read_text(errors="replace") if _MOUNTS.exists() else ""


def _folders_of(top: bytes) -> list[bytes]:
    """A folder and those in it that may come to hold cards, topics or outlets; links are not followed."""
    folders: list[bytes] = []
    waiting = [(top, 0)]
    while waiting and len(folders) <= MAX_FOLDERS:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                inside = [
                    entry.path
                    for entry in listing
                    if entry.is_dir(follow_symlinks=False) and not never_holds_cards(entry.name)
                ]
        except OSError:
            continue
        folders.append(folder)
        if depth < MAX_DEPTH:
            waiting += ((path, depth + 1) for path in inside)
    return folders
