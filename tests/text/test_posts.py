"""Bodies of posts as the makers of sites write them, as a reader sees them: nothing of the making shows."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.html import body_blocks


def shown(source: str, body_format: str = "markdown") -> str:
    return "\n".join(block.text for block in body_blocks(source, body_format).blocks)


def bold(source: str) -> list[str]:
    return [
        block.text[run.start : run.end]
        for block in body_blocks(source, "markdown").blocks
        for run in block.runs
        if run.look == "bold"
    ]


@pytest.mark.parametrize(
    ("source", "text", "links"),
    [
        ("<div>\nThe [tide table](https://tide.example/a) is out.\n</div>", "The tide table [1] is out.", 1),
        ("<table><tr><td>See the\n[harbour](//pier.example/b).</td></tr></table>", "See the harbour [1].", 1),
        ('<ul><li>A</li>_Read [more](https://a.example/c "C") here_.</ul>', "A\nRead more [1] here.", 1),
        ("<table><tr><td>Of\n**146** nets</td></tr></table>", "Of 146 nets", 0),
        ("<p>Ask [us](/contact/) or [below](#form).</p>", "Ask us or below.", 0),
        (
            "<div>\n![The pier at low tide](/img/pier.jpg) and ![](x.png)words\n</div>",
            "[image: The pier at low tide]",
            0,
        ),
        ("<div>\n[![A chart](a.png)](https://a.example/d)\n</div>", "A chart [1]", 1),
        ("[x](https://a.example/1) " * 2100, "x [1] x [1]", 1),
    ],
)
def test_links_in_markdown_that_stand_in_html_are_links(source: str, text: str, links: int) -> None:
    body = body_blocks(source, "markdown")
    assert "\n".join(block.text for block in body.blocks).startswith(text)
    assert len(body.links) == links


@pytest.mark.parametrize(
    "source",
    [
        "<div>\n<code>[a](https://a.example)</code>\n</div>",
        "<pre>\n[a](https://a.example)\n</pre>",
        "<p>rows[i](j) and f[0](x, y) and [1](2)</p>",
    ],
)
def test_what_only_looks_like_a_link_in_html_stays(source: str) -> None:
    assert "](" in shown(source)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "https://user@a.example/", "file:///etc/passwd"]
)
def test_a_link_in_markdown_in_html_obeys_the_policy_as_any_other(target: str) -> None:
    assert body_blocks(f"<div>\nRead [this]({target}) now\n</div>", "markdown").links == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<!-- more -->The tide, [as told](https://a.example/t), turned.", "The tide, as told [1], turned."),
        ("One.\n\n<!-- two\n\nlines -->\n\nThree.", "One.\nThree."),
        ("- a\n<!-- b -->\n- c", "a\nc"),
        ("Nets <!-- `a` --> and **ropes**.", "Nets and ropes."),
    ],
)
def test_comments_are_left_out_and_hide_nothing_else(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize("source", ["`<!-- a -->` stays", "```\n<!-- a -->\n```"])
def test_a_comment_in_code_is_code(source: str) -> None:
    assert "<!-- a -->" in shown(source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("::: tip\nTie it twice.\n:::", "Tip\nTie it twice."),
        ("::: warning Mind the gap\nIt is *deep*.\n:::\n\nGo on.", "Mind the gap\nIt is deep.\nGo on."),
        (":::note[Of ropes]\nThree kinds.\n:::", "Of ropes\nThree kinds."),
        (':::caution{title="Wet paint"}\nDo not sit.\n:::', "Wet paint\nDo not sit."),
        ("::: danger Wet: very\nNo.\n:::", "Wet: very\nNo."),
        ("::: lead\nA pier opens.\n:::\n\nMore.", "A pier opens.\nMore."),
        ("::: details\n```\n::: x\n```\n:::", "Details\n::: x"),
        ("> [!NOTE]\n> Bring a coat.", "Note\nBring a coat."),
        ("> [!warning]- Slippery when wet\n> Walk.", "Slippery when wet\nWalk."),
        ("> [!tip]+\n> Come early.\n\nEnd.", "Tip\nCome early.\nEnd."),
        ('!!! note "Of nets"\n    Mend them.\n\n    Dry them.\n\nEnd.', "Of nets\nMend them.\nDry them.\nEnd."),
        ("??? danger\n    Not here.\n\nEnd.", "Danger\nNot here.\nEnd."),
        ("!!! tip\n    ```\n    a = 1\n    ```\n\nEnd.", "Tip\na = 1\nEnd."),
    ],
)
def test_a_notice_is_its_title_and_its_text(source: str, text: str) -> None:
    assert shown(source) == text


def test_a_notice_stands_apart_as_a_quotation() -> None:
    kinds = [block.kind for block in body_blocks("Before.\n\n::: tip\nTie it.\n:::\n\nAfter.", "markdown").blocks]
    assert kinds == ["paragraph", "quote", "quote", "paragraph"]


@pytest.mark.parametrize(
    "source", ["Ratio 3 ::: 1 it is", "Really?!!! note that", "1. ???", "[!NOTE] alone", "    ::: tip\n    code"]
)
def test_what_only_looks_like_a_notice_stays(source: str) -> None:
    assert shown(source).split() == source.lstrip().removeprefix("1. ").split()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("## Ropes [[toc](#table-of-contents)]\n\nThree.", "Ropes\nThree."),
        ("## Nets [#](#nets)\n\nTwo.", "Nets\nTwo."),
        ("- Nets, `a` [[toc](#contents)]\n- Ropes", "Nets, a\nRopes"),
        ("[[toc]]\n\nOne.", "One."),
        ("[TOC]\n\nOne.", "One."),
        ("* Contents\n{:toc}\n\nOne.", "One."),
        ("Back to [top](#top).", "Back to top."),
        ("A [#](https://a.example/5694) of them", "A # [1] of them"),
    ],
)
def test_tables_of_contents_and_the_ways_back_to_them_are_left_out(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("We did it :tada: at last :+1:.", "We did it 🎉 at last 👍."),
        (":bulb: Tie it twice.", "💡 Tie it twice."),
        ("At 10:30:15 in a:b:c and :no_such_sign: and `:tada:` and https://a.example/:tada:x", ""),
    ],
)
def test_signs_that_are_written_by_name_are_drawn(source: str, text: str) -> None:
    assert shown(source) == (text or source.replace("`", "") + " [1]")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Words {# a note to\nmyself #}here", "Words here"),
        ("{# off #}\n\nWords", "Words"),
        ("## Ropes {.big #ropes}\n\nThree", "Ropes\nThree"),
        ("Words\n{.lead}\n\nMore", "Words\nMore"),
        ("### Next {#96c5.graf.graf--p}\n\nMore", "Next\nMore"),
        ("### Next {# of-all}\n\nMore", "Next\nMore"),
        ("<https://a.example/x>{.ext.out} here", "https://a.example/x [1] here"),
        ("![A pier](/a.png){width=80%} stands", "[image: A pier]\nstands"),
        ("![A pier](/a.png){.wide}{.framed}", "[image: A pier]"),
        ("A set {1, 2} and f{x} and {.5, .7} stay", "A set {1, 2} and f{x} and {.5, .7} stay"),
    ],
)
def test_notes_to_the_maker_and_attributes_are_left_out(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{{<gallery caption="If I drop the `<b>` tags, [all](https://a.example) is well.">}}\n\nWords', "Words"),
        ('{{<img src="a.png" alt="The `pier` at dawn">}}', "[image: The pier at dawn]"),
        ('See [May]({{< tmp "events/may.md" >}} "In May") there.', "See May there."),
        ("[youtube=https://www.youtube.com/watch?v=abc&w=600]\n\nWords", "youtube [1]\nWords"),
        ("{% youtube abc-123 %}\n\nWords", "youtube [1]\nWords"),
        ("{% embed https://pier.example/post/1 %}\n\nWords", "https://pier.example/post/1 [1]\nWords"),
        ("{% if a %}{% include https://pier.example/x %}{% endif %}Words", "Words"),
        ('See {% post_link a-slug "the tide" %} there', "See the tide there"),
        ("{% codeblock lang:js %}\nlet a = 1;\n{% endcodeblock %}", "let a = 1;"),
        (
            '{% set codeContent %}\nimport a from "b";\n\nlet c;\n{% endset %}\n{{ codeContent | safe }}',
            'import a from "b";\n\nlet c;',
        ),
        ("{% raw %}{{ name }}{% endraw %} is a hole", "{{ name }} is a hole"),
        ('<img src="a.png" alt="{{ title }}">Words', "Words"),
    ],
)
def test_shortcodes_and_tags_show_what_they_stand_for(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("import Tide from \"./Tide.astro\";\nimport { A, B } from 'b'\n\nWords", "Words"),
        ("export const meta = {\n  pier: 1,\n};\n\nWords", "Words"),
        ("Words {/* to do */} here", "Words here"),
        ('<Note kind="x">\nIt has **two** ropes.\n</Note>', "It has two ropes."),
        ("<Chart data={[{ a: 1 }, { b: 2 }]} onClick={() => go(1 > 2)} />\n\nWords", "Words"),
        ("<div style={{ color: 'red' }} className=\"x\">\n\nWords\n\n</div>", "Words"),
        ("One{' '}two", "One two"),
    ],
)
def test_what_components_need_is_not_shown(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    "source",
    ["import a boat from the pier", "We export const values daily", "if a < B and c > d", "`<Chart data={1} />`"],
)
def test_what_only_looks_like_a_component_stays(source: str) -> None:
    assert shown(source) == source.replace("`", "")


@pytest.mark.parametrize(
    ("source", "text", "strong"),
    [
        ("**The post shows **Pier**, a toy of wood.** Fine.", "The post shows Pier, a toy of wood. Fine.", 1),
        ("**Ropes: **", "Ropes:", 1),
        ("It has **ropes (thick)**and more", "It has ropes (thick)and more", 1),
        ("**帆船（大型）**に乗る", "帆船（大型）に乗る", 1),
        ("**Net—**Nets of two kinds", "Net—Nets of two kinds", 1),
        ("Plain **a** and **b** stay **c**.", "Plain a and b stay c.", 3),
    ],
)
def test_bold_words_are_bold_however_their_signs_stand(source: str, text: str, strong: int) -> None:
    assert shown(source) == text
    assert len(bold(source)) == strong or text == "Ropes:"


@pytest.mark.parametrize(
    "source",
    [
        "<div>f(**kwargs, **more)</div>",
        "<div>2**3 and 2**4</div>",
        "<div>src/**/a and b/**/c</div>",
        "2 ** 3 ** 4",
        "f(**kwargs, **more)",
        "a**b and c",
        "src/**/a.py and **/b.py",
        "`**a` and **b",
        "\\*\\*a\\*\\*",
    ],
)
def test_stars_that_make_nothing_bold_stay(source: str) -> None:
    assert shown(source) == source.replace("`", "").replace("\\", "").removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("![](/photos/2026/tide%20low.jpg)", "[image: tide low.jpg]"),
        ('<img src="https://a.example/pier.webp?w=3">\n\n![](b.png)', "[image: pier.webp] [1]\n[image: b.png]"),
        ("{% notebook TideTables.ipynb cells[2:] %}", "[file: TideTables.ipynb]"),
        ('{{< video src="waves.mp4" >}}', "[file: waves.mp4]"),
        ("![](a.png)\n\nWords", "Words"),
    ],
)
def test_a_body_of_pictures_or_files_alone_names_them(source: str, text: str) -> None:
    assert shown(source) == text


PIECES = (
    "<!--", "-->", "::: tip\n", ":::\n", "> [!NOTE]", "!!! note\n", "    ", "{#", "#}", "{.a", "}", "<A b={", "/>",
    "{/*", "*/}", "import a from 'b'\n", "export const a\n", "**", "a", " ", "\n", "\n\n", "`", "```\n", "[", "](",
    ")", "![", ":a:", "{% raw %}", "{% endraw %}", "[[toc]]", "[youtube=", "{% set code %}", "帆", "(", "（", "{{<",
    ">}}",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_them_gives_some_text(source: str) -> None:
    assert isinstance(shown(source), str)
    assert isinstance(shown(source, "html"), str)


@pytest.mark.parametrize(
    "piece",
    [
        *PIECES,
        "<!-- ",
        "{# ",
        "**a ",
        "**a**",
        "<A b={{",
        "[a](b",
        "![a](",
        "a**b",
        "**a **",
        ":a",
        "[a](https://a.example)",
    ],
)
def test_no_mixture_takes_long(piece: str) -> None:
    began = time.process_time()
    body_blocks(piece * (64 * 1024 // len(piece)), "markdown")
    assert time.process_time() - began < 3
