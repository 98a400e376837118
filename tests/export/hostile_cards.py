"""A folder of cards whose texts try to be something else in every form they leave in."""

from pathlib import Path

from tests.cli.harness import write_card

TITLES = {
    "markdown": "# *A* _b_ `c` [d](https://evil.example) ![e](f) <b>g | ~~h~~ &amp; \\ <https://evil.example>",
    "quotes": '"He said", \'she said\'; a, b \u201cand\u201d c"',
    "formula": '=HYPERLINK("https://evil.example","click")',
    "plus": "+1 for all",
    "minus": "-2+3 is a list",
    "at": "@SUM(A1:A9)",
    "number": "1. Not a list",
    "lines": "One line\nand another\r\n\r\n- third",
    "letters": "\u00dcber \u6f22\u5b57 e\u0301",
    "blanks": "   =1+1   and   blanks ",
}
RELEASE = "Contoso buys the robot maker Fabrikam for 3 billion dollars in Rotterdam, it said on Wednesday"


def write_hostile_cards(folder: Path) -> None:
    """One card for each of `TITLES`, the first the newest, and one whose coverage is as hostile."""
    for number, (name, title) in enumerate(TITLES.items()):
        front: dict[str, object] = {
            "title": title,
            "excerpt": title,
            "webUrl": f"https://example.org/{name}(1)?a=\u00fc&b=[2]",
            "type": "article",
            "topics": [title, "=1+1"],
            "provider": {"name": title, "domain": f"{name}.example"},
            "publishedDateTime": f"2020-02-{27 - number}T16:55:00Z",
        }
        write_card(folder, f"{name}.md", **front)
    write_card(folder, "covered.md", **_covered())


def _covered() -> dict[str, object]:
    piece = {"title": "Contoso buys robot maker Fabrikam for 3 billion", "excerpt": RELEASE}
    related: list[dict[str, object]] = [
        {
            **piece,
            "webUrl": "https://wire.example/1",
            "provider": {"name": "*Wire* | =1"},
            "publishedDateTime": "2020-01-02T09:00:00Z",
        },
        {
            **piece,
            "title": "UPDATE 1-Contoso buys robot maker Fabrikam for 3 billion",
            "webUrl": "javascript:alert(1)",
            "provider": {"name": "[Herald](x)"},
            "publishedDateTime": "2020-01-02T10:28:00Z",
        },
        {
            **piece,
            "webUrl": "https://day.example/3",
            "provider": {"name": "Day"},
            "publishedDateTime": "2020-01-02T00:00:00Z",
        },
        {"title": TITLES["markdown"], "webUrl": "https://old.example/4", "publishedDateTime": "2019-06-01T10:00:00Z"},
        {"title": TITLES["lines"], "webUrl": "https://late.example/5", "publishedDateTime": "2020-08-01T10:00:00Z"},
        {"title": "No link and no date"},
    ]
    return {
        **piece,
        "title": "Contoso buys robot maker Fabrikam for 3 billion dollars",
        "webUrl": "https://example.org/covered",
        "provider": {"name": "", "domain": "own.example"},
        "publishedDateTime": "2020-01-02T12:00:00Z",
        "heat": -1,
        "quality": 40,
        "related": related,
    }
