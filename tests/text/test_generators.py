"""What site makers and note takers leave in a text, as a reader of the body sees it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.generators import readable_markdown
from tui.text.html import body_blocks


def shown(source: str, body_format: str = "markdown") -> str:
    return "\n".join(block.text for block in body_blocks(source, body_format).blocks)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{{< note variant="action" >}}Advice for teams{{< /note >}}', "Advice for teams"),
        ('See [the group]({{< ref "communities/social-media.md" >}} "Social Media").', "See the group."),
        ("{{% box %}}\n\nWords\n\n{{% /box %}}", "Words"),
        ('{{< legacy-img src="a.png" alt="A chart" >}}', "[image: A chart]"),
        ('{{< figure src="a.png" caption="Two of them" alt="x" >}}', "[image: Two of them]"),
        ("{{< img src=a.png >}}\n\nWords", "Words"),
        ("{{< youtube dQw4w9WgXcQ >}}", "youtube [1]"),
        ("{{< youtube javascript:x >}} Words", "Words"),
        ("A {% include a.html x='y' %}b{{ site.baseurl }} c", "A b c"),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}", "puts 1"),
        (
            "## What's next {#toc5}\n\nMore [1](https://example.org/){.local-link} words",
            "What's next\nMore 1 [1] words",
        ),
        ("A paragraph.\n{: .lead}", "A paragraph."),
        ('[caption id="a" width="300"] A picture[/caption]', "A picture"),
        (
            "Costs.[^costs] And[^2].\n\n[^costs]: More of it.\n[^2]: The other.",
            "Costs.¹ And².\n¹ More of it.\n² The other.",
        ),
        (
            "Here.[^Net 1M] Not [^0-9 a].\n\n[^Net 1M]: A net of a million.",
            "Here.¹ Not [^0-9 a].\n¹ A net of a million.",
        ),
        ("See [[Out of Control]] and [[Notes/a b|that]].", "See Out of Control and that."),
        ("Of [[piers]] and [[Old Piers|old ones]], [[nets|two nets]].", "Of piers and old ones, two nets."),
        ("![[photo one.png]]\n\n![[Movies.base#Actor]]", "[image: photo one.png]\nMovies.base#Actor"),
        ("<h2>How?</h2>\nWrite **now** please.", "How?\nWrite now please."),
        ("<table><tr>\n<td >**Name:**\n</td></tr></table>", "Name:"),
        ('We [left the pier]({{ "/2026/01/05/pier/" | url }}) in May.', "We left the pier in May."),
        ("We [left]({% post_url 2026-01-05-pier %}) in May.", "We left in May."),
        ("It has {{ pier.stats.files }} parts, {{ pier.count | plus: 1 }} of wood.", "It has … parts, … of wood."),
        ("* <{{ pier.url }}>\n* Size: {{ pier.size }}", "…\nSize: …"),
        ("Read {{ page.lead | strip }}on.", "Read on."),
        ('<img alt="Pier" {{ site.pier }}> and more', "[image: Pier]\nand more"),
        ("See [all](https://a.example/{{ pier.tag }}/all.md) or [some](https://a.example/b).", "See all or some [1]."),
        ('<img src="{{ "/assets/pier.gif" | url }}" alt="The pier at night">', "[image: The pier at night]"),
        ('{% image "assets/pier.png" "A pier, 75% of it." %}', "[image: A pier, 75% of it.]"),
        ('{% include "figure.html", image: "/a.png",\n alt: "Two piers" %}\n\nWords', "[image: Two piers]\nWords"),
        ("{% if a %}One{% else %}, {% endif %}two", "One, two"),
        (
            '[{{< img src="a.png" alt="A pier" >}}All piers]({{< ref "/piers" >}}) are shut.',
            "[image: A pier] All piers are shut.",
        ),
        (
            "**Open: **from May, **shut\u00a0**in winter, **A - **a pier",
            "Open: from May, shut\u00a0in winter, A - a pier",
        ),
        ("<p>One</p>_See [all](https://a.example/b)_ now.", "One\nSee all [1] now."),
    ],
)
def test_what_is_not_meant_to_be_seen_is_not(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "`{{< note >}}` and ``[^1]`` and `[[A b]]`",
        "```\n{{< note >}}\n[^1]: x\n[[A b]]\n{% x %}\n```",
        "A template of {{CURRENT_DATE}} and {{ name }} stays.",
        "A [video](https://example.org/v) to see [[x]]",
        "[[nodiscard]] and a[[bin]]s",
        "Format {:?} and #![allow] and [x] done",
        "Nothing of it at all.",
        "Two ** signs ** and 2 ** 3 ** 4, a**b **c and f(**kwargs, **more)",
        "{{{ a }}} and {{}} and {{ $x }}",
    ],
)
def test_what_only_looks_like_it_stays(source: str) -> None:
    assert readable_markdown(source) == source


def test_shortcodes_are_left_out_of_html_too() -> None:
    assert shown('<p>One <a href="#">{{< img src="a.png" alt="A fish" >}}</a></p>', "html") == "One [image: A fish]"


@given(
    st.lists(st.sampled_from(["{{<", ">}}", "{%", "%}", "[^", "]", "[[", "]]", "`", "```\n", "a b", "{#", "}", "\n\n"]))
)
@settings(max_examples=300, deadline=None)
def test_any_text_comes_out_as_some_text(pieces: list[str]) -> None:
    assert isinstance(readable_markdown("".join(pieces)), str)


@pytest.mark.parametrize(
    "piece",
    [
        "{{< a ",
        "{{< a b=",
        "[^a",
        "[[a b",
        "![[",
        "`",
        "``",
        "~~~\n",
        "<td >",
        "{% ",
        "[caption ",
        "](a{{",
        "](",
        "**a ",
        "</p>a",
        "{% a %",
        "{{ a.b",
        '{{ "a"',
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    readable_markdown(f"{{{piece * (64 * 1024 // len(piece))}")
    assert time.process_time() - began < 2
