"""The only starter of other programs: browsers, editors and clipboard tools.

Whatever is started gets its arguments as a list and never through a shell, and a URL only after it passed
`tui.text.urls.check_url`, so that nothing in a card can become an option or a command.
"""

import itertools
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.errors import ProgramError
from tui.signals import passed_on, taken, watched_ends
from tui.terminal_modes import CLAIMED_SIZES
from tui.text.patterns import late
from tui.text.sanitize import clean_line
from tui.text.urls import check_url

COPY_LIMIT = 1024 * 1024
"""Characters that are handed to a clipboard tool at most."""

_COPY_SECONDS = 1.0
_EARLY_SECONDS = 10.0
_SHOWN_LIMIT = 80
_PLACEHOLDER = "%s"
# What desktop entries write for a link or a file; a browser that gets one as it is opens a page of that name.
_FOREIGN_PLACEHOLDER = late(r"%[uUfF]")
_SCRIPT_BYTES = 4096
_CONSOLE_BROWSERS = frozenset({"browsh", "carbonyl", "cha", "elinks", "links", "links2", "lynx", "w3m", "www-browser"})
# Options behind which shells, terminals and interpreters take a script: `sh -c`, `bash -lc`, `xterm -e`.
_SCRIPT_OPTION = late(r"-[a-z]{0,3}c|-e|--(?:command|eval|execute)")


class _Started(NamedTuple):
    name: str
    process: subprocess.Popen[bytes]
    since: float


class Programs:
    """Starts the reader's own programs.

    `environment` is what they are started with, but for `CLAIMED_SIZES`, and looked up by (`PATH`, `DISPLAY`, ...).
    `browser` is the configured command line, empty for `$BROWSER` or the system's own opener. `platform` is a
    `sys.platform`, `monotonic` a clock in seconds.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        browser: str = "",
        platform: str = sys.platform,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._environment = {name: value for name, value in environment.items() if name not in CLAIMED_SIZES}
        self._browser = browser.strip()
        self._platform = platform
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._started: list[_Started] = []
        self._failures: list[str] = []

    def open_url(self, url: str) -> str:
        """Start the reader's browser on `url`, detached and silent, and return its name without waiting for it.

        Raises UrlRefusedError for a URL that may not be opened, and ProgramError where no browser can be started or
        it is one that needs the terminal (see `console_browser`).
        """
        checked = check_url(url)
        command = self._browser_command(checked)
        name = os.path.basename(command[0])
        if _needs_terminal(command[0]):
            raise ProgramError(f"{clean_line(name)} shows pages in the terminal, which is in use.")
        self._reap()
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                close_fds=True,
                env=self._environment,
            )
        except OSError as error:
            raise _not_started(name, error) from error
        with self._lock:
            self._started.append(_Started(name, process, self._monotonic()))
        return name

    def console_browser(self, url: str) -> Sequence[str] | None:
        """The command that shows `url` in this terminal, if the reader's browser is one of that kind, else None.

        Raises UrlRefusedError for a URL that may not be opened, and ProgramError where there is no browser.
        """
        command = self._browser_command(check_url(url))
        return command if _needs_terminal(command[0]) else None

    def run_in_terminal(self, command: Sequence[str]) -> int:
        """Run a program that takes over the terminal, wait for its end and return its exit status.

        The caller has left the terminal to it before. Raises ProgramError if it cannot be started.
        """
        try:
            # Ctrl+C and ctrl+\ reach every program of the terminal; while another one has it, only that one should end.
            with (
                taken(signal.SIGINT, signal.SIGQUIT),
                watched_ends() as wait_for_end,
                passed_on(signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP) as pass_on_to,
                subprocess.Popen(command, env=self._environment) as child,
            ):
                pass_on_to(child)
                return wait_for_end(child)
        except OSError as error:
            raise _not_started(os.path.basename(command[0]), error) from error

    def edit_text(self, text: str) -> str:
        """Have the reader edit `text` with `$VISUAL`, else `$EDITOR`, and return what it became.

        The editor takes over the terminal, which the caller has left to it. Raises ProgramError if there is none, if
        it cannot be started or if it says that it failed.
        """
        command_line = self._environment.get("VISUAL") or self._environment.get("EDITOR") or ""
        try:
            command = shlex.split(command_line)
        except ValueError as error:
            raise ProgramError(f"$EDITOR cannot be understood: {error}.") from error
        if not command:
            raise ProgramError("No editor is known: set $EDITOR.")
        name = clean_line(os.path.basename(command[0]), _SHOWN_LIMIT)
        try:
            with tempfile.TemporaryDirectory(prefix="newsdeck-", ignore_cleanup_errors=True) as folder:
                file = Path(folder, "note.md")
                file.write_text(text, encoding="utf-8")
                self._run_to_its_end([*command, str(file)], name)
                return file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise ProgramError(
                f"The note could not be passed through {name} ({error.strerror or type(error).__name__}); "
                "the text stays as it was."
            ) from error

    def _run_to_its_end(self, command: Sequence[str], name: str) -> None:
        """Run an editor. Raises ProgramError if it says that it failed, or was ended."""
        if status := self.run_in_terminal(command):
            raise ProgramError(f"{name} {ended_with(status)}; the text stays as it was.")

    def poll(self) -> tuple[str, ...]:
        """One sentence for each program that failed soon after its start, reported once; never blocks.

        To be called now and then: it also clears away what has ended.
        """
        self._reap()
        with self._lock:
            failures = tuple(self._failures)
            self._failures.clear()
        return failures

    def copy_text(self, text: str) -> bool:
        """Put `text` on the clipboard with the first tool of the platform that works; whether one did.

        Waits a second at most for each. A text beyond `COPY_LIMIT` is not copied.
        """
        if len(text) > COPY_LIMIT:
            return False
        return any(self._copy_with(command, text) for command in self._copy_commands())

    def _browser_command(self, url: str) -> list[str]:
        if self._browser:
            return self._with_url(self._browser, url, "The setting browser")
        named = [entry for entry in self._environment.get("BROWSER", "").split(os.pathsep) if entry.strip()]
        for entry in named[:-1]:
            try:
                return self._with_url(entry, url, "$BROWSER")
            except ProgramError:
                continue
        if named:
            return self._with_url(named[-1], url, "$BROWSER")
        return [self._system_opener(), url]

    def _with_url(self, command_line: str, url: str, origin: str) -> list[str]:
        """The command with `url` where a lone %s stands, else at its end. Raises ProgramError if that is not safe."""
        shown = f"{origin} is “{clean_line(command_line, _SHOWN_LIMIT)}”"
        try:
            words = self._words(command_line)
        except ValueError as error:
            raise ProgramError(f"{shown}, with a quotation mark that is not closed.") from error
        if words and words[-1] == "&":  # what is started never holds us up anyway
            words.pop()
        if not words:
            raise ProgramError(f"{shown}, which names no program.")
        foreign = next((word for word in words[1:] if _FOREIGN_PLACEHOLDER().fullmatch(word)), None)
        if foreign is not None:
            raise ProgramError(f"{shown}, but {foreign} is none of its signs: write {_PLACEHOLDER} for the link.")
        if any(_PLACEHOLDER in word and word != _PLACEHOLDER for word in words) or words[0] == _PLACEHOLDER:
            raise ProgramError(f"{shown}, but {_PLACEHOLDER} may only stand as an argument of its own.")
        if _PLACEHOLDER not in words:
            words.append(_PLACEHOLDER)
        if _would_run_the_url(words):
            raise ProgramError(f"{shown}, which would run the link as a command.")
        program = self._find(words[0])
        if program is None:
            raise ProgramError(f"{shown}, but {clean_line(words[0], _SHOWN_LIMIT)} is not found.")
        return [program, *(url if word == _PLACEHOLDER else word for word in words[1:])]

    def _words(self, command_line: str) -> list[str]:
        """The words of a command line; one that is, whole, the path of a program is that program, blanks and all.

        A `~` at its beginning, or at that of its first word, is the reader's home. Raises ValueError.
        """
        whole = self._at_home(command_line.strip())
        if os.path.isabs(whole) and os.path.isfile(whole) and os.access(whole, os.X_OK):
            return [whole]
        words = shlex.split(command_line)
        return [self._at_home(words[0]), *words[1:]] if words else []

    def _at_home(self, path: str) -> str:
        home = self._environment.get("HOME", "")
        return home + path[1:] if home and (path == "~" or path.startswith("~/")) else path

    def _system_opener(self) -> str:
        for name in self._openers():
            program = self._find(name)
            if program is not None:
                return program
        if self._is_linux_without_display():
            problem = "There is no display to open a browser on"
        else:
            problem = "No browser was found"
        raise ProgramError(f"{problem}: name one in $BROWSER or in the setting browser.")

    def _openers(self) -> tuple[str, ...]:
        if self._platform == "darwin":
            return ("open",)
        if "TERMUX_VERSION" in self._environment:
            return ("termux-open-url",)
        # Without a display xdg-open falls back to a browser that would paint over our screen.
        openers = () if self._is_linux_without_display() else ("xdg-open",)
        return ("wslview", *openers) if "WSL_DISTRO_NAME" in self._environment else openers

    def _is_linux_without_display(self) -> bool:
        return self._platform != "darwin" and not self._has("WAYLAND_DISPLAY") and not self._has("DISPLAY")

    def _copy_commands(self) -> Iterator[list[str]]:
        candidates = (
            (self._has("WAYLAND_DISPLAY"), "wl-copy"),
            (self._has("DISPLAY"), "xclip -selection clipboard"),
            (self._has("DISPLAY"), "xsel --clipboard --input"),
            (self._platform == "darwin", "pbcopy"),
            (self._has("WSL_DISTRO_NAME"), "clip.exe"),
            (self._has("TERMUX_VERSION"), "termux-clipboard-set"),
        )
        for fits, command_line in candidates:
            name, *arguments = command_line.split()
            program = self._find(name) if fits else None
            if program is not None:
                yield [program, *arguments]

    def _copy_with(self, command: list[str], text: str) -> bool:
        # Windows reads bytes as text of an old code page, unless they are UTF-16.
        encoding = "utf-16-le" if command[0].endswith(".exe") else "utf-8"
        try:
            done = subprocess.run(
                command,
                input=text.encode(encoding, "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                timeout=_COPY_SECONDS,
                env=self._environment,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0

    def _reap(self) -> None:
        with self._lock:
            self._started = [started for started in self._started if self._still_runs(started)]

    def _still_runs(self, started: _Started) -> bool:
        status = started.process.poll()
        # Later on, a browser that ends has been used, and its status says nothing about the link.
        if status and self._monotonic() - started.since < _EARLY_SECONDS:
            self._failures.append(f"{clean_line(started.name)} ended at once with status {status}.")
        return status is None

    def _find(self, name: str) -> str | None:
        found = shutil.which(name, path=self._environment.get("PATH", os.defpath))
        return os.path.abspath(found) if found else None

    def _has(self, variable: str) -> bool:
        return bool(self._environment.get(variable))


def _would_run_the_url(words: Sequence[str]) -> bool:
    return any(
        word == _PLACEHOLDER and _SCRIPT_OPTION().fullmatch(before) is not None
        for before, word in itertools.pairwise(words)
    )


def _needs_terminal(program: str) -> bool:
    names = {os.path.basename(program), os.path.basename(os.path.realpath(program))}
    return not names.isdisjoint(_CONSOLE_BROWSERS) or _starts_console_browser(program)


def _starts_console_browser(program: str) -> bool:
    """Whether a program is a script one of whose lines begins with, or hands over to, a browser of the terminal."""
    try:
        with open(program, "rb") as file:
            script = file.read(_SCRIPT_BYTES)
    except OSError:
        return False
    if not script.startswith(b"#!"):
        return False
    lines = script.decode("utf-8", "replace").splitlines()[1:]
    words = (re.sub(r"^\s*(?:exec\s+)?", "", line).split(maxsplit=1)[:1] for line in lines)
    return any(os.path.basename(word.strip("\"'")) in _CONSOLE_BROWSERS for first in words for word in first)


def ended_with(status: int) -> str:
    """How a program ended, from its exit status as `subprocess` gives it: negative for the number of a signal."""
    names = {number.value: number.name for number in signal.Signals}
    return f"failed with status {status}" if status >= 0 else f"was ended by {names.get(-status, f'signal {-status}')}"


def failure_of(command: Sequence[str], status: int) -> str:
    """A sentence on a program that ended with this exit status; empty if all went well."""
    return f"{clean_line(os.path.basename(command[0]))} {ended_with(status)}." if status else ""


def _not_started(name: str, error: OSError) -> ProgramError:
    return ProgramError(f"{clean_line(name)} could not be started: {error.strerror or type(error).__name__}.")
