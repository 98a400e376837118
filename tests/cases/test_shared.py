"""No case that lies beside the checkout is forgotten."""

import pytest

from tests.cases.shared import CASES, TRIED


def test_every_case_has_its_test() -> None:
    if not CASES.is_dir():
        pytest.skip("the cases are not beside this checkout")
    assert {path.name for path in CASES.iterdir() if path.is_dir()} <= TRIED
