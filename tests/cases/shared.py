"""The folders of faults met in the field that lie beside the checkout, copied to where a test may write."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import SHARED

CASES = SHARED / "cases"
TRIED = frozenset(
    {
        *("01-suspend-raises", "02-empty-json", "03-tabs-in-body", "05-wide-wrap-slow", "06-spacing-marks-width"),
        *("08-split-arrow-marks-all", "10-ctrl-z", "12-hidden-files", "13-clipper-and-blog-keys"),
        *("14-query-typo-prints-all", "15-ascii-leaks", "17-html-in-front-matter", "18-bare-links", "19-config-bom"),
        *("22-index-titles", "23-misleading-advice", "24-comma-topics", "26-folder-of-other-front-matter"),
        *("27-link-to-folder", "28-browser-path-with-blank", "30-length-words", "32-csv-header"),
    }
)
"""Every folder that a test opens."""

_PART = re.compile(r"^(run|seen|right[^:\n]*|kind|source|set up):", re.MULTILINE)


class Case:
    """A copy of a folder, without its description, and the value its description calls right."""

    def __init__(self, folder: Path, description: str) -> None:
        self.folder = folder
        self._description = description

    @property
    def right(self) -> str:
        """What is to come out, in the words of the description."""
        parts = _PART.split(self._description)[1:]
        return next(
            text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True) if name.startswith("right")
        )

    def quoted(self) -> list[str]:
        """What of it stands in quotation marks, with line feeds where they are written as `\\n`."""
        return [text.replace("\\n", "\n") for text in re.findall(r'"([^"]+)"', self.right)]

    def text(self, name: str) -> str:
        """The text of a file."""
        return (self.folder / name).read_text(encoding="utf-8")


def open_case(name: str, tmp_path: Path) -> Case:
    """The case with this name; the test is skipped where it is missing."""
    assert name in TRIED
    if not (CASES / name).is_dir():
        pytest.skip(f"the case {name} is not beside this checkout")
    folder = tmp_path / "case"
    shutil.copytree(CASES / name, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    description = folder / "CASE.txt"
    text = description.read_text(encoding="utf-8")
    description.unlink()
    return Case(folder, text)
