"""The words that a shell is offered: all that fit, none that the shell would take for anything but a word."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.harness import Result, environment, newsdeck, write_card
from tests.session.caches import CachedFolder
from tui.cache.file import cache_path, read_cache
from tui.cli.completing import MOST_WORDS, in_bash, typed_text
from tui.config.views import SavedView, save_view
from tui.deck.query.keys import KEYS
from tui.paths import cache_dir, config_dir

QUOTES = st.sampled_from(["", "'", '"'])
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" $`\\\"'!*~#;&|<>(){}[]?^=:@"), min_size=1
)


@settings(deadline=None, max_examples=60)
@given(WORDS, QUOTES)
def test_bash_takes_a_word_as_it_is(word: str, quote: str) -> None:
    if (bash := shutil.which("bash")) is None:
        pytest.skip("bash is not installed")
    written = in_bash(word, quote)
    if written is None:
        assert "!" in word
        return
    line = quote + written + quote * (not written.endswith(quote))  # as readline closes it
    done = subprocess.run([bash, "-c", f"printf '%s|' {line}"], capture_output=True, check=True)
    assert done.stdout.decode() == f"{word}|"


@given(WORDS, st.sampled_from(["", '"']))
def test_what_was_inserted_can_be_completed_further(word: str, quote: str) -> None:
    written = in_bash(word.rstrip('"'), quote)
    if written:
        assert typed_text(quote + written) == (quote, word.rstrip('"'))


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """A folder of cards that is stored."""
    root = tmp_path / "cards"
    for day, name in ((1, "ai/one.md"), (2, "ai/Two.md"), (3, "-yes.md")):
        topics = ["Data Center", "AI", "Airlines"]
        write_card(
            root, name, title=name, topics=topics, provider={"name": "CNN"}, type="video", date=f"2020-02-0{day}"
        )
    CachedFolder(root, cache_dir()).write()
    return root


def offered(cards: Path, kind: str, typed: str, *options: str, shell: str = "zsh") -> Result:
    within = environment(environ={"NEWSDECK_CONTENT": str(cards)})
    before, line = (options, ()) if "--line" not in options else ((), options)
    return newsdeck(*before, "completion", shell, "--values", kind, f"--typed={typed}", *line, within=within)


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("ids", "", ["ai/Two.md", "ai/one.md"]),
        ("ids", "ai/t", ["ai/Two.md"]),
        ("ids", "'ai/o", ["ai/one.md"]),
        ("ids", "zz", []),
        ("query", "topic:a", ["topic:AI", "topic:Airlines"]),
        ("query", "topic:d", ['topic:"Data Center"']),
        ("query", "is:unread topic:ai", ["is:unread topic:AI", "is:unread topic:Airlines"]),
        ("query", "robot -kind:", ["robot -kind:video"]),
        ("query", "outlet:C", ["outlet:CNN"]),
        ("query", "is:unp", ["is:unpublished"]),
        ("query", "dom", ["domain:"]),
        ("query", "", [f"{key}:" for key in KEYS]),
        ("query", "robot ", [f"robot {key}:" for key in KEYS]),
        ("views", "", []),
    ],
)
def test_words_begin_with_what_was_typed(cards: Path, kind: str, typed: str, words: list[str]) -> None:
    result = offered(cards, kind, typed)
    assert (result.status, result.lines, result.err) == (0, words, "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["show", "--path", "OTHER"], ["new.md"]),
        (["show", "--json", "--path=OTHER"], ["new.md"]),
        (["--ascii", "coverage", "--path", "'OTHER'"], ["new.md"]),
        (["open", "--nth", "2"], ["ai/Two.md", "ai/one.md"]),
        (
            ["show", "--path", "OTHER", "--path", "CARDS"],
            ["other one/new.md", "cards/-yes.md", "cards/ai/Two.md", "cards/ai/one.md"],
        ),
        (["show", "--path", "MISSING"], []),
        (["show", "--path"], ["ai/Two.md", "ai/one.md"]),
        (["show", "'not closed"], ["ai/Two.md", "ai/one.md"]),
    ],
)
def test_ids_are_those_of_the_folder_that_is_named(
    cards: Path, tmp_path: Path, line: list[str], words: list[str]
) -> None:
    other = tmp_path / "other one"
    write_card(other, "new.md", title="New")
    CachedFolder(other, cache_dir()).write()
    for name, path in (("OTHER", other), ("CARDS", cards), ("MISSING", tmp_path / "missing")):
        line = [word.replace(name, str(path).replace(" ", "\\ ") if "'" not in word else str(path)) for word in line]
    result = offered(cards, "ids", "", "--line", *line)
    assert (result.status, result.lines, result.err) == (0, words, "")


def test_a_query_is_completed_from_the_folder_that_is_named(cards: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write_card(other, "new.md", title="New", topics=["Aubergine"])
    CachedFolder(other, cache_dir()).write()
    assert offered(cards, "query", "topic:a", "--line", "list", str(other), "-n", "3", "-q").lines == [
        "topic:Aubergine"
    ]
    assert offered(cards, "query", "topic:a", "--line", "list", "-q").lines == ["topic:AI", "topic:Airlines"]


def test_views_are_offered_by_name(cards: Path) -> None:
    for name in ("This week", "Tomorrow"):
        save_view(config_dir() / "views.toml", SavedView(name, "robot"))
    assert offered(cards, "views", "th").lines == ["This week"]
    assert offered(cards, "views", '"T', shell="bash").lines == ["This week", "Tomorrow"]
    assert offered(cards, "views", "T", shell="bash").lines == ["This\\ week", "Tomorrow"]


def test_no_shell_is_given_more_than_anybody_reads(tmp_path: Path) -> None:
    root = tmp_path / "cards"
    for number in range(MOST_WORDS + 5):
        write_card(root, f"{number}.md", title="A headline")
    CachedFolder(root, cache_dir()).write()
    assert len(offered(root, "ids", "").lines) == MOST_WORDS
    assert offered(root, "ids", "1004").lines == ["1004.md"], "whatever comes behind so many others is found"


def test_a_shell_is_told_nothing_where_there_is_nothing_to_tell(cards: Path, tmp_path: Path) -> None:
    (config_dir() / "views.toml").parent.mkdir(parents=True, exist_ok=True)
    (config_dir() / "views.toml").write_text("views = 3")
    (tmp_path / "config.toml").write_text("colour = 3")
    missing, without_cache = tmp_path / "missing", tmp_path / "new"
    write_card(without_cache, title="A headline")
    results = [
        offered(cards, "views", ""),
        offered(cards, "ids", "", "--no-cache"),
        offered(cards, "ids", "", "--private"),
        offered(cards, "ids", "", "--config", str(tmp_path / "config.toml")),
        offered(missing, "ids", ""),
        offered(without_cache, "ids", ""),
    ]
    assert [(result.status, result.out, result.err) for result in results] == [(0, "", "")] * len(results)


@pytest.mark.parametrize("name", ["deck", "deck.stories", "deck.stories.ends"])
def test_a_damaged_cache_offers_nothing_wrong(cards: Path, name: str) -> None:
    path = cache_path(cache_dir(), cards)
    block = bytes(read_cache(path).block(name))
    data = bytearray(path.read_bytes())
    data[data.index(block) + len(block) // 2] ^= 0x20
    path.write_bytes(data)
    result = offered(cards, "ids", "")
    assert (result.status, result.err) == (0, "")
    assert set(result.lines) <= {"ai/Two.md", "ai/one.md"}
