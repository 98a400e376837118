"""The neutral form of a card's body: blocks of clean plain text that any widget or pipe can paint."""

import re
from bisect import bisect_left
from typing import Literal

import msgspec

from tui.errors import UrlRefusedError
from tui.text.patterns import late
from tui.text.runs import NUMBER_SIGN, Look, Run, Styled, begin, end, gathered, read_runs, without_signs
from tui.text.sanitize import BODY_LIMIT, clean_block, clean_preformatted
from tui.text.urls import check_url

BLOCK_LIMIT = 400
"""Blocks kept of a body."""
LINK_LIMIT = 500
"""Links numbered in a body."""
LEVEL_LIMIT = 8
"""The deepest level of lists and quotes that is shown; what lies deeper is shown at this level."""

_BOLD_HEADING_LEVEL = 4
_BOLD_HEADING_LIMIT = 120
_LEAD_MINIMUM = 20
_LEAST_BEGINNING = 12
_CELL_SEPARATOR = " | "
# One no-break blank between two words is meant; several, or one beside other blanks, only make room.
_WIDE_BLANKS = late(r"[^\S\n]{2,}")
_BLANKS_AT_BREAK = late(r"[^\S\n]*\n[^\S\n]*")
_REPEATED_CAPTION = late(r"^\[image: (.+)\]\n\1$", re.MULTILINE)
_EMOJI_NAME = late(r":[\w+-]{1,40}:")
_EMPTY_LINES = late(r"\n{2,}")

Kind = Literal["heading", "paragraph", "item", "quote", "code", "row", "rule"]


class Block(msgspec.Struct, frozen=True, gc=False):
    """A piece of a body that stands on lines of its own.

    `text` is clean and has no blanks at its ends (only code keeps its indentation); line feeds in it are meant, and
    `[3]` after a linked text points to the third of the body's links. `level` is 1 to 6 for headings, the depth from
    1 for items and quotes, else 0. `marker` is what stands before an item ("•", "3."), empty where it goes on.
    `numbers` are the places in the text of the brackets that open the number of a link: a text may hold others. `runs`
    say which parts of the text look otherwise than the rest.

    A row of a table has its `cells`, from where to where each is in the text, and `aligns`, a letter for each: l, r or
    c. Level 1 is that of a row of headings, with which a table begins.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    marker: str = ""
    numbers: tuple[int, ...] = ()
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    aligns: str = ""

    def numbered_from(self, first: int) -> "Block":
        """The block with the links of the body numbered from `first` on instead of from 1."""
        if first == 1 or not self.numbers:
            return self
        pieces: list[str] = []
        grown = [0]
        at = 0
        for place in self.numbers:
            end = self.text.index("]", place)
            said = self.text[place + 1 : end]
            number = str(int(said) + first - 1)
            pieces += (self.text[at : place + 1], number)
            grown.append(grown[-1] + len(number) - len(said))
            at = end

        def moved(place: int) -> int:
            return place + grown[bisect_left(self.numbers, place)]

        return msgspec.structs.replace(
            self,
            text="".join((*pieces, self.text[at:])),
            numbers=tuple(map(moved, self.numbers)),
            runs=tuple(Run(moved(run.start), moved(run.end), run.look) for run in self.runs),
            cells=tuple((moved(start), moved(end)) for start, end in self.cells),
        )

    def parts(self) -> list[Styled]:
        """The cells of a row, each as a text of its own; of any other block the whole text as the only part.

        Runs of linked text know the numbers of their links.
        """
        places = self.cells if self.kind == "row" else ((0, len(self.text)),)
        runs = [self._numbered(run) if run.look == "link" else run for run in self.runs]
        return [
            Styled(
                self.text[start:end],
                tuple(run.moved(-start) for run in runs if start <= run.start and run.end <= end),
            )
            for start, end in places
        ]

    def _numbered(self, run: Run) -> Run:
        """A run of linked text with the number that stands behind it."""
        place = bisect_left(self.numbers, run.end)
        if place == len(self.numbers) or self.text[run.end : self.numbers[place]].strip():
            return run
        start = self.numbers[place] + 1
        return Run(run.start, run.end, run.look, int(self.text[start : self.text.index("]", start)]))


class Body(msgspec.Struct, frozen=True):
    """A card's body, ready to paint.

    `links` are the targets of the numbered links, each as `tui.text.urls.check_url` wrote it. `truncated` says that
    the body goes on beyond what is kept.
    """

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = ()
    truncated: bool = False

    def begins_with(self, text: str) -> bool:
        """Whether the body begins with the letters of a text that is not very short, an ellipsis at its end left out.

        Headings and pictures before the first words do not count, nor the numbers of links.
        """
        wanted = _letters(text)
        if len(wanted) < _LEAST_BEGINNING:
            return False
        found = ""
        for block in self.blocks:
            if block.kind != "heading" and not block.text.startswith("[image: "):
                found += _letters(_without_numbers(block))
                if len(found) >= len(wanted) or not wanted.startswith(found):
                    break
        return found.startswith(wanted)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _without_numbers(block: Block) -> str:
    """The text of a block without the numbers of its links."""
    pieces: list[str] = []
    at = 0
    for place in block.numbers:
        pieces.append(block.text[at:place])
        at = block.text.index("]", place)
    return "".join((*pieces, block.text[at:]))


class BlockBuilder:
    """Gathers text, breaks and links in reading order, and cleans whatever becomes a block.

    `bold_leads` takes the bold words that a paragraph begins with for a heading of it.
    """

    def __init__(self, *, bold_leads: bool = True) -> None:
        self._bold_leads = bold_leads
        self._blocks: list[Block] = []
        self._links: dict[str, int] = {}
        self._pieces: list[str] = []
        self._cell_pending = False
        self._bold_depth = 0
        self._has_bold = False
        self._has_plain = False
        self._lead_end = 0
        self._target = ""
        self._link_has_text = False
        self._looks: list[Look] = []
        self._cells: list[tuple[list[str], str]] | None = None

    @property
    def full(self) -> bool:
        """Whether there is no room for another block."""
        return len(self._blocks) >= BLOCK_LIMIT

    @property
    def in_link(self) -> bool:
        """Whether what comes next is the text of a link."""
        return bool(self._target)

    def add_text(self, text: str) -> None:
        """Adds text as it came; it is cleaned when its block ends."""
        if text.isspace() or not text:
            self._pieces.append(text)
            return
        if self._cell_pending:
            self._pieces.append(_CELL_SEPARATOR)
            self._cell_pending = False
        self._pieces.append(without_signs(text))
        self._link_has_text = True
        if self._bold_depth:
            self._has_bold = True
        else:
            self._has_plain = True

    def add_image(self, description: str) -> None:
        """Adds what an image shows, if anything is known of it; a linked image is the text of its link."""
        if self._target or _EMOJI_NAME().fullmatch(description):
            self.add_text(description)
        elif description:
            self.add_text(f"\n[image: {description}]\n")

    def begin_cell(self) -> None:
        """What comes next stands in another cell of the same row."""
        self._cell_pending = self._has_bold or self._has_plain

    def begin_bold(self) -> None:
        """What comes next is bold."""
        self._bold_depth += 1
        self.begin_look("bold")

    def end_bold(self) -> None:
        """The innermost bold text ends."""
        self._bold_depth = max(0, self._bold_depth - 1)
        self.end_look("bold")
        if not self._has_plain:
            self._lead_end = len(self._pieces)

    def begin_look(self, look: Look) -> None:
        """What comes next has a look, until that ends as often as it began."""
        if look not in self._looks:
            self._pieces.append(begin(look))
        self._looks.append(look)

    def end_look(self, look: Look) -> None:
        """A look ends, if it was begun."""
        if look in self._looks:
            self._looks.remove(look)
            if look not in self._looks:
                self._pieces.append(end(look))

    def begin_link(self, target: str) -> None:
        """What comes next leads to `target`, any text; one that the link policy refuses gets no number."""
        self.end_link()
        try:
            self._target = check_url("https:" + target if target.startswith("//") else target)
        except UrlRefusedError:
            self._target = ""
        self._link_has_text = False
        if self._target:
            self.begin_look("link")

    def end_link(self) -> None:
        """The open link, if there is one, ends."""
        self._number_link()
        self.end_look("link")
        self._target = ""

    def begin_column(self, align: str) -> None:
        """What comes next stands in the next column of a row of a table: at its l(eft), r(ight) or c(entre)."""
        self._number_link()
        self._cells = [] if self._cells is None else self._cells
        self._pieces = [begin(look) for look in dict.fromkeys(self._looks)]
        self._cells.append((self._pieces, align))

    def end_row(self, *, is_head: bool) -> None:
        """Makes a row of a table of the columns that were begun, if there is anything in them."""
        self._number_link()
        text, cells = "", list[tuple[int, int]]()
        runs: list[Run] = []
        numbers: list[int] = []
        for pieces, _align in self._cells or ():
            joined = "\n".join(_paragraphs("".join(pieces))).strip("\n")
            cell = read_runs(joined, set(), _cleaned)
            text += _CELL_SEPARATOR if text and cell.text else ""
            moved = cell.moved(len(text))
            cells.append((len(text), len(text) + len(cell.text)))
            text, runs, numbers = text + cell.text, [*runs, *moved.runs], [*numbers, *moved.numbers]
        aligns = "".join(align for _pieces, align in self._cells or ())
        if text and not self.full:
            block = Block("row", text, int(is_head), "", tuple(numbers), tuple(runs), tuple(cells), aligns)
            self._blocks.append(block)
        self._cells, self._pieces = None, []
        self._start_block()

    def end_block(self, kind: Kind, level: int = 0, marker: str = "") -> bool:
        """Makes a block of what was gathered; says whether there was anything to show."""
        if not (self._has_bold or self._has_plain):  # blanks at most: many a tag ends what has not begun
            self._cell_pending = False
            self._start_block()
            return False
        self._number_link()
        before = len(self._blocks)
        if kind == "code":
            self._append(Block("code", clean_preformatted(without_signs("".join(self._pieces)))))
        else:
            if kind == "paragraph":
                self._take_heading()
            is_open: set[Look] = set()
            for paragraph in _paragraphs("".join(self._pieces)):
                text, runs, numbers = read_runs(paragraph, is_open, _cleaned)
                self._append(Block(kind, text, min(level, LEVEL_LIMIT), marker, numbers, runs))
                marker = marker if not text else ""
        self._start_block()
        return len(self._blocks) > before

    def _start_block(self) -> None:
        """Gather anew; looks that were begun go on."""
        self._pieces = [begin(look) for look in dict.fromkeys(self._looks)] if self._looks else []
        self._cell_pending = self._has_bold = self._has_plain = False
        self._lead_end = 0

    def _take_heading(self) -> None:
        """A paragraph that is bold, or starts with a bold line, is how mails write a heading."""
        if not self._has_bold or (self._has_plain and not self._bold_leads):
            return
        end = self._lead_end if self._has_plain else len(self._pieces)
        lead = clean_block(without_signs("".join(self._pieces[:end])), BODY_LIMIT)
        shortest = _LEAD_MINIMUM if self._has_plain else 1
        if "\n" not in lead and shortest <= len(lead) <= _BOLD_HEADING_LIMIT:
            self._append(Block("heading", " ".join(lead.split()), _BOLD_HEADING_LEVEL))
            del self._pieces[:end]

    def add_rule(self) -> None:
        """Adds a line across, unless one would stand there twice or before everything."""
        if self._blocks and self._blocks[-1].kind != "rule":
            self._append(Block("rule"))

    def build(self, *, truncated: bool) -> Body:
        """The body so far, without a rule at its end."""
        blocks = self._blocks[:-1] if self._blocks and self._blocks[-1].kind == "rule" else self._blocks
        return Body(tuple(blocks), tuple(self._links), truncated or self.full)

    def _append(self, block: Block) -> None:
        if not self.full and (block.text or block.kind == "rule"):
            self._blocks.append(block)

    def _number_link(self) -> None:
        """Puts the number of the open link behind its text, once in every block that holds some of it."""
        if not self._target or not self._link_has_text:
            return
        self._link_has_text = False
        if self._target not in self._links and len(self._links) >= LINK_LIMIT:
            return
        number = self._links.setdefault(self._target, len(self._links) + 1)
        blank_after = self._pieces[-1][-1:].isspace()
        said = f"{NUMBER_SIGN}[{number}]"
        if "link" in self._looks:
            said = f"{end('link')} {said}{begin('link')}"
            self._pieces.append(f"{said} " if blank_after else said)
        else:
            self._pieces.append(f"{said} " if blank_after else f" {said}")


def _paragraphs(raw: str) -> list[str]:
    text = _BLANKS_AT_BREAK().sub("\n", _WIDE_BLANKS().sub(" ", gathered(clean_block(raw, BODY_LIMIT))))
    return [_REPEATED_CAPTION().sub(r"[image: \1]", part.strip()) for part in _EMPTY_LINES().split(text)]


def _cleaned(text: str) -> str:
    return clean_block(text, BODY_LIMIT)
