"""A short round of each long run; `make force` does them in full."""

import importlib

import pytest

from tests.force.__main__ import names

ROUNDS = {"marks": 2}
_ELSE = 150


@pytest.mark.parametrize("name", names())
def test_a_short_run_finds_nothing(name: str) -> None:
    assert importlib.import_module(f"tests.force.{name}").run(ROUNDS.get(name, _ELSE)) == []
