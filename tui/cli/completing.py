"""The words that a shell offers where an id, a query or the name of a view is to be typed."""

import os
import shlex
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from tui.cli.command_line import split_command
from tui.cli.context import Context
from tui.cli.parser import build_parser
from tui.config.views import read_views
from tui.errors import NewsdeckError
from tui.paths import views_file

if TYPE_CHECKING:
    from tui.deck.deck import Deck

KINDS: Final = ("ids", "query", "views")
"""What can be asked for."""
MOST_WORDS: Final = 1_000
"""Words that are offered at most: nobody reads more, and the newest stories come first."""

# All that bash does not take as it stands, outside of quotes.
_PLAIN_IN_BASH: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-")


def possible_words(context: Context, kind: str, typed: str, shell: str, line: Sequence[str] = ()) -> Iterator[str]:
    """The words of a kind that begin with what is `typed`, in any case; fit to be inserted by `shell`.

    They are those of the folders that the words of the `line` before it name, else of the configured folder, as its
    cache file has it, and of the saved views. `typed` is the word as it stands on the command line, with an opening
    quote if it has one, and so are those of the line. Whatever is wrong, a shell that completes has no use for a
    message: then there are no words.
    """
    quote, beginning = typed_text(typed)
    try:
        found = (word for word in _words(context, kind, beginning, named_folders(line)) if _begins(word, beginning))
        for word in islice(found, MOST_WORDS):
            inserted = in_bash(word, quote) if shell == "bash" else word
            if inserted is not None:
                yield inserted
    except NewsdeckError:
        return


def named_folders(line: Sequence[str]) -> list[str]:
    """The folders that the words of a command line name, as they stand there: by `--path`, or as PATHs."""
    words = [os.path.expanduser(_unquoted(word)) for word in line]
    command, rest = split_command(words)
    actions = build_parser(command)._actions
    options = {name: action for action in actions for name in action.option_strings}
    takes_paths = any(action.metavar == "PATH" and not action.option_strings for action in actions)
    found: list[str] = []
    waiting = iter(rest)
    for word in waiting:
        name, has_value, value = word.partition("=")
        action = options.get(name)
        if action is None:
            found += [word] if takes_paths and not word.startswith("-") else []
        elif action.nargs != 0:
            value = value if has_value else next(waiting, "")
            found += [value] if action.metavar == "PATH" and value else []
    return found


def _unquoted(word: str) -> str:
    """The text that a whole word of a command line stands for; one that is not closed stands for itself."""
    try:
        return " ".join(shlex.split(word))
    except ValueError:
        return word


def typed_text(word: str) -> tuple[str, str]:
    """The quote that a word on the command line opens, empty if none, and the text that it stands for so far."""
    quote = word[:1] if word[:1] in ("'", '"') else ""
    if quote == "'":
        return quote, word[1:]
    text, escaped = [], False
    for char in word[len(quote) :]:
        escaped = char == "\\" and not escaped
        if not escaped:
            text.append(char)
    return quote, "".join(text)


def in_bash(word: str, quote: str) -> str | None:
    """How `word` is written in bash behind an opening `quote`, or without one, so that bash takes it as it is.

    Bash closes the quote itself, but for a word that ends in one. None where that is impossible: an exclamation mark
    recalls an earlier command, in double quotes as well.
    """
    if quote == "'":
        return word.replace("'", "'\\''") + quote * word.endswith(quote)
    if quote == '"':
        escaped = "".join(f"\\{char}" if char in '\\"$`' else char for char in word)
        return None if "!" in word else escaped + quote * word.endswith(quote)
    return "".join(char if char in _PLAIN_IN_BASH or not char.isascii() else f"\\{char}" for char in word)


def _begins(word: str, beginning: str) -> bool:
    """Whether a word begins so in any case, and whatever quotes the query language wants around its values."""
    if word.startswith("-") and not beginning:
        return False  # it would be taken for an option, however it is quoted
    return word.replace('"', "").casefold().startswith(beginning.replace('"', "").casefold())


def _words(context: Context, kind: str, beginning: str, folders: Sequence[str]) -> Iterator[str]:
    if kind == "views":
        yield from (view.name for view in read_views(views_file()))
        return
    session = context.session(folders)
    for source in session.sources:
        deck = source.stored_deck()
        if deck is not None and kind == "ids":
            yield from (session.id_in(source, story.id) for story in deck.stories)
        elif deck is not None:
            yield from _queries(deck, beginning)
            return


def _queries(deck: "Deck", beginning: str) -> Iterator[str]:
    """The query that was begun, with each key or value that could end it."""
    from tui.deck.query.completion import Offers, complete
    from tui.deck.query.keys import KEYS
    from tui.deck.query.prefixes import NamesByPrefix

    if not beginning or beginning[-1].isspace():
        yield from (f"{beginning}{key}:" for key in KEYS)
        return
    facets = {
        "topic": [(node.name, node.count) for node in deck.topic_nodes],
        "outlet": [(outlet.name, outlet.count) for outlet in deck.outlets],
        "kind": [(kind.name, kind.count) for kind in deck.kinds],
    }
    offers = Offers({key: NamesByPrefix(names) for key, names in facets.items()})
    completion = complete(beginning, len(beginning), offers)
    for suggestion in completion.suggestions[:MOST_WORDS]:
        yield beginning[: completion.start] + suggestion.insert
