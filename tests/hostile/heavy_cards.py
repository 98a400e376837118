"""Cards that are as much work as a card may be: each of the kinds in which something could take too long."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

BODY = 250_000
"""Characters of a body, just below what is read of one."""
_EVENT = "Volcano erupts near the harbour of a northern town"
WIDE = "\u6f22\u5b57\U0001f44d\U0001f3fd\u0e33"


def _filled(text: str, length: int = BODY) -> str:
    return (text * (length // len(text) + 1))[:length]


def heavy_bodies() -> Mapping[str, str]:
    """Bodies by what is much in them."""
    table = "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n"
    return {
        "items": _filled("- x\n"),
        "numbered": _filled("1. x\n"),
        "nested items": "".join(f"{'  ' * (n % 60)}- x\n" for n in range(4000)),
        "paragraphs": _filled("x\n\n"),
        "quotes": _filled("> x\n\n"),
        "deep quotes": _filled(">" * 300 + " x\n"),
        "headings": _filled("# x\n\n"),
        "code": "```\n" + _filled("let x = 1;\n") + "\n```\n",
        "code in one line": "```\n" + _filled("let x = 1; ") + "\n```\n",
        "tabs": _filled("\t"),
        "tabs and words": _filled("\tx"),
        "one word": _filled("x"),
        "one paragraph": _filled("word "),
        "one wide word": _filled(WIDE),
        "wide words": _filled(f"{WIDE} "),
        "marks": _filled("e\u0301\u0302 "),
        "joined signs": _filled("\U0001f468\u200d\U0001f469\u200d\U0001f467 "),
        "links": _filled("[a](https://example.com/b) "),
        "other links": "".join(f"[a](https://example.com/{n}) " for n in range(7000)),
        "bare links": "".join(f"https://example.com/{n} " for n in range(7000)),
        "images": _filled("![a](https://example.com/b.png) "),
        "stars": _filled("*a **b** "),
        "underscores": _filled("_a __b__"),
        "brackets": _filled("["),
        "open links": _filled("[a]("),
        "backticks": _filled("`a``b"),
        "table": table + _filled("|" + "a|" * 500 + "\n"),
        "long table": "|a|b|\n|-|-|\n" + _filled("|a|b|\n"),
        "html": _filled("<b>x</b> "),
        "html blocks": _filled("<div><p>x</p></div>\n"),
        "open tags": _filled("<div>"),
        "comments": _filled("<!--"),
        "entities": _filled("&amp;&#8217;"),
        "references": "".join(f"[a{n}]: https://example.com/{n}\n" for n in range(6000)),
        "blank lines": "a" + _filled("\n") + "b",
    }


def heavy_fields() -> Mapping[str, Mapping[str, object]]:
    """Front matter by what is much in it."""
    return {
        "long title": {"title": _filled("word ", 20_000)},
        "wide title": {"title": _filled(WIDE, 5_000)},
        "long excerpt": {"excerpt": _filled("word ", 200_000)},
        "excerpt of one word": {"excerpt": _filled("x", 200_000)},
        "wide excerpt": {"excerpt": _filled(WIDE, 40_000)},
        "excerpt of lines": {"excerpt": _filled("a\n", 40_000)},
        "many topics": {"topics": [f"topic {n} {_filled('word ', 80)}" for n in range(2000)]},
        "many authors": {"provider": {"name": "a", "domain": "a.example", "authors": [f"A{n}" for n in range(5000)]}},
        "much coverage": _covered(900, lambda number: f"{_EVENT}, day {number}"),
        "much of one outlet": _covered(900, lambda number: f"{_EVENT}, day {number}", "one.example"),
        "much of other things": _covered(900, lambda number: f"word{number} thing{number} matter{number}"),
        "long headlines": _covered(400, lambda number: _filled(f"{_EVENT} word{number} ", 400)),
        "wide headlines": _covered(400, lambda number: _EVENT + _filled(WIDE, 80) + str(number)),
        "copies": _covered(900, lambda _number: _EVENT),
        "undated": _covered(900, lambda number: f"{_EVENT}, day {number}", day=""),
        "many items": {"items": [f"{n:03}.md" for n in range(900)]},
        "many keys": {f"key {n}": _filled("word ", 60) for n in range(2000)},
        "many images": {"images": [{"url": f"https://example.com/{n}.png", "title": "x"} for n in range(2000)]},
    }


def _covered(
    pieces: int, headline: Callable[[int], str], domain: str = "", day: str = "2021-08-27T{:02}:{:02}:00Z"
) -> dict[str, object]:
    """A story on one event that many others tell, too."""
    related = [_piece(number, headline(number), domain or f"o{number}.example", day) for number in range(pieces)]
    return {"title": _EVENT, "related": related}


def _piece(number: int, title: str, domain: str, day: str) -> dict[str, object]:
    told: dict[str, object] = {
        "title": title,
        "webUrl": f"https://{domain}/{number}",
        "provider": {"name": domain, "domain": domain},
    }
    if day:
        told["publishedDateTime"] = day.format(number // 60 % 6, number % 60)
    return told


def write_heavy_cards(folder: Path) -> tuple[str, ...]:
    """Write all of them; their kinds, in the order of the list."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = tuple(_written(folder))
    topics = folder / "_data" / "topics"
    topics.mkdir(parents=True)
    for number in range(300):
        told = {"name": f"topic {number}", "parent": f"topic {number - 1}"}
        (topics / f"{number}.yaml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in told.items()))
    return kinds


def _written(folder: Path) -> Iterator[str]:
    fields = {**{kind: {"body": body} for kind, body in heavy_bodies().items()}, **heavy_fields()}
    for number, (kind, told) in enumerate(fields.items()):
        moment = f"2021-08-{28 - number // 24:02}T{23 - number % 24:02}:00:00Z"
        card = {
            "title": f"About {kind}",
            "publishedDateTime": moment,
            "webUrl": f"https://example.com/{number}",
            "provider": {"name": "Example", "domain": "example.com"},
            **told,
        }
        body = card.pop("body", "")
        front = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in card.items())
        (folder / f"{number:03}.md").write_text("\n".join(("---", *front, "---", str(body))), encoding="utf-8")
        yield kind
