"""The body of a card in `newsdeck show`."""

import pytest

from tui.cli.bodies import body_text
from tui.text.html import body_blocks

QUAYS = "| Quay | Ships |\n| --- | ---: |\n| North | 12 |\n"
PORTS = "| Port of call | Since |\n| --- | --- |\n| A harbour with a long name | 1900 |\n"
QUAYS_SHOWN = ["", "Quay    Ships", "-----   -----", "North      12"]
PORTS_SHOWN = [
    "",
    "Port of call                 Since",
    "--------------------------   -----",
    "A harbour with a long name   1900",
]


@pytest.mark.parametrize("between", ["\n", "\n<!-- nothing is shown of this -->\n\n"])
def test_tables_behind_each_other_are_each_as_wide_as_they_need(between: str) -> None:
    body = body_blocks(f"{QUAYS}{between}{PORTS}", "md")
    assert list(body_text(body, 1, 80)) == [*QUAYS_SHOWN, *PORTS_SHOWN]


def test_a_table_stands_apart_from_the_words_around_it() -> None:
    body = body_blocks(f"Ships:\n\n{QUAYS}\nThat is all.\n", "md")
    assert list(body_text(body, 1, 80)) == ["", "Ships:", *QUAYS_SHOWN, "", "That is all."]
