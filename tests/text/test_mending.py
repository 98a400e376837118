"""Bodies whose Markdown other makers read otherwise: links, formulas and marks look as their writer meant them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.html import body_blocks


def shown(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in body_blocks(source, "markdown").blocks]


def links(source: str) -> tuple[str, ...]:
    return body_blocks(source, "markdown").links


def texts(source: str) -> list[str]:
    return [text for _, text in shown(source)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See [the pier][topic pier].", "See the pier."),
        ("See [the\npier][topic\npier] and [boats][].", "See the pier and boats."),
        ("関する[描述符][topic descriptors]钱包", "関する描述符钱包"),
        ("Take `a[i][j]` and rows[i][j].", "Take a[i][j] and rows[i][j]."),
        ("Of [1][2] boats", "Of [1][2] boats"),
    ],
)
def test_a_link_whose_target_stands_in_no_file_is_its_words(source: str, text: str) -> None:
    assert texts(source) == [text]


def test_a_link_whose_target_stands_in_the_file_leads_there() -> None:
    source = "See [the pier][Topic  pier] and [tides].\n\n[topic pier]: https://pier.example/a\n[tides]: https://pier.example/b\n"
    assert texts(source) == ["See the pier [1] and tides [2]."]
    assert links(source) == ("https://pier.example/a", "https://pier.example/b")


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "[\n\nPier guide pier.example\n\n](https://pier.example/a)[\n\nTides\n\n](https://pier.example/b)",
            ["Pier guide pier.example [1]", "Tides [2]"],
        ),
        ("- [\n\t### Tides\n\tOf May\n\t](https://pier.example/a)", ["Tides [1]", "Of May"]),
        ("[\n![A chart](a.png)\n](https://pier.example/a)", ["A chart [1]"]),
        ("Read on[\n\n![](a.png)\n\n**Tides**\n](https://pier.example/a)", ["Read on", "Tides [1]"]),
        ("[ \n](https://pier.example/a)", ["pier.example [1]"]),
    ],
)
def test_a_link_around_several_lines_is_one_around_the_first_with_words(source: str, blocks: list[str]) -> None:
    assert texts(source) == blocks


@pytest.mark.parametrize(
    ("source", "text", "targets"),
    [
        ("See [our post] (https://pier.example/a).", "See our post [1].", ("https://pier.example/a",)),
        ("See [us](https://pier.example/a b.pdf).", "See us [1].", ("https://pier.example/a%20b.pdf",)),
        ("[Write](mailto:a@pier.example?subject=Why So) to us", "Write to us", ()),
        ("![a chart](../img/the chart.png)", "[image: a chart]", ()),
        (
            "([[#4](https://pier.example/4)](https://pier.example/4))",
            "(#4 [1])",
            ("https://pier.example/4",),
        ),
        ("A list [2] (see below)", "A list [2] (see below)", ()),
        ('[a](https://pier.example/a "b c")', "a [1]", ("https://pier.example/a",)),
    ],
)
def test_links_that_are_written_with_blanks_are_links(source: str, text: str, targets: tuple[str, ...]) -> None:
    assert texts(source) == [text]
    assert links(source) == targets


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "Thus\n\n$$x_i * y_j = \\\\ {a}_{b}*$$\n\nholds.",
            [("paragraph", "Thus"), ("code", "x_i * y_j = \\\\ {a}_{b}*"), ("paragraph", "holds.")],
        ),
        (
            "$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$",
            [("code", "\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}")],
        ),
        ("- With\n  $$a_1 = b_1$$", [("item", "With"), ("code", "a_1 = b_1")]),
        ("Let $x_{i}$ and $*y_j*$ be.", [("paragraph", "Let x_{i} and *y_j* be.")]),
        ("Let $x$ be, and $$", [("paragraph", "Let $x$ be, and $$")]),
        ("Let $x$ be $x_i$, and `$y$`.", [("paragraph", "Let x be x_i, and $y$.")]),
        ("So $$a_i = b_i$$ holds.", [("paragraph", "So a_i = b_i holds.")]),
        ("> $$a_i = b_i$$", [("quote", "a_i = b_i")]),
    ],
)
def test_a_formula_stays_as_it_is_written(source: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(source) == blocks


@pytest.mark.parametrize(
    "source",
    [
        "It costs $5 or $6 = cheap.",
        "From $1_000 to $2_000 a day.",
        "Say $$ and $$$ and no more.",
        "The $$typeof value and the $$typeof field.",
        "Set $HOME/a_b:$PATH now.",
    ],
)
def test_amounts_and_names_with_dollars_are_no_formulas(source: str) -> None:
    assert shown(source) == [("paragraph", source)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("==The tide== turns.", "The tide turns."),
        ("A ==late tide== turns.", "A late tide turns."),
        ("Take tide==1.0 or moon==2.0.", "Take tide==1.0 or moon==2.0."),
        ("Is a == b and c == d?", "Is a == b and c == d?"),
        ("The tide turns. ^cfd6c7", "The tide turns."),
        ("See ![[Tides of May#^cfd6c7]].", "See Tides of May."),
        ("Two to the ^n", "Two to the ^n"),
    ],
)
def test_what_a_note_taker_marks_looks_marked_or_goes(source: str, text: str) -> None:
    assert texts(source) == [text]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "- A tide\n  id:: 5fc3be83-7f22\n  card-repeats:: 4\n  is a wave\n\t- of water",
            ["A tide is a wave", "of water"],
        ),
        ("- id:: 6071c223\n  #+BEGIN_NOTE\n  Beware\n  #+END_NOTE", ["Beware"]),
        ("- collapsed:: true\n\t- Under it", ["Under it"]),
        ("- {{cloze the moon}} and {{embed [[Tides]]}} {{query (todo)}}", ["the moon and Tides"]),
        ("- {{video https://pier.example/v}}", ["https://pier.example/v [1]"]),
        ("- Done ((6071c223-b0ed-4235-80b2-f5e44d3679b9))\n  :LOGBOOK:\n  CLOCK: [2021]\n  :END:", ["Done"]),
        ("A crate std::id:: stays.", ["A crate std::id:: stays."]),
    ],
)
def test_what_an_outline_notes_of_its_lines_is_not_shown(source: str, blocks: list[str]) -> None:
    assert texts(source) == blocks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**🤖 **Boats sail****: again", "🤖 Boats sail: again"),
        ("****Boats** sail, **twice**", "Boats sail, twice"),
        ("- **<!--x-->****Boats:** sail", "Boats: sail"),
        ("So: ****Boats** sail, all of them.** We wait.", "So: Boats sail, all of them. We wait."),
        ("2****3 and a ****", "2****3 and a ****"),
        ("- ****Boats sail:**** again", "Boats sail: again"),
        ("- \u200b**\u200b<!--x-->\u200b**Boats sail", "Boats sail"),
    ],
)
def test_many_stars_beside_a_word_mean_bold(source: str, text: str) -> None:
    assert texts(source) == [text]


def test_lines_of_a_table_in_tags_are_no_code() -> None:
    cells = "<td>\n\n    **c**\n\n    </td>\n\n    <td>\n    d\n    </td>"
    source = f"<table>\n\n  <tr>\n    <th>a</th><th>b</th>\n  </tr>\n\n  <tr>\n    {cells}\n  </tr>\n</table>"
    assert [(kind, text.replace("\n", "")) for kind, text in shown(source)] == [("row", "a | b"), ("row", "c | d")]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="[]()!$=*^:#-{}\\_ \n\tab/<>\"'h", max_size=200))
def test_any_text_is_shown(source: str) -> None:
    body_blocks(source, "markdown")


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "[a\n](https://a.b)",
        "$",
        "$$",
        "$a_",
        "==",
        "==a",
        "**** a",
        "[a][",
        "[a][b]",
        "((",
        "{{embed ",
        "id:: \n",
        "- id:: a\n",
        "]\n](https://a.b)",
    ],
)
def test_many_signs_cost_little(piece: str) -> None:
    source = piece * (60_000 // len(piece))
    before = time.process_time()
    body_blocks(source, "markdown")
    assert time.process_time() - before < 3
