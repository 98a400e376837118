"""The cache's own readers on bytes of no sense under checksums that are right."""

import random

from tests.deck.stored.scribbled import read_all, scribbled
from tests.deck.stored.test_scribbled import BLOCKS

DEFAULT = 20_000


def run(rounds: int) -> list[str]:
    """What a round raised, or kept to itself; a round is the seed of what is scribbled."""
    faults = []
    for seed in range(rounds):
        try:
            if not read_all(scribbled(BLOCKS, random.Random(seed))):
                faults.append(f"seed {seed}: the damage was not reported")
        except Exception as error:
            faults.append(f"seed {seed}: {type(error).__name__}: {error}")
    return faults
