"""Where the things lie that belong to all cards of a site: beside the cards, or in a folder above them."""

import os
import stat
from pathlib import Path


def find_content_root(folder: Path, holding: str) -> Path | None:
    """The nearest of `folder` and the folders above it that has a folder (not a link) named `holding`."""
    for candidate in (folder, *folder.parents):
        try:
            mode = os.lstat(candidate / holding).st_mode
        except (OSError, ValueError):
            continue
        if stat.S_ISDIR(mode):
            return candidate
    return None
