"""Where newsdeck keeps its own files, by the platform's customs. Nothing is made by asking."""

from pathlib import Path

import platformdirs

_APP = "newsdeck"


def config_dir() -> Path:
    """The folder of `config.toml`, hand-edited by the reader."""
    return platformdirs.user_config_path(_APP, appauthor=False)


def config_file() -> Path:
    """The configuration file that is read when no other is named."""
    return config_dir() / "config.toml"


def views_file() -> Path:
    """The file of saved views, which the reader writes and people edit."""
    return config_dir() / "views.toml"


def cache_dir() -> Path:
    """The folder of what can be made again: the caches of content folders."""
    return platformdirs.user_cache_path(_APP, appauthor=False)


def state_dir() -> Path:
    """The folder of what must not be lost: marks, and the log of the last crash."""
    return platformdirs.user_state_path(_APP, appauthor=False)
