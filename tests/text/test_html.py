"""Bodies: what a reader gets to see of HTML and Markdown, and what never harms."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.text.blocks import BLOCK_LIMIT, Block, Body
from tui.text.html import MARKDOWN_LIMIT, MARKDOWN_LINE_LIMIT, body_blocks
from tui.text.sanitize import BODY_LIMIT
from tui.text.urls import check_url

CARDS = Path(__file__).resolve().parents[2].parent / "shared" / "cards"
FRAGMENTS = (
    *("<p>", "</p>", "<div>", "</div>", "<ul>", "<ol>", "<li>", "</ul>", "<pre>", "</pre>", "<b>", "</b>", "<h2>"),
    *("<table><tr><td>", "<td>", "</table>", "<br>", "<hr>", "<blockquote>", "</a>", "<img alt='x'>", "<script>"),
    *("<a href='https://example.com/1'>", "<a href=javascript:x>", "<a href=//b.com>", "<!--", "-->", "<![CDATA["),
    *("&#27;", "&#x9b;", "&#x202e;", "&nbsp;", "&zwnj;", "\x1b[31m", "\u202e", "e\u0301\u0301", "\ud800", "\t", "\n"),
    *("<th>", "<tr>", "<i>", "</i>", "*", "`", "~~", "\ue001", "\ue011"),
    *("# ", "- ", "1. ", "> ", "```\n", "**", "[t](https://example.com/2)", "![i](j)", "|a|b|\n|-|-|\n", "\n\n", "x y"),
    *("<iframe src=https://c.com>", "<p hidden>", "<svg>", "</svg>", "<template>", "<", "</", "&", "\\", "`"),
)
SOURCES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=40).map("".join)


def texts(source: str, body_format: str = "html") -> list[str]:
    return [block.text for block in body_blocks(source, body_format).blocks]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("<p>One</p><p>Two<br>lines</p>", [Block("paragraph", "One"), Block("paragraph", "Two\nlines")]),
        ("just\n   text", [Block("paragraph", "just text")]),
        ("a<br><br>b", [Block("paragraph", "a"), Block("paragraph", "b")]),
        ("<h2>Head <i>line</i></h2>text", [Block("heading", "Head line", 2), Block("paragraph", "text")]),
        (
            "<ul><li>a<ul><li>b</ul><li>c</ul>d",
            [
                Block("item", "a", 1, "•"),
                Block("item", "b", 2, "•"),
                Block("item", "c", 1, "•"),
                Block("paragraph", "d"),
            ],
        ),
        (
            "<ol start=3><li>a<p>more</p></li><li>b</ol>",
            [Block("item", "a", 1, "3."), Block("item", "more", 1), Block("item", "b", 1, "4.")],
        ),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>c",
            [Block("quote", "a", 1), Block("quote", "b", 2), Block("paragraph", "c")],
        ),
        ("<pre>\n  if x:\n\ty\n</pre>", [Block("code", "  if x:\n    y")]),
        ("a<hr><hr>b<hr>", [Block("paragraph", "a"), Block("rule"), Block("paragraph", "b")]),
        ("<p><b>News of the day</b></p>", [Block("heading", "News of the day", 4)]),
        (
            "<p><strong>A headline of some length</strong> and its text</p>",
            [Block("heading", "A headline of some length", 4), Block("paragraph", "and its text")],
        ),
        ("<p><b>Note</b> this</p>", [Block("paragraph", "Note this")]),
    ],
)
def test_html_reads_as(source: str, blocks: list[Block]) -> None:
    assert unstyled(source, "html") == blocks


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("# Title\n\ntext *with* `code`", [Block("heading", "Title", 1), Block("paragraph", "text with code")]),
        ("- a\n- b\n  - c", [Block("item", "a", 1, "•"), Block("item", "b", 1, "•"), Block("item", "c", 2, "•")]),
        ("> quoted", [Block("quote", "quoted", 1)]),
        ("```py\n  x = '<b>'\n```", [Block("code", "  x = '<b>'")]),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            [
                Block("row", "a | b", 1, cells=((0, 1), (4, 5)), aligns="lr"),
                Block("row", "1 | 2", 0, cells=((0, 1), (4, 5)), aligns="lr"),
            ],
        ),
        ("<p>one</p>\n\n        <p>two</p>", [Block("paragraph", "one"), Block("paragraph", "two")]),
        ("one  \ntwo", [Block("paragraph", "one\ntwo")]),
        ("**Bold words of some length** and others", [Block("paragraph", "Bold words of some length and others")]),
        ("**Nothing but bold**", [Block("heading", "Nothing but bold", 4)]),
    ],
)
def test_markdown_reads_as(source: str, blocks: list[Block]) -> None:
    assert unstyled(source, "markdown") == blocks


@pytest.mark.parametrize(
    ("source", "styled"),
    [
        ("It *is* **so**.", [("italic", "is"), ("bold", "so")]),
        ("** no ** and * none*", []),
        ("So **bold *and slanted***", [("bold", "bold and slanted"), ("italic", "and slanted")]),
        ("`code` and ~~gone~~", [("code", "code"), ("strike", "gone")]),
        ("<b> room </b>around", [("bold", "room")]),
        ("<i>left open\n\nand on", [("italic", "left open"), ("italic", "and on")]),
        ("<em>a<em>b</em>c</em>d", [("italic", "abc")]),
        ("[**bold** link](https://a.example)", [("bold", "bold"), ("link", "bold link")]),
        ("| *a* | b |\n|-|-|\n| c | **d** |", [("italic", "a"), ("bold", "d")]),
        ("> quoted *words*", [("italic", "words")]),
        ("\ue001not\ue011 a\ue000 run\ue002", []),
        ("**a\u0301\u0301\u0301**\u0301\u0301\u0301 b", []),
    ],
)
def test_parts_of_a_text_look_as_they_are_marked(source: str, styled: list[tuple[str, str]]) -> None:
    body = body_blocks(source, "markdown")
    found = [(run.look, block.text[run.start : run.end]) for block in body.blocks for run in block.runs]
    assert found == styled
    assert not any("\ue000" <= letter <= "\uf8ff" for block in body.blocks for letter in block.text)


def test_a_table_with_headings_keeps_its_columns() -> None:
    source = (
        "<table><tr><th>Name<th align=right>Age</tr><tr><td>Ada<td style='text-align:center'></tr>"
        "<tr><td><p>two</p><p>lines</p><td><table><tr><td>36</td></tr></table></table>after"
    )
    *rows, after = body_blocks(source, "html").blocks
    assert [[part.text for part in row.parts()] for row in rows] == [
        ["Name", "Age"], ["Ada", ""], ["two\nlines", "36"],
    ]  # fmt: skip
    assert [(row.level, row.aligns) for row in rows] == [(1, "lr"), (0, "lc"), (0, "ll")]
    assert after == Block("paragraph", "after")


def test_numbers_of_links_move_what_stands_behind_them() -> None:
    source = "| [a](https://a.example) | **b** |\n|-|-|\n| c | [d](https://d.example) *e* |"
    for first in (1, 10, 100):
        rows = [block.numbered_from(first) for block in body_blocks(source, "markdown").blocks]
        assert [[part.text for part in row.parts()] for row in rows] == [
            [f"a [{first}]", "b"], ["c", f"d [{first + 1}] e"],
        ]  # fmt: skip
        styled = [(run.look, row.text[run.start : run.end]) for row in rows for run in row.runs]
        assert styled == [("link", "a"), ("bold", "b"), ("link", "d"), ("italic", "e")]


@pytest.mark.parametrize(
    ("source", "shown", "links"),
    [
        ("<a href='https://a.com/x'>here</a>!", "here [1]!", ("https://a.com/x",)),
        ("<a href='https://a.com'>one </a>two", "one [1] two", ("https://a.com",)),
        (
            "<a href=https://a.com>1</a> <a href=https://b.com>2</a> <a href=https://a.com>3</a>",
            "1 [1] 2 [2] 3 [1]",
            None,
        ),
        ("<a href=//a.com/x>here</a>", "here [1]", ("https://a.com/x",)),
        ("<a href='https://a.com/?a=1&amp;b=2'>x</a>", "x [1]", ("https://a.com/?a=1&b=2",)),
        ("<a href=https://a.com><img src=share.png></a>text", "text", ()),
        ("<a href=https://a.com><img alt=Share></a>", "Share [1]", ("https://a.com",)),
        ("<a href=javascript:alert(1)>x</a>", "x", ()),
        ("<a href='../../.ssh/id_rsa'>x</a>", "x", ()),
        ("<a href=/etc/passwd>x</a>", "x", ()),
        ("<a href=mailto:a@b.com>a@b.com</a>", "a@b.com", ()),
        ("<a href=https://a.com>open<a href=https://b.com>other", "open [1]other [2]", None),
        ("<iframe src=https://video.com/1 title='The talk'></iframe>", "The talk [1]", ("https://video.com/1",)),
        ("<iframe src=//video.com/1>old browser</iframe>", "Embedded page of video.com [1]", None),
    ],
)
def test_links_are_numbered(source: str, shown: str, links: tuple[str, ...] | None) -> None:
    body = body_blocks(source, "html")
    assert [block.text for block in body.blocks] == [shown]
    assert links is None or body.links == links


def test_a_link_around_blocks_is_numbered_in_each() -> None:
    assert texts("<a href=https://a.com><h2>Head</h2><p>Text</p></a>") == ["Head [1]", "Text [1]"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>alert('</b>')</script>",
        "<style>p { color: red }</style>",
        "<title>Mail</title>",
        "<!-- note --><![if !mso]>",
        "<div style='display: none'>preheader <div>deep</div></div>",
        "<span style='mso-hide:all'>preheader</span>",
        "<p hidden>x</p>",
        "<svg><text>x</text></svg>",
        "<noscript><img alt=pixel></noscript>",
        "<img width=1 height=1 alt='tracking pixel'>",
        "<img src=a.png><img alt=Logo><img alt=image.png>",
        "&nbsp;&zwnj;&nbsp;&#847;&shy;&#8199;&#65279;",
        "{% raw %}{% endraw %}",
        "<table><tr><td> </td><td>&nbsp;</td></tr></table>",
        "<ul><li></li></ul>",
    ],
)
def test_what_says_nothing_is_not_shown(unseen: str) -> None:
    assert texts(f"<p>before</p>{unseen}<p>after</p>") == ["before", "after"]


def test_layout_tables_are_flattened_and_rows_of_plain_cells_stay_rows() -> None:
    assert texts("<table><tr><td><table><tr><td><p>a</p></td></tr></table></td><td><p>b</p></td></tr></table>") == [
        "a",
        "b",
    ]
    assert texts("<table><tr><th>Name<th>Age</tr><tr><td>Ada<td> </td><td>36</tr></table>") == [
        "Name | Age",
        "Ada | 36",
    ]


def test_images_are_named_where_something_is_known_of_them() -> None:
    source = "<p>Look: <img alt='The new office'>The new office</p><p>Fine <img alt=':smile:'></p>"
    assert texts(source) == ["Look:\n[image: The new office]", "Fine :smile:"]


@pytest.mark.parametrize(("body_format", "limit"), [("html", BODY_LIMIT), ("markdown", MARKDOWN_LIMIT)])
def test_what_is_cut_is_said_to_be_cut(body_format: str, limit: int) -> None:
    fits = "x" * limit
    assert body_blocks(fits, body_format) == Body((Block("paragraph", fits),))
    assert body_blocks(fits + "x", body_format) == Body((Block("paragraph", fits),), truncated=True)
    lines = "x\n" * MARKDOWN_LINE_LIMIT
    assert not body_blocks(lines, "markdown").truncated
    assert body_blocks(lines + "x", "markdown").truncated
    many = body_blocks("<p>x</p>" * (BLOCK_LIMIT + 1), "html")
    assert (len(many.blocks), many.truncated) == (BLOCK_LIMIT, True)


def unstyled(source: str, body_format: str) -> list[Block]:
    """The blocks of a body, without what tells how parts of them look."""
    return [replace(block, runs=()) for block in body_blocks(source, body_format).blocks]


@given(SOURCES, st.sampled_from(["html", "markdown"]))
def test_every_body_becomes_clean_blocks(source: str, body_format: str) -> None:
    body = body_blocks(source, body_format)
    for block in body.blocks:
        assert bool(block.text) != (block.kind == "rule")
        assert block.text == (block.text.rstrip() if block.kind == "code" else block.text.strip())
        assert "\n\n" not in block.text or block.kind == "code"
        assert 0 <= block.level <= 8
        assert all(0 <= run.start < run.end <= len(block.text) for run in block.runs)
        assert bool(block.cells) == (block.kind == "row")
        assert len(block.aligns) == len(block.cells)
        assert [len(part.text) for part in block.parts() if block.cells] == [end - at for at, end in block.cells]
        for character in block.text.replace("\n", ""):
            assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
            assert character not in "\u202e\u200b\ufeff"
    for link in body.links:
        assert check_url(link) == link


def test_real_newsletters_and_samples_read_well() -> None:
    if not CARDS.is_dir():
        pytest.skip("the real cards are not beside this checkout")
    newsletters = [*CARDS.rglob("_newsletters/*.html")]
    samples = [*CARDS.rglob("_samples/*.md")]
    assert newsletters
    assert samples
    for path in newsletters + samples:
        source = path.read_text(encoding="utf-8").split("\n---", 1)[1]
        body = body_blocks(source, "html" if path.suffix == ".html" else "markdown")
        shown = "\n".join(block.text for block in body.blocks)
        assert not body.truncated
        for leftover in ("<p", "</", "<td", "{%", "&nbsp;", "style=", "mso-"):
            assert leftover not in shown, (path, leftover)
        if path in newsletters:
            assert Block("heading", "Power Apps Every Day", 1) in [replace(block, runs=()) for block in body.blocks]
            assert len(body.blocks) < 60
            assert len(body.links) >= 6


@pytest.mark.parametrize(
    ("body", "body_format", "links"),
    [
        (
            "Read https://a.example/x, then <https://b.example>.",
            "markdown",
            ["https://a.example/x", "https://b.example"],
        ),
        ("- (https://a.example/wiki/Quay_(port))", "markdown", ["https://a.example/wiki/Quay_%28port%29"]),
        ("> **http://a.example:8080/?q=1&r=2!**", "markdown", ["http://a.example:8080/?q=1&r=2"]),
        ("<p>A table<td>https://a.example/x&amp;y</td>", "html", ["https://a.example/x&y"]),
        ("新聞：https://a.example/港。然後", "markdown", ["https://a.example/%E6%B8%AF"]),
        ("https://a.example and https://a.example again", "markdown", ["https://a.example"]),
    ],
)
def test_a_bare_address_is_a_link(body: str, body_format: str, links: list[str]) -> None:
    made = body_blocks(body, body_format)
    assert list(made.links) == links
    text = "\n".join(block.text for block in made.blocks)
    assert all(f"[{number}]" in text for number in range(1, len(links) + 1))


@pytest.mark.parametrize(
    "body",
    [
        *("`https://a.example/x`", "```\nhttps://a.example/x\n```", "    https://a.example/x", "xhttps://a.example/x"),
        *("<kbd>https://a.example/x</kbd>", "ftp://a.example/x", "https://", "https://ann@a.example/", "www.a.example"),
    ],
)
def test_what_stands_in_code_or_cannot_be_opened_is_no_link(body: str) -> None:
    made = body_blocks(body, "markdown")
    assert made.links == ()
    assert "[1]" not in "\n".join(block.text for block in made.blocks)


def test_the_text_of_a_link_is_no_link_of_its_own() -> None:
    made = body_blocks("[https://a.example/shown](https://a.example/target)", "markdown")
    assert made.links == ("https://a.example/target",)


@pytest.mark.parametrize(
    ("source", "first", "shown"),
    [
        ("[a](https://a.com) [2] [b](https://b.com)", 9, "a [9] [2] b [10]"),
        ("[a](https://a.com) [2] [b](https://b.com)", 1, "a [1] [2] b [2]"),
        ("[a \ue000[1]](https://a.com) \ue000[1]", 5, "a [1] [5] [1]"),
        ("nothing [1]", 5, "nothing [1]"),
    ],
)
def test_only_the_numbers_of_links_are_counted_on(source: str, first: int, shown: str) -> None:
    (block,) = body_blocks(source, "markdown").blocks
    assert block.numbered_from(first).text == shown
    assert "\ue000" not in block.text
