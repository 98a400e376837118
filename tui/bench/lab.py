"""Starts what `newsdeck bench` measures: away from the reader's own settings, marks and caches, and off the network."""

import itertools
import json
import os
import subprocess  # noqa: TID251  what is measured is this program itself, as a reader would start it
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.bench.floors import EMPTY_APP
from tui.bench.terminal import COLUMNS, LINES, Terminal
from tui.cache.file import cache_path
from tui.errors import ProgramError

_LEFT_OUT = frozenset({"COLUMNS", "LINES", "TMUX", "NO_COLOR", "STY"})
# Without PYTHONDONTWRITEBYTECODE, above all, with which every start would compile every module anew.
_LEFT_OUT_PREFIXES = ("NEWSDECK_", "TEXTUAL", "XDG_", "PYTHON")
_FOLDERS = ("CONFIG", "STATE", "DATA", "CACHE")


class Probed(NamedTuple):
    """What a probe reported, the moment before its process was started, and the seconds until it had ended."""

    told: Mapping[str, float]
    started: float
    seconds: float


class Lab:
    """Runs programs in the empty folder `scratch` with what `environ` says of the machine, but nothing of its user."""

    def __init__(self, scratch: Path, environ: Mapping[str, str]) -> None:
        self._scratch = scratch
        self._homes = itertools.count()
        kept = {name: value for name, value in environ.items() if _is_kept(name)}
        home = str(Path(__file__).resolve().parents[2])
        modules = os.pathsep.join(filter(None, (home, environ.get("PYTHONPATH"))))
        self._environ = {
            **kept,
            "PYTHONPATH": modules,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "BROWSER": "true",
        }
        self._empty_app = scratch / "empty_app.py"
        self._empty_app.write_text(EMPTY_APP, encoding="utf-8")

    def folder(self, name: str) -> Path:
        """A new empty folder."""
        folder = self._scratch / f"{name}-{next(self._homes)}"
        folder.mkdir()
        return folder

    def probe(self, name: str, paths: Iterable[Path | bytes]) -> Probed:
        """Run a probe of `tui.bench.probe` to its end. Raises ProgramError if it fails."""
        command = [*_python("-m", "tui.bench.probe"), name, *(os.fsdecode(path) for path in paths)]
        environ = self.environment()
        started = time.monotonic()
        done = subprocess.run(  # noqa: S603  no shell, and the command is our own
            command, env=environ, cwd=self._scratch, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        seconds = time.monotonic() - started
        if done.returncode != 0:
            last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise ProgramError(f"the probe {name} ended with status {done.returncode}: {last}")
        return Probed(json.loads(done.stdout), started, seconds)

    def reader(self, root: Path, cache: Path | None = None) -> Terminal:
        """The reader on a folder, in a terminal; with an empty cache unless one is given. Raises ProgramError."""
        return self._terminal(_python("-m", "tui", "--no-config", str(root.absolute())), cache)

    def cache_file(self, cache: Path, root: Path) -> Path:
        """Where the reader keeps what it knows of a folder, if `cache` is its folder for such things."""
        return cache_path(cache / "newsdeck", root)

    def empty_app(self) -> Terminal:
        """The least Textual program, in a terminal. Raises ProgramError."""
        return self._terminal(_python(str(self._empty_app)), None)

    def environment(self, cache: Path | None = None) -> Mapping[str, str]:
        """The variables of a program that is run, with empty folders of its own for all that a reader keeps.

        Its folder of caches may be given as `cache`.
        """
        home = self.folder("home")
        folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in _FOLDERS}
        if cache is not None:
            folders["XDG_CACHE_HOME"] = str(cache)
        return {**self._environ, **folders, "HOME": str(home)}

    def _terminal(self, command: Sequence[str], cache: Path | None) -> Terminal:
        return Terminal(command, self.environment(cache), self._scratch)


def terminal_size() -> str:
    """The size of the terminals, as people write it."""
    return f"{COLUMNS}x{LINES}"


def _python(*arguments: str) -> list[str]:
    # With -P nothing is taken for a module that lies where the program was started.
    return [sys.executable, "-P", *arguments]


def _is_kept(name: str) -> bool:
    return name not in _LEFT_OUT and not name.startswith(_LEFT_OUT_PREFIXES)
