"""The log of the last crash: where it is, and that it is nobody else's to read."""

import traceback
from pathlib import Path

from tui.private_files import replace_file
from tui.text.sanitize import clean_line

_LINE_LIMIT = 2000


def write_crash_log(error: BaseException, folder: Path) -> Path | None:
    """Write the cleaned traceback of `error`, without values, to `crash.log` in `folder`; None if that fails.

    A folder that is made is for its owner only (0700), and so is the file (0600). A log of an earlier crash is
    replaced, never written through.
    """
    file = folder / "crash.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, "".join(f"{line}\n" for line in _traceback_lines(error)))
    except OSError:
        return None
    return file


def crash_sentence(error: BaseException, folder: Path) -> str:
    """One sentence about an unforeseen `error`, saying where its log was written."""
    log = write_crash_log(error, folder)
    where = f"; the details are in {log}" if log else "; the details could not be written down"
    return f"an unforeseen error ended this run: {type(error).__name__}{where}."


def _traceback_lines(error: BaseException) -> list[str]:
    lines = []
    for text in traceback.format_exception(error):
        for line in text.splitlines():
            words = line.lstrip(" ")
            lines.append(line[: len(line) - len(words)] + clean_line(words, _LINE_LIMIT))
    return lines
