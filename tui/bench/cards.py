"""Folders of cards to measure on, made from the cards of a real one: as many as wanted, or without any repetition."""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from msgspec import structs

from tui.cards.folder.scan import Scan, scan
from tui.errors import FolderError
from tui.text.sanitize import clean_path

Progress = Callable[[int, int], None]
"""Called now and then with the cards written so far and those to write in all."""

_RELATED: Final = b"\nrelated:"
_ENTRY: Final = b"\n  - title: "
_NEXT_KEY: Final = re.compile(rb"\n[^ \n]")
_CLOSING: Final = b"\n---"
_TEXT: Final = re.compile(rb'^( *(?:- )?(?:title|excerpt|description): ")(.*)(?="\r?$)', re.MULTILINE)
_URL: Final = re.compile(
    rb'^( *(?:- )?(?:webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl|website): "?https?://[^\s"#]+)', re.MULTILINE
)
_TIME: Final = re.compile(rb"^( *(?:published|updated|start|end)DateTime: )(\d{4}-\d\d-\d\d)(?=T)", re.MULTILINE)
# Whole words only, and none that is a part of an escape, an entity or a word in another script.
_WORD: Final = re.compile(rb"(?<![\\&\w\x80-\xff])[A-Za-z]{4,}(?![\w\x80-\xff])")
_DATED_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)-(.*)", re.DOTALL)
_NAME_BYTES: Final = 200
DAYS_APART: Final = 5
"""How many days before the last one an edition lies, unless it is said otherwise."""
_SWAPPED: Final = 0.15
_NEW: Final = 0.17
_TOLD_EVERY: Final = 5000
_ROOM: Final = 1.2


class _Editor:
    """Makes editions of front matter: the same text in the same edition always becomes the same.

    Edition 0 is the text as it is. In all others a sixth of the words are other ones, URLs say which edition they
    are of, and times lie some days earlier (`days_apart` for each edition).
    """

    def __init__(self, words: Sequence[bytes], days_apart: int) -> None:
        self._words = words or [b"story"]
        self._days_apart = days_apart

    def edit(self, text: bytes, edition: int) -> bytes:
        """The front matter in another edition."""
        if edition == 0:
            return text
        text = _TEXT.sub(lambda match: match[1] + self._reworded(match[2], edition), text)
        return _TIME.sub(
            lambda match: match[1] + _earlier(match[2].decode(), edition * self._days_apart).encode(),
            mark_urls(text, edition),
        )

    def _reworded(self, text: bytes, edition: int) -> bytes:
        chance = random.Random(b"%d %b" % (edition, text))  # noqa: S311  # nothing depends on it being unguessable

        def word(match: re.Match[bytes]) -> bytes:
            fate = chance.random()
            if fate < _SWAPPED:
                return chance.choice(self._words)
            return b"%b%b" % (match[0], _letters(edition)) if fate < _NEW else match[0]

        return _WORD.sub(word, text)


def mark_urls(text: bytes, edition: int) -> bytes:
    """The front matter with a mark on each URL of a page, so that it is another page."""
    return _URL.sub(lambda match: b"%b%bedition=%d" % (match[1], b"&" if b"?" in match[1] else b"?", edition), text)


def make_cards(
    root: Path,
    target: Path,
    count: int,
    progress: Progress = lambda _done, _all: None,
    *,
    days_apart: int = DAYS_APART,
) -> None:
    """Write `count` cards into the empty folder `target`, made from those of `root`, with their topics and outlets.

    Cards are repeated in editions with other words, URLs and times, each so many days before the last one. In a real
    folder every entry of `related` is a card of the folder, so there are about as many different entries as cards;
    here, too: several editions share their related entries until the cards outnumber them. Raises FolderError if `root`
    has no cards or the disk no room.
    """
    found, contents = _source(root, target, count)
    editor = _Editor(sorted({word for data in contents for word in _title_words(data)}), days_apart)
    different = len({chunk for data in contents for chunk in _parts(data)[1]})
    editions = -(-count // len(contents))
    pools = max(1, min(editions, round(count / max(different, 1))))
    memo: dict[bytes, bytes] = {}
    base = 0
    for number in range(count):
        edition, place = divmod(number, len(contents))
        if place == 0 and edition * pools // editions != base * pools // editions:
            base = edition
            memo.clear()
        head, chunks, tail, body = _parts(contents[place])
        for chunk in chunks:
            if chunk not in memo:
                memo[chunk] = editor.edit(_ENTRY + chunk, base)
        data = b"".join((editor.edit(head, edition), *map(memo.__getitem__, chunks), editor.edit(tail, edition), body))
        _write(_place(root, target, found.entries[place].path, edition, place), data)
        if number % _TOLD_EVERY == 0:
            progress(number, count)


def make_different_cards(root: Path, target: Path, count: int) -> int:
    """Write at most `count` cards from all over `root` in which no related entry comes twice; how many were written.

    Raises FolderError like `make_cards`.
    """
    found, contents = _source(root, target, count, spread=True)
    number = 0
    for place, data in enumerate(contents):
        head, chunks, tail, body = _parts(data)
        marked = []
        for chunk in chunks:
            number += 1
            marked.append(mark_urls(_ENTRY + chunk, number))
        _write(_place(root, target, found.entries[place].path, 0, place), b"".join((head, *marked, tail, body)))
    return len(contents)


def demand_room(target: Path, count: int, size: int) -> None:
    """Raises FolderError if there is no room in `target` for so many cards of `size` bytes."""
    needed = _ROOM * count * size
    if needed > shutil.disk_usage(target).free:
        raise FolderError(f"{count:,} cards need {needed / 2**30:.1f} GiB of disk, which are not free at $TMPDIR.")


def related_entries(data: bytes) -> int:
    """How many entries of `related` a card has, by the looks of it."""
    return len(_parts(data)[1])


def _source(root: Path, target: Path, count: int, *, spread: bool = False) -> tuple[Scan, list[bytes]]:
    """What to make `count` cards of: the newest, or with `spread` those from everywhere, and what they hold."""
    found = scan(root)
    if spread:
        found = structs.replace(found, entries=found.entries[:: max(1, len(found.entries) // count)])
    if not found.entries:
        raise FolderError(f"{clean_path(str(root))}: there are no cards in here to make others from.")
    contents = [Path(os.fsdecode(entry.path)).read_bytes() for entry in found.entries[:count]]
    demand_room(target, count, sum(map(len, contents)) // len(contents))
    for folder in found.content_roots:
        beside = target / _relative(root, folder) / "_data"
        shutil.copytree(os.path.join(os.fsdecode(folder), "_data"), beside, symlinks=True, dirs_exist_ok=True)
    return found, contents


def _parts(data: bytes) -> tuple[bytes, list[bytes], bytes, bytes]:
    """Keys before the related entries, the entries without their first words, keys behind them, and the body."""
    front, body = _split(data)
    head, *chunks = front.split(_ENTRY)
    if not chunks or not head.endswith(_RELATED):
        return front, [], b"", body
    match = _NEXT_KEY.search(chunks[-1])
    if match is None:
        return head, chunks, b"", body
    tail = chunks[-1][match.start() :]
    chunks[-1] = chunks[-1][: match.start()]
    return head, chunks, tail, body


def _split(data: bytes) -> tuple[bytes, bytes]:
    end = data.find(_CLOSING, 3) if data.startswith(b"---") else 0
    return (data, b"") if end < 0 else (data[:end], data[end:])


def _title_words(data: bytes) -> Iterator[bytes]:
    for match in _TEXT.finditer(_parts(data)[0]):
        yield from _WORD.findall(match[2])


def _place(root: Path, target: Path, path: bytes, edition: int, place: int) -> Path:
    """Where to write an edition of the card file `path`, the `place`th of its folder."""
    beside = _relative(root, os.path.dirname(path))
    name = os.path.basename(os.fsdecode(path))
    if edition == 0:
        return target / beside / name
    stem, suffix = os.path.splitext(name)
    match = _DATED_NAME.fullmatch(stem)
    if match is not None:
        stem = f"{_earlier(match[1], edition * DAYS_APART)}-{match[2]}"
    short = os.fsdecode(os.fsencode(stem)[:_NAME_BYTES])
    return target / beside / f"{short}-{edition}-{place}{suffix}"


def _relative(root: Path, folder: bytes) -> str:
    top = os.path.realpath(root)
    return os.path.relpath(os.fsdecode(folder), top if os.path.isdir(top) else os.path.dirname(top))


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _earlier(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


def _letters(number: int) -> bytes:
    """A number in letters, to make a word a new one."""
    return b"%b%c" % (_letters(number // 26) if number >= 26 else b"", b"abcdefghijklmnopqrstuvwxyz"[number % 26])
