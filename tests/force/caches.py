"""The program on damaged caches (flips, cuts, swapped pages): it says the same bytes as without one."""

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.cli.harness import newsdeck
from tests.force import Found, Watch
from tests.session.caches import CachedFolder
from tui.cache.header import PAGE
from tui.resources import sample_content_dir

DEFAULT = 260
SHORT = 12
_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list", "--json"),
    ("list", "-q", "cloud OR topic:ai", "--group", "--json"),
    ("list", "--coverage", "--format", "csv"),
    ("topics", "--json"),
    ("outlets", "--json"),
)


def run(rounds: int, watch: Watch) -> Found:
    """Where something else was said; a round is the seed of a damage."""
    with TemporaryDirectory() as home, patch.dict("os.environ", {"XDG_CACHE_HOME": str(Path(home, "cache"))}):
        root = Path(home, "cards")
        shutil.copytree(sample_content_dir(), root)
        wanted = {words: _said(words, root, "--no-cache") for words in _COMMANDS}
        cached = CachedFolder(root, Path(home, "cache", "newsdeck"))
        cached.write()
        whole = cached.path.read_bytes()
        faults = [] if _differing(wanted, root) == [] else ["the whole cache says something else"]
        for seed in range(rounds):
            cached.path.write_bytes(_damaged(whole, random.Random(seed)))
            with watch.measure("five commands", 60.0):
                faults += [f"seed {seed}: {words} differs" for words in _differing(wanted, root)]
    return Found(f"{rounds} damages, {len(_COMMANDS)} commands for each", faults)


def _differing(wanted: Mapping[tuple[str, ...], object], root: Path) -> list[str]:
    return [" ".join(words) for words, said in wanted.items() if _said(words, root) != said]


def _said(words: tuple[str, ...], root: Path, *options: str) -> object:
    command, *rest = words
    result = newsdeck(command, root, *rest, *options)
    return result.status, result.out, result.err


def _damaged(data: bytes, chance: random.Random) -> bytes:
    damage: Callable[[bytearray, random.Random], None] = chance.choice((_flip, _cut, _swap, _blank, _grow))
    changed = bytearray(data)
    damage(changed, chance)
    return bytes(changed)


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 5, 50))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(max(len(data) // PAGE, 1)) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def _blank(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    length = min(chance.choice((1, 64, PAGE)), len(data) - start)
    data[start : start + length] = bytes(length)


def _grow(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.choice((1, 64, PAGE)))
