"""Random configuration files and files of saved views: each is read, or refused in one clear line."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.force import Found, Watch
from tui.config.settings import SETTINGS, load_settings
from tui.config.views import read_views
from tui.errors import ConfigError

DEFAULT = 20_000
SLOW = 0.1
_PIECES = (
    *(spec.key for spec in SETTINGS),
    *"=[]{}\"'#,.\n\t \\-+_:",
    *(" = ", '"""', "'''", "[[a]]\n", "[views.a]\n", "query = ", "sort = ", 'theme = "paper"\n'),
    *("true", "inf", "nan", "1979-05-27T07:32:00Z", "0x", "1e999", "9" * 5000, '"\\u0000"', '"\\ud800"'),
    *("[" * 5000, "{a=" * 2000, "a." * 3000, "\ufeff", "\x00", "\r", "é", "\u202e", "\x1b[2J"),
)


def run(rounds: int, watch: Watch) -> Found:
    """What was raised, or said in more than a line; a round is the seed of a file."""
    faults: list[str] = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        for seed in range(rounds):
            file.write_bytes(_content(random.Random(seed)))
            for name, read in (("settings", _settings), ("views", read_views)):
                faults += [f"{name}, seed {seed}: {fault}" for fault in _faults(name, read, file, watch)]
    return Found(f"{rounds} files", faults)


def _faults(name: str, read: Callable[[Path], object], file: Path, watch: Watch) -> list[str]:
    try:
        with watch.measure(name, SLOW, str(file)):
            read(file)
    except ConfigError as error:
        return [] if len(str(error).splitlines()) == 1 else [f"said in several lines: {error!s:.200}"]
    except Exception as error:
        return [f"{type(error).__name__}: {error!s:.200}"]
    return []


def _content(chance: random.Random) -> bytes:
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(200))
    text = "".join(chance.choice(_PIECES) for _ in range(chance.choice((1, 3, 10, 40))))
    return text.encode("utf-8", "surrogatepass")


def _settings(file: Path) -> object:
    return load_settings(file, {}, required=True)
