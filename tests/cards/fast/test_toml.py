"""Plain heads in TOML go the fast way, and say what a parser of TOML says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import assert_same
from tui.cards.fast.reader import FastReader
from tui.cards.fast.toml import MOST_DOTS, cut_lines, toml_tree
from tui.cards.format.dialects.heads import read_other_head
from tui.cards.format.problems import CardSyntaxError

FORMS = (
    'title = "A quay opens"\n',
    "title = 'A \"quay\" opens'\n",
    'title = "A \\"quay\\" \\u00e9"\nurl = "https://a.example/b"\n',
    "date = 2026-01-05\n",
    "date = 2026-01-05T10:00:00+02:00\n",
    "date = 2026-01-05 10:00:00Z\n",
    "tags = [\"a\", 'b']\n",
    'aliases = [\n    "2026/01/05/a.html",\n    "b",\n]\n',
    "# why\n\ndraft = false\nweight = -3\n",
    '[extra]\nlink_to = "https://a.example/c"\nrelease = true\n',
    '[taxonomies]\ntags = ["x"]\n[extra]\nlink = "https://a.example/d"\n',
    "tags = []\n",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_usual_forms_go_the_fast_way(form: str, ends: str) -> None:
    card = f'+++\npath = "2026/01/05/x"\n{form}+++\n# A heading\n\nA body.\n'.replace("\n", ends)
    assert assert_same(FastReader(), card.encode())


VALUES = st.sampled_from(
    [
        *('"a"', "'b'", '"c\\td"', '"\\u0041"', '"\\ud800"', '"\\/"', '"""e"""', "'''f'''", '"g', "h", '""', "''"),
        *("0", "-0", "+1", "01", "1_000", "0x1F", "1.5", "1e5", "inf", "12345678901234567890", "true", "True"),
        *("2026-01-05", "2026-13-05", "2026-01-05T24:00:00", "2026-01-05T10:00:00", "2026-01-05 10:00:00.5Z"),
        *("10:00:00", "2026-01-05T10:00:00-24:00", "2026-01-05 # then", "0000-01-01", "2026-1-5", '"é"', '"\u2028"'),
        *(
            "[]",
            "[,]",
            '["a",]',
            '["a" "b"]',
            "['a',\n\n 'b']",
            '["a", 1]',
            '[["a"]]',
            '["a" # why\n]',
            "{}",
            "{a = 1}",
        ),
    ]
)
KEYS = st.sampled_from(["title", "date", "tags", "url", "extra", "draft", "a.b", '"c d"', "é", "x-1", "2", "path"])
LINES = st.one_of(
    st.builds("{}{}{}\n".format, KEYS, st.sampled_from([" = ", "=", "  =  ", " ", ": ", " =\n"]), VALUES),
    st.sampled_from(
        [
            *("[extra]\n", "[params]\n", "[ extra ]\n", "[extra.a]\n", "[[extra]]\n", "[extra] # why\n", "# a\n", "\n"),
            *("#\x07\n", "#\tb\n", "  \n", "[title]\n", "+++\n", "++++\n", " +++\n", "+++ \n", "-\n", "x = 1 y = 2\n"),
        ]
    ),
)


@given(st.lists(LINES, max_size=5))
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_any_lines(lines: list[str]) -> None:
    assert_same(FastReader(), "".join(["+++\n", *lines, "+++\nbody\n"]).encode("utf-8", "replace"))


@given(st.lists(LINES, max_size=4))
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_taken_is_the_tree_of_toml(lines: list[str]) -> None:
    text = "".join(lines)
    taken = None if text.count(".") > MOST_DOTS else toml_tree(cut_lines(text))
    if taken is None or "+++" in text:
        return
    try:
        head = read_other_head(f"+++\n{text}+++\n")
    except CardSyntaxError as error:
        raise AssertionError(text) from error
    assert head is not None
    assert taken == head.document.value


@pytest.mark.parametrize("path", [".".join("a" * 70), "b.c", ". . ."])
def test_a_text_full_of_dots_is_read_as_the_guarded_way_reads_it(path: str) -> None:
    assert_same(FastReader(), f'+++\ntitle = "{path}"\n+++\n'.encode())
