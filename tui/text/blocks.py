"""The neutral form of a card's body: blocks of clean plain text that any widget or pipe can paint."""

import re
from typing import Literal

import msgspec

from tui.errors import UrlRefusedError
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
_CELL_SEPARATOR = " | "
# One no-break blank between two words is meant; several, or one beside other blanks, only make room.
_WIDE_BLANKS = re.compile(r"[^\S\n]{2,}")
_BLANKS_AT_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*")
_REPEATED_CAPTION = re.compile(r"^\[image: (.+)\]\n\1$", re.MULTILINE)
_EMOJI_NAME = re.compile(r":[\w+-]{1,40}:")
# Says which brackets open the number of a link until a block is made; of a text itself it is taken away.
_NUMBER_SIGN = "\ue000"
_EMPTY_LINES = re.compile(r"\n{2,}")

Kind = Literal["heading", "paragraph", "item", "quote", "code", "rule"]


class Block(msgspec.Struct, frozen=True, gc=False):
    """A piece of a body that stands on lines of its own.

    `text` is clean and has no blanks at its ends (only code keeps its indentation); line feeds in it are meant, and
    `[3]` after a linked text points to the third of the body's links. `level` is 1 to 6 for headings, the depth from
    1 for items and quotes, else 0. `marker` is what stands before an item ("•", "3."), empty where it goes on.
    `numbers` are the places in the text of the brackets that open the number of a link: a text may hold others.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    marker: str = ""
    numbers: tuple[int, ...] = ()

    def numbered_from(self, first: int) -> str:
        """The text with the links of the body numbered from `first` on instead of from 1."""
        if first == 1 or not self.numbers:
            return self.text
        pieces: list[str] = []
        at = 0
        for place in self.numbers:
            end = self.text.index("]", place)
            pieces += (self.text[at : place + 1], str(int(self.text[place + 1 : end]) + first - 1))
            at = end
        return "".join((*pieces, self.text[at:]))


class Body(msgspec.Struct, frozen=True):
    """A card's body, ready to paint.

    `links` are the targets of the numbered links, each as `tui.text.urls.check_url` wrote it. `truncated` says that
    the body goes on beyond what is kept.
    """

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = ()
    truncated: bool = False


class BlockBuilder:
    """Gathers text, breaks and links in reading order, and cleans whatever becomes a block."""

    def __init__(self) -> None:
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
        self._pieces.append(text.replace(_NUMBER_SIGN, ""))
        self._link_has_text = True
        if self._bold_depth:
            self._has_bold = True
        else:
            self._has_plain = True

    def add_image(self, description: str) -> None:
        """Adds what an image shows, if anything is known of it; a linked image is the text of its link."""
        if self._target or _EMOJI_NAME.fullmatch(description):
            self.add_text(description)
        elif description:
            self.add_text(f"\n[image: {description}]\n")

    def begin_cell(self) -> None:
        """What comes next stands in another cell of the same row."""
        self._cell_pending = self._has_bold or self._has_plain

    def begin_bold(self) -> None:
        """What comes next is bold."""
        self._bold_depth += 1

    def end_bold(self) -> None:
        """The innermost bold text ends."""
        self._bold_depth = max(0, self._bold_depth - 1)
        if not self._has_plain:
            self._lead_end = len(self._pieces)

    def begin_link(self, target: str) -> None:
        """What comes next leads to `target`, any text; one that the link policy refuses gets no number."""
        self.end_link()
        try:
            self._target = check_url("https:" + target if target.startswith("//") else target)
        except UrlRefusedError:
            self._target = ""
        self._link_has_text = False

    def end_link(self) -> None:
        """The open link, if there is one, ends."""
        self._number_link()
        self._target = ""

    def end_block(self, kind: Kind, level: int = 0, marker: str = "") -> bool:
        """Makes a block of what was gathered; says whether there was anything to show."""
        self._number_link()
        before = len(self._blocks)
        if kind == "code":
            self._append(Block("code", clean_preformatted("".join(self._pieces))))
        else:
            if kind == "paragraph":
                self._take_heading()
            for text in _paragraphs("".join(self._pieces)):
                self._append(Block(kind, text, min(level, LEVEL_LIMIT), marker))
                marker = ""
        self._pieces.clear()
        self._cell_pending = self._has_bold = self._has_plain = False
        self._lead_end = 0
        return len(self._blocks) > before

    def _take_heading(self) -> None:
        """A paragraph that is bold, or starts with a bold line, is how mails write a heading."""
        if not self._has_bold:
            return
        end = self._lead_end if self._has_plain else len(self._pieces)
        lead = clean_block("".join(self._pieces[:end]), BODY_LIMIT)
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
        if _NUMBER_SIGN in block.text:
            text, *rest = block.text.split(_NUMBER_SIGN)
            places: list[int] = []
            for part in rest:
                places.append(len(text))
                text += part
            block = msgspec.structs.replace(block, text=text, numbers=tuple(places))
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
        said = f"{_NUMBER_SIGN}[{number}]"
        self._pieces.append(f"{said} " if blank_after else f" {said}")


def _paragraphs(raw: str) -> list[str]:
    text = _BLANKS_AT_BREAK.sub("\n", _WIDE_BLANKS.sub(" ", clean_block(raw, BODY_LIMIT)))
    return [_REPEATED_CAPTION.sub(r"[image: \1]", part.strip()) for part in _EMPTY_LINES.split(text)]
