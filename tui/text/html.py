"""Bodies in HTML or Markdown as blocks of readable text.

HTML is read as a stream of tags, never as a tree, so that neither unclosed nor deeply nested elements cost anything;
Markdown becomes HTML first, so that both follow the same rules. Nothing in a body is run, fetched or resolved.
"""

import re
from collections.abc import Mapping

from tui.text.blocks import BlockBuilder, Body, Kind
from tui.text.generators import files_named, readable_html, readable_markdown
from tui.text.leftovers import bold_words, written_pieces
from tui.text.runs import Look
from tui.text.sanitize import BODY_LIMIT
from tui.text.urls import bare_addresses, host_of

MARKDOWN_LIMIT = 64 * 1024
"""Characters read of a Markdown body: the worst of them cost 10 µs each."""
MARKDOWN_LINE_LIMIT = 2000
"""Lines read of a Markdown body: five to a block."""

_EVENT_LIMIT = 18_000
_NESTING_LIMIT = 20
# No text has so many of a sign, and to look for what each belongs to takes long.
_SIGN_LIMITS = (
    ("[", 2000, ("link", "image")),
    ("|", 4000, ("table",)),
    ("*", 5000, ("emphasis",)),
    ("_", 5000, ("emphasis",)),
    ("~", 5000, ("strikethrough",)),
    ("`", 5000, ("backticks",)),
)
_PIXEL_LIMIT = 2
_COLUMN_LIMIT = 40
"""Columns of a table that are kept apart; what further ones hold stands in the last."""

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNSEEN = frozenset(
    {
        *("audio", "canvas", "datalist", "embed", "math", "noembed", "noframes", "noscript", "object", "script"),
        *("select", "style", "svg", "template", "textarea", "title", "video", "xml"),
    }
)
_BOLD = frozenset({"b", "strong"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_LOOKS: dict[str, Look] = {
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "italic"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    "mark": "bold",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_ENDS_HEADING = frozenset({"p", "table", "li", "blockquote", "pre", *_LISTS, *_HEADINGS})
_BREAKS = _ENDS_HEADING | {
    *("address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "header", "html", "legend", "main", "nav", "section"),
    *("summary", "tbody", "tfoot", "thead", "tr"),
}

_SAYS_NOTHING = re.compile(r"(?:icon|image|logo|photo|picture|spacer)?(?:\.[a-z]{3,4})?", re.IGNORECASE)

_Attributes = Mapping[str, str | None]

_SOURCE_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|mso-hide\s*:\s*all", re.I)
_PIXELS = re.compile(r"\s*([0-9]{1,6})\s*(?:px)?\s*")
_START_NUMBER = re.compile(r"[0-9]{1,6}")
_STARTS_WITH_TAG = re.compile(r"\s*<[a-z!]", re.IGNORECASE)


def body_blocks(source: str, body_format: str) -> Body:
    """A body as blocks; total, whatever `source` holds.

    `body_format` is "html" or, for everything else, Markdown (CommonMark with tables, HTML in it read as such). At
    most 256 KiB of HTML or 64 KiB and 2,000 lines of Markdown are read, and 400 blocks kept.
    """
    is_html = body_format == "html"
    text = source[:BODY_LIMIT] if is_html else _first_lines(source[:MARKDOWN_LIMIT])
    truncated = len(text) < len(source.rstrip())
    readable = readable_html(text) if is_html else readable_markdown(text)
    # In Markdown a heading is said to be one, and stars that are meant as such may be said to be none.
    reader = _HtmlReader(bold_leads=is_html, bold_by_stars=not is_html and "\\*" not in text)
    body = _read_html(readable if is_html else _markdown_to_html(readable), reader, truncated=truncated)
    return body if body.blocks else _files_of(text, truncated=truncated)


def _files_of(source: str, *, truncated: bool) -> Body:
    """What stands for a body that is all pictures without a word on them, or all files of other kinds."""
    builder = BlockBuilder()
    for said, address in files_named(source):
        builder.begin_link(address)
        builder.add_text(said)
        builder.end_block("paragraph")
        builder.end_link()
    return builder.build(truncated=truncated)


def _first_lines(source: str) -> str:
    return "\n".join(source.split("\n", MARKDOWN_LINE_LIMIT)[:MARKDOWN_LINE_LIMIT])


def _markdown_to_html(source: str) -> str:
    from markdown_it import MarkdownIt  # 30 ms that only an opened body should cost

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _NESTING_LIMIT})
    parser.enable(["table", "strikethrough"])
    if _STARTS_WITH_TAG.match(source):
        # A body of HTML in a Markdown file: lines that stand far to the right are no code.
        parser.disable("code")
    for sign, most, rules in _SIGN_LIMITS:
        if source.count(sign) > most:
            parser.disable(rules)
    html: str = parser.render(source)
    return html


def _read_html(source: str, reader: "_HtmlReader", *, truncated: bool) -> Body:
    from justhtml import stream  # 80 ms that only an opened body should cost

    for count, event in enumerate(stream(source)):
        if reader.builder.full or count >= _EVENT_LIMIT:
            truncated = True
            break
        if event[0] == "start":
            reader.start(*event[1])
        elif event[0] == "end":
            reader.end(event[1])
        elif event[0] == "text":
            reader.text(event[1])
    reader.flush()
    return reader.builder.build(truncated=truncated)


class _Table:
    """Reads a table that begins with a row of headings; others only make room for what is in them, as mails do."""

    def __init__(self) -> None:
        self.is_open = False
        self._depth = 0
        self._is_fresh = False
        self._heads = self._columns = 0

    def start(self, tag: str, attributes: _Attributes, reader: "_HtmlReader") -> bool:
        """A start tag: whether it was one of a table, or stands in one, and nothing else needs to be done."""
        if tag == "table":
            self._depth += 1
            self._is_fresh = self._depth == 1
        elif not self.is_open and not (tag == "th" and self._is_fresh):
            self._is_fresh = self._is_fresh and tag != "td"
            return False
        elif tag in {"td", "th"} and self._depth == 1:
            if not self.is_open:
                reader.flush()
                self.is_open, self._is_fresh = True, False
            self._heads += tag == "th"
            self._columns += 1
            if self._columns <= _COLUMN_LIMIT:
                reader.builder.begin_column(_align(attributes))
            else:
                reader.builder.begin_cell()
        elif tag == "tr" and self._depth == 1:
            self._end_row(reader.builder)
        elif tag in _BREAKS or tag in {"br", "hr", "td", "th"}:
            reader.builder.add_text("\n")
        else:
            return False
        return self.is_open

    def end(self, tag: str, reader: "_HtmlReader") -> bool:
        """An end tag: whether it was one of a table, or stands in one, and nothing else needs to be done."""
        if tag == "table":
            self._depth = max(self._depth - 1, 0)
            self._is_fresh = False
            if self.is_open and self._depth == 0:
                self.leave(reader.builder)
                return False
        elif self.is_open and tag == "tr" and self._depth == 1:
            self._end_row(reader.builder)
        elif self.is_open and tag in _BREAKS:
            reader.builder.add_text("\n")
        return self.is_open and tag in _BREAKS

    def leave(self, builder: BlockBuilder) -> None:
        """The table ends."""
        if self.is_open:
            self._end_row(builder)
            self.is_open = False

    def _end_row(self, builder: BlockBuilder) -> None:
        if self._columns:
            builder.end_row(is_head=self._heads == self._columns)
        self._heads = self._columns = 0


class _HtmlReader:
    """Follows the tags of a document and calls a `BlockBuilder` with what they mean."""

    def __init__(self, *, bold_leads: bool, bold_by_stars: bool) -> None:
        self.builder = BlockBuilder(bold_leads=bold_leads)
        self._bold_by_stars = bold_by_stars
        self._unseen_tag = ""
        self._unseen_depth = 0
        self._heading = 0
        self._preformatted = 0
        self._code = 0
        self._quotes = 0
        self._lists: list[int | None] = []  # the last number given, None where items have no numbers
        self._marker = ""
        self._table = _Table()

    def start(self, tag: str, attributes: _Attributes) -> None:
        """A start tag; its name in lower case."""
        if self._unseen_tag:
            self._unseen_depth += tag == self._unseen_tag
        elif tag not in _VOID and (tag in _UNSEEN or _is_hidden(attributes)):
            self._unseen_tag, self._unseen_depth = tag, 1
        elif self._table.start(tag, attributes, self):
            return
        elif tag in _BREAKS:
            self.flush()
            self._start_block(tag, attributes)
        elif tag == "hr":
            self.flush()
            self.builder.add_rule()
        else:
            self._start_inline(tag, attributes)

    def end(self, tag: str) -> None:
        """An end tag, whether or not anything is open that it could end."""
        if self._unseen_tag:
            self._unseen_depth -= tag == self._unseen_tag
            if self._unseen_depth == 0:
                self._unseen_tag = ""
        elif self._table.end(tag, self):
            return
        elif tag in _BREAKS:
            self.flush()
            self._end_block(tag)
        elif tag == "a":
            self.builder.end_link()
        elif tag in _BOLD:
            self.builder.end_bold()
        elif tag in _CODE:
            self._code = max(0, self._code - 1)
            self.builder.end_look("code")
        elif tag in _LOOKS:
            self.builder.end_look(_LOOKS[tag])

    def text(self, text: str) -> None:
        """Text with its character references resolved."""
        if self._unseen_tag:
            return
        if self._preformatted or self._code:
            self.builder.add_text(text if self._preformatted else _SOURCE_BLANKS.sub(" ", text))
        else:
            text = _SOURCE_BLANKS.sub(" ", text)
            for part, is_bold in bold_words(text) if self._bold_by_stars else ((text, False),):
                if is_bold:
                    self.builder.begin_bold()
                _add_linked(self.builder, part)
                if is_bold:
                    self.builder.end_bold()

    def flush(self) -> None:
        """What was gathered is a block of the kind that is open."""
        self._table.leave(self.builder)
        self._code = 0  # whatever was left open
        self.builder.end_look("code")
        kind, level = self._open_kind()
        if self.builder.end_block(kind, level, self._marker):
            self._marker = ""

    def _open_kind(self) -> tuple[Kind, int]:
        if self._preformatted:
            return "code", 0
        if self._heading:
            return "heading", self._heading
        if self._lists or self._marker:
            return "item", max(1, len(self._lists))
        if self._quotes:
            return "quote", self._quotes
        return "paragraph", 0

    def _start_block(self, tag: str, attributes: _Attributes) -> None:
        if tag in _ENDS_HEADING:
            self._heading = _HEADINGS.get(tag, 0)
        if tag in _LISTS:
            self._lists.append(_number_before(attributes) if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._preformatted += 1

    def _end_block(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in _LISTS and self._lists:
            self._lists.pop()
            self._marker = ""
        elif tag == "li":
            self._marker = ""
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)

    def _start_inline(self, tag: str, attributes: _Attributes) -> None:
        if tag == "br":
            self.builder.add_text("\n")
        elif tag in {"td", "th"}:
            self.builder.begin_cell()
        elif tag == "a":
            self.builder.begin_link(attributes.get("href") or "")
        elif tag in _BOLD:
            self.builder.begin_bold()
        elif tag in _CODE:
            self._code += 1
            if self._code == 1:
                self.builder.begin_look("code")
        elif tag in _LOOKS:
            self.builder.begin_look(_LOOKS[tag])
        elif tag == "img":
            self.builder.add_image(_description_of_image(attributes))
        elif tag == "iframe":
            self._embed(attributes)

    def _next_marker(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "•"
        self._lists[-1] = number + 1
        return f"{number + 1}."

    def _embed(self, attributes: _Attributes) -> None:
        """A frame is a page of its own: it is named and linked; what stands between its tags is never seen."""
        self._unseen_tag, self._unseen_depth = "iframe", 1
        source = attributes.get("src") or ""
        host = host_of("https:" + source if source.startswith("//") else source)
        if host:
            if not self._table.is_open:
                self.flush()
            self.builder.begin_link(source)
            self.builder.add_text(attributes.get("title") or f"Embedded page of {host}")
            self.builder.end_link()
            if not self._table.is_open:
                self.flush()


def _add_linked(builder: BlockBuilder, text: str) -> None:
    """Adds text whose links in Markdown and bare addresses are links, unless it is the text of a link itself."""
    if builder.in_link:
        builder.add_text(text)
        return
    for words, target, is_image in written_pieces(text):
        if is_image:
            builder.add_image(words)
        elif target:
            _add_link(builder, words, target)
        else:
            at = 0
            for start, end in bare_addresses(words):
                builder.add_text(words[at:start])
                _add_link(builder, words[start:end], words[start:end])
                at = end
            builder.add_text(words[at:])


def _add_link(builder: BlockBuilder, words: str, target: str) -> None:
    builder.begin_link(target)
    builder.add_text(words)
    builder.end_link()


def _align(attributes: _Attributes) -> str:
    """How a cell stands in its column: l, r or c."""
    said = f"{attributes.get('align') or ''} {attributes.get('style') or ''}".lower()
    return "r" if "right" in said else "c" if "center" in said else "l"


def _is_hidden(attributes: _Attributes) -> bool:
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _HIDDEN_STYLE.search(style) is not None)


def _number_before(attributes: _Attributes) -> int:
    start = attributes.get("start") or ""
    return int(start) - 1 if _START_NUMBER.fullmatch(start) else 0


def _description_of_image(attributes: _Attributes) -> str:
    """What an image shows; empty without a word on it, and for the pixels that report a reader to a sender."""
    for side in ("width", "height"):
        pixels = _PIXELS.fullmatch(attributes.get(side) or "")
        if pixels is not None and int(pixels[1]) <= _PIXEL_LIMIT:
            return ""
    description = _SOURCE_BLANKS.sub(" ", attributes.get("alt") or "").strip()
    return "" if _SAYS_NOTHING.fullmatch(description) else description
