"""The cache's own readers on bytes of no sense under checksums that are right."""

import random

from tests.deck.stored.scribbled import read_all, scribbled
from tests.deck.stored.test_scribbled import BLOCKS
from tests.force import Found, Watch

DEFAULT = 20_000


def run(rounds: int, watch: Watch) -> Found:
    """What a round raised, or kept to itself; a round is the seed of what is scribbled."""
    faults = []
    for seed in range(rounds):
        try:
            with watch.measure("read", 1.0, f"seed {seed}"):
                told = read_all(scribbled(BLOCKS, random.Random(seed)))
            if not told:
                faults.append(f"seed {seed}: the damage was not reported")
        except Exception as error:
            faults.append(f"seed {seed}: {type(error).__name__}: {error}")
    return Found(f"{rounds} damages", faults)
