"""What site makers, outlines and clippers leave in bodies, which no earlier rule took: it shows as they show it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.generators import readable_markdown
from tui.text.html import body_blocks


def texts(source: str) -> list[str]:
    return [block.text for block in body_blocks(source, "markdown").blocks]


def bold(source: str) -> list[str]:
    return [
        block.text[run.start : run.end]
        for block in body_blocks(source, "markdown").blocks
        for run in block.runs
        if run.look == "bold"
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("- [x] Nets mended\n- [ ] Boats painted", ["☑ Nets mended", "☐ Boats painted"]),
        ("* [X] **Nets** mended\n  + [ ] two left", ["☑ Nets mended", "☐ two left"]),
        ("1. [x] First\n2. [ ] Second", ["☑ First", "☐ Second"]),
        ("- [x](https://pier.example/x) leads there", ["x [1] leads there"]),
        ("- [x]\n\nText [x] stays", ["[x]", "Text [x] stays"]),
        ("```\n- [x] code\n```", ["- [x] code"]),
    ],
)
def test_what_is_done_and_what_is_not_is_ticked(source: str, shown: list[str]) -> None:
    assert texts(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            '{% include tides/list.md\n  q0="Why do the boats wait?"\n  a0="They wait for the _tide_ of\n  [May](https://pier.example/may)."\n'
            '  a0link="https://pier.example/a"\n\n  q1="How long?"\n  a1="Six hours, at 100 % of all piers."\n%}',
            [
                "Why do the boats wait?",
                "They wait for the tide of May [1].",
                "https://pier.example/a [2]",
                "How long?",
                "Six hours, at 100 % of all piers.",
            ],
        ),
        ('{% include notice.html text="Boats wait for the tide." class="is warn" %}', ["Boats wait for the tide."]),
        ('{% include notice.html text="They \\"wait\\" for it." %}', ['They "wait" for it.']),
        ("{% include notice.html content='Boats wait, as ever.' %}\n\nNext.", ["Boats wait, as ever.", "Next."]),
        ('{% include button.html link="https://pier.example/b" text="Read on" %}', ["Read on [1]"]),
        ('{% include refs.md %}\n{% include issues.md v=2 issues="1,22,333" %}\nWords.', ["Words."]),
        ('Of {% include fee.html kind="a b" %} nets', ["Of nets"]),
        ('{% include video id="dQw4w9WgXcQ" provider="youtube" %}', ["youtube [1]"]),
    ],
)
def test_sentences_that_a_site_puts_in_by_an_include_are_read(source: str, shown: list[str]) -> None:
    assert texts(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Write `{% raw %}{{ tide }}{% endraw %}` there.", "Write {{ tide }} there."),
        ("```\n{% raw %}\n{{ tide }}\n{% endraw %}\n```", "{{ tide }}"),
        ("As `sys/{%- raw -%}{{{%- endraw -%}name}}`", "As sys/{{name}}"),
    ],
)
def test_code_is_shown_without_what_keeps_it_as_it_is(source: str, shown: str) -> None:
    assert "\n".join(texts(source)).strip() == shown


@pytest.mark.parametrize(
    ("source", "shown", "links"),
    [
        ("See [the pier]((https://pier.example/a)).", "See the pier [1].", 1),
        ("See [the pier]((https://pier.example/a) now.", "See the pier [1] now.", 1),
        ("See [the pier]( (https://pier.example/a)).", "See the pier [1].", 1),
        ("At <URL:https://pier.example/a>.", "At https://pier.example/a [1].", 1),
        ("At <url: https://pier.example/a>.", "At https://pier.example/a [1].", 1),
        ("Call f((x)) or [a]((b)).", "Call f((x)) or a.", 0),
    ],
)
def test_a_link_that_was_written_a_little_wrong_leads_there(source: str, shown: str, links: int) -> None:
    body = body_blocks(source, "markdown")
    assert ([block.text for block in body.blocks], len(body.links)) == ([shown], links)


@pytest.mark.parametrize(
    ("source", "shown", "bolds"),
    [
        ("**<!--tides-of-may-->****Tides of May：** they turn.", "Tides of May： they turn.", ["Tides of May："]),
        ("- **<!--why-->**[Why now?](https://pier.example/a) Boats wait.", "Why now? [1] Boats wait.", []),
        ("** [The pier](https://pier.example/a) ** and more", "The pier [1] and more", ["The pier [1]"]),
        ("Of **\n      [the pier](https://pier.example/a)\n    ** now", "Of the pier [1] now", ["the pier [1]"]),
        ("2 ** 3 is 8 ** 1", "2 ** 3 is 8 ** 1", []),
    ],
)
def test_bold_signs_around_comments_and_links_are_no_stars(source: str, shown: str, bolds: list[str]) -> None:
    assert texts(source) == [shown]
    assert bold(source) == bolds


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("- [Boats #12][]: they wait.", "Boats #12: they wait."),
        ("The [`mend`][rpc mend] call", "The mend call"),
        ("In [#71][nets #71] and [#72][nets #72]", "In #71 and #72"),
        ("A paid[boat tax][topic tax] and m[j][k].", "A paidboat tax and m[j][k]."),
        ("Take rows[i][j] and [0][1].", "Take rows[i][j] and [0][1]."),
        ("Of [a][]::new()", "Of [a][]::new()"),
    ],
)
def test_links_by_labels_that_stand_elsewhere_are_their_words(source: str, shown: str) -> None:
    assert texts(source) == [shown]


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("#+BEGIN_SRC python\nprint(1)\n#+END_SRC\n\nWords", [("code", "print(1)"), ("paragraph", "Words")]),
        ("#+begin_example\n(not page)\n#+end_example", [("code", "(not page)")]),
        ("#+BEGIN_QUERY\n{:query [:find ?b]}\n#+END_QUERY", [("code", "{:query [:find ?b]}")]),
        ("Of #+BEGIN_SRC in a line", [("paragraph", "Of #+BEGIN_SRC in a line")]),
    ],
)
def test_blocks_of_an_outline_are_code(source: str, kinds: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in body_blocks(source, "markdown").blocks] == kinds


@pytest.mark.parametrize(
    "part",
    [
        '{% include a q0="',
        "{% include a.md ",
        '{% include a.md a="b c" ',
        "](( ",
        "[a]((https://",
        "**<!--",
        "- [x] ",
        "** [a](b) ",
        "#+BEGIN_SRC\n",
        "<URL:",
    ],
)
def test_any_of_it_again_and_again_takes_no_time(part: str) -> None:
    started = time.process_time()
    readable_markdown(part * (60_000 // len(part)))
    assert time.process_time() - started < 2


@given(
    st.lists(
        st.sampled_from(
            [
                "{% include ",
                "a.md",
                ' b="c d"',
                " %}",
                "[x] ",
                "- ",
                "**",
                "<!--",
                "-->",
                "](",
                "(",
                "https://a.example/",
                ")",
                "\n",
                "`",
                "{% raw %}",
                "{% endraw %}",
                "<URL:",
                ">",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_mixture_gives_a_body(parts: list[str]) -> None:
    body_blocks("".join(parts), "markdown")
