"""Finds the data that ships with newsdeck: style sheets, themes and the demo cards.

In an installed package they lie inside the package; in a checkout they lie beside it.
"""

from pathlib import Path

from tui.errors import NewsdeckError


def styles_dir() -> Path:
    """The folder of the style sheets; `themes/` is below it. Raises NewsdeckError if it is missing."""
    return _data_dir("styles")


def sample_content_dir() -> Path:
    """The folder of the demo cards. Raises NewsdeckError if it is missing."""
    return _data_dir("sample_content")


def _data_dir(name: str) -> Path:
    package = Path(__file__).parent
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise NewsdeckError(f"The folder {name} is missing beside {package}. Install newsdeck again.")
