"""Rows T and M of the hostile corpus at the terminal: only the toolkit's own sequences are written."""

import base64
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.pty_reader import PtyReader, run_reader
from tests.ui.cards import piece, write_story
from tests.ui.reader import open_reader
from tui.ui.deck.screen import DeckScreen

TERMINAL = {
    "T1": "\x1b[31mred",
    "T2": "\x1b]0;owned\x07",
    "T3": "\x1b]2;owned\x1b\\",
    "T4": "\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\",
    "T5": "\x1b]52;c;ZXZpbA==\x07",
    "T6": "\x1b]52;c;ZXZpbA==\x1b\\",
    "T7": "\x1bP+q544e\x1b\\",
    "T8": "\x1bPtmux;\x1b\x1b]52;c;ZXZpbA==\x07\x1b\\",
    "T9": "\x1b_Gf=24,s=1;AAAA\x1b\\",
    "T10": "\x1bc",
    "T11": "\x1b[6n\x1b[c\x1b[21t",
    "T12": "\x1b] \x1b",
    "T13": "\x9b31m",
    "T14": "\x9d2;owned\x9c",
    "T15": "a\x85b",
    "T16": "a\x00b",
    "T17": "a\x7fb",
    "T18": "honest\rEVIL",
    "T19": "abc\x08\x08\x08EVIL",
    "T20": "a\tb\nc\x0b\x0cd",
    "T21": "gnp\u202eexe",
    "T22": "\u2066a\u2069\u200e\u200f\u061c",
    "T23": "\u200b\u200b\ufeff\u2060\u00ad",
    "T24": "\U000e0041\U000e0042",
    "T25": "e" + "\u0301" * 3000,
    "T26": "\ufdfd\U0001242b" + "x\u200d" * 40,
    "T28": "long " * 3000,
}
MARKUP = {
    "M1": "[/foo]",
    "M2": "[bold",
    "M3": "[@click=app.quit]x[/]",
    "M4": "[link=file:///etc/passwd]x[/link]",
    "M5": "backslash\\",
    "M6": "[" * 500,
    "M7": "[#zzz]x[/]",
    "M8": "$var $accent",
    "M9": "C# foo bar",
}
NAMES = [
    b"new\nline.md",
    b"esc\x1b[31m.md",
    b"bytes\xff.md",
    b"c1\xc2\x9b31m.md",
    "gnp\u202eexe.md".encode(),
    b"[x@click].md",
]

SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_X^][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
ALLOWED = re.compile(
    r"\x1b(?:"
    r"\[[\d;]*m|\[\d+;\d+H|\[\d+C|[78]"  # colours, cursor
    r"|\[\?(?:25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048|7)[hl]"  # modes
    r"|\[\?(?:2026|2048)\$p|\[>\d+u|\[<u"  # questions about modes, keyboard
    r"|\]22;\w+\x07"  # shape of the pointer
    r")"
)
COPY = re.compile(r"\x1b\]52;c;([\w+/=]*)\x07")
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def write_hostile_cards(folder: Path, texts: Mapping[str, str]) -> None:
    for number, (name, text) in enumerate(texts.items()):
        day = f"2021-08-{30 - number % 28:02}T10:{number:02}:00Z"
        related = [
            piece(f"{name} related {text}", f"https://example.com/{name}/r", day, f"{name} {text}", "example.com")
        ]
        write_story(
            folder,
            f"{name}.md",
            title=f"{name} {text}",
            publishedDateTime=day,
            webUrl=f"https://example.com/{name}",
            excerpt=f"{name} excerpt {text}",
            type=text,
            location=text,
            otherNames=[text],
            topics=[f"{name} {text}"],
            provider={"name": f"{name} {text}", "domain": text, "authors": [text]},
            images=[{"url": text, "title": text}],
            related=related,
            quality=text,
            **{f"odd {name}": text},
            body=f"{name} {text}\n\n    code {text}\n\n[{text}](https://example.com/{text})\n\n> {text} &#27;[m&#x9b;",
        )
    topics = folder / "_data" / "topics"
    topics.mkdir(parents=True)
    (topics / "a.yaml").write_text(f"name: {json.dumps(TERMINAL['T1'])}\nparent: {json.dumps(MARKUP['M1'])}\n")
    for raw in NAMES:
        for start, content in ((b"good ", b"---\ntitle: named\n---\n"), (b"bad ", b"---\ntitle: [\n---\n")):
            try:
                with open(os.path.join(os.fsencode(folder), start + raw), "wb") as file:
                    file.write(content)
            except OSError as error:
                pytest.skip(f"this file system refuses {raw!r}: {error}")


def written(reader: PtyReader) -> str:
    return bytes(reader.output).decode("utf-8")


def assert_clean(text: str) -> None:
    copied = [base64.b64decode(match).decode() for match in COPY.findall(text)]
    assert all(url.startswith("https://example.com/") for url in copied)
    text = COPY.sub("", text)
    assert {match for match in SEQUENCE.findall(text) if not ALLOWED.fullmatch(match)} == set()
    rest = SEQUENCE.sub("", text)
    assert {char for char in rest if (ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0) and char not in "\r\n"} == set()
    assert set(UNSEEN.findall(rest)) == set()


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    write_hostile_cards(folder, {**TERMINAL, **MARKUP})
    return folder


def test_only_the_toolkits_own_sequences_are_written(hostile: Path) -> None:
    with run_reader(hostile, (140, 45)) as reader:
        reader.wait_for("M9 C# foo bar")
        reader.press("c", "a", "i", "G", "q", "!", "G", "q", "?", "q", "s", "q", "X", "q", "y", "o", "m", "f")
        reader.press("/", "topic:", "\x1b", "t", "j", "j", "/", "T", "\r", "t", "\x10", "x", "\x1b", "h")
        reader.press(*["jj"] * (len(TERMINAL) + len(MARKUP)))
        reader.resize(60, 20)
        reader.press("\r", "c", "d", "C", " ")
        reader.resize(200, 50)
        reader.press("h", "g", "v", "+")
        reader.press("q")
        assert reader.end() == 0
    assert_clean(written(reader))


def test_every_hostile_card_is_shown_or_listed_as_text(hostile: Path) -> None:
    with run_reader(hostile, (140, 480)) as reader:
        reader.wait_for("M9 C# foo bar")
        reader.press("v")
        reader.wait_for("flat")
        reader.press("!")
        reader.wait_for("Not shown")
        reader.rest(1.0)
        reader.press("q", "q")
        assert reader.end() == 0
    told = written(reader)
    assert_clean(told)
    plain = SEQUENCE.sub("", told)
    for name in (*TERMINAL, *MARKUP):
        assert re.search(rf"\b{name}\b", plain), f"{name} was never shown"
    for text in ("[/foo]", "[bold", "[@click=app.quit]x[/]", "[#zzz]x[/]", "$var $accent", "backslash\\"):
        assert text in plain


async def test_markup_in_a_card_is_text_also_under_the_mouse(tmp_path: Path) -> None:
    write_hostile_cards(tmp_path, {"M3": MARKUP["M3"]})
    async with open_reader(tmp_path, size=(140, 45)) as reader:
        lines = reader.text.splitlines()
        places = [(line.index("[@click"), y) for y, line in enumerate(lines) if "[@click" in line]
        assert places
        for x, y in places:
            await reader.pilot.click(offset=(x + 20, y))
            await reader.settle()
        assert reader.app.is_running
        assert isinstance(reader.app.screen, DeckScreen)


async def test_whatever_stands_in_cards_reaches_no_widget_unclean(hostile: Path) -> None:
    """The texts themselves are clean, not only what the toolkit lets through."""
    async with open_reader(hostile, size=(140, 45)) as reader:
        seen = []
        for keys in (("c",), ("a",), ("i",), ("q", "exclamation_mark"), ("q", "X"), ("q", "t"), ("t", "question_mark")):
            await reader.press(*keys)
            seen.append(reader.text)
        await reader.press("q")
        for _story in range(len(reader.deck.state.listing.docs)):
            await reader.press("j")
            seen.append(reader.text)
        seen += reader.notices
        assert_clean("".join(seen))


async def test_a_headline_of_nothing_that_can_be_seen_gives_way_to_the_name_of_the_file(tmp_path: Path) -> None:
    write_story(tmp_path, "2021-08-30-a-quiet-day.md", title=TERMINAL["T23"])
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        assert reader.text.lower().count("quiet day") == 2
