"""What site makers and note takers put into Markdown that no reader is meant to see, and what it shows instead.

Shortcodes and tags of Hugo, Jekyll and WordPress, lists of attributes, footnotes, and links in double brackets. Code
stays as it is. Every expression is linear in its text, whatever that holds.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from tui.text.components import without_components
from tui.text.emphasis import mended_bold
from tui.text.formulas import FORMULA, LETTER, has_formulas, written
from tui.text.includes import with_included
from tui.text.mending import mended
from tui.text.notices import framed
from tui.text.patterns import compiled

_SHORTCODE: Final = re.compile(r"\{\{[<%]-?[ \t]*(/?)[ \t]*([A-Za-z][\w./-]{0,60})([^{}]{0,4000}?)/?[ \t]*-?[%>]\}\}")
_CODE: Final = (
    r"(?ms)(?P<code>^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)|\Z)"
    r"|(?P<tick>`{1,2})(?!`)[^`\n]{1,2000}(?P=tick)(?!`))"
)
_OTHER_PARTS: Final = rf"|(?P<comment><!--|\{{/\*)|(?P<raw>\{{%-?[ ]*raw[ ]*-?%\}})|(?P<shortcode>{_SHORTCODE.pattern})"
_PART: Final = re.compile(rf"{_CODE}{_OTHER_PARTS}")
_PART_OR_FORMULA: Final = re.compile(rf"{_CODE}|{FORMULA}|{LETTER}{_OTHER_PARTS}")
"""What of a text is looked at before all else, for signs mean nothing in it: code, comments, what is put in."""
_ENDS: Final = {"<!--": "-->", "{/*": "*/}"}
_END_OF_RAW: Final = re.compile(r"\{%-?[ ]*endraw[ ]*-?%\}")
# What stands for code while the text around it is read; such characters are of no text.
_KEPT: Final = re.compile("\ue0ff([0-9]+)\ue0fe")
_KEPT_SIGNS: Final = {0xE0FE: "\ufffd", 0xE0FF: "\ufffd"}
_RAW_SIGN: Final = re.compile(r"\{%-?[ ]*(?:end)?raw[ ]*-?%\}")
# The blocks of an outline that are no text.
_OUTLINED_CODE: Final = re.compile(r"(?mi)^([ \t]*(?:-[ ])?)#\+(?:BEGIN|END)_(?:SRC|EXAMPLE|QUERY|EXPORT)\b[^\n]*$")
_HIGHLIGHT: Final = re.compile(r"\{%-?[ ]*(?:end)?(?:highlight|codeblock|prism|code)\b[^%\n]{0,100}%\}")
_SET_CODE: Final = re.compile(r"\{%-?[ ]*(?:set[ ]+\w{0,40}[cC]ode\w{0,40}|endset)[ ]*-?%\}")
_PUT_CODE: Final = re.compile(r"\{\{-?[ ]*\w{0,40}[cC]ode\w{0,40}[ ]*\|[^{}\n]{0,200}\}\}")
_NOTE_TO_MAKER: Final = compiled(r"\{#(?:[^#{}]|#(?!\})){0,4000}+#\}")
_IN_ATTRIBUTE: Final = re.compile(r"(?<==\")\{\{[^{}\"\n]{0,200}\}\}(?=\")")
_WAY_BACK: Final = re.compile(
    r"(?im)^((?:#{1,6}|[ \t]*[-*+])[ \t][^\n]{0,500}?)[ \t]*\[?"
    r"\[(?:toc|top|back to top|[#¶§↑↩⬆🔗]\ufe0f?)\]\(#[^()\n]{0,200}\)\]?[ \t]*$"
)
_NAMED_SIGN: Final = re.compile(r"(?<![\w:/@.-]):[a-z0-9_+-]{2,40}:(?![\w:/])")
_FILE: Final = re.compile(
    r"[^\s\"'()<>{}\[\]=|]{1,300}\.(?:(?P<picture>png|jpe?g|gif|svg|webp|avif|bmp|heic)|ipynb|mp4|webm|mov|mp3|pdf|py|zip)\b",
    re.IGNORECASE,
)
# A tag of Jekyll or Eleventy, over several lines but no empty one.
_TAG: Final = compiled(r"\{%-?[ \t\n]{0,20}(\w{0,60})((?:[^%{\n]++|\n(?![ \t]*\n)|%(?!\})|\{(?!%)){0,400}+)%\}")
# What is put in from elsewhere: a text that is only filtered stands for itself, and of values nothing is known.
_PUT_IN: Final = re.compile(
    r"(?P<open><)?\{\{-?[ \t]*(?:"
    r"(?:\"(?P<quoted>[^\"\n{}]{0,500})\"|'(?P<ticked>[^'\n{}]{0,500})')[ \t]*(?:\|[^{}\n]{0,200})?"
    r"|(?:site|page|post|include|layout|content|relative_url)\b[^{}\n]{0,200}"
    r"|(?P<value>[A-Za-z_]\w{0,60}(?:(?:\.\w{1,60}){1,9}[ \t]*-?|(?:\.\w{1,60}){0,9}[ \t]*\|[^{}\n]{0,200}))"
    r")\}\}(?(open)>?)"
)
# The target of a link with a hole in it leads nowhere.
_HOLED: Final = re.compile(r"\]\((?=[^()\s\"]{0,500}\{[{%])[^()\n]{0,800}\)")
_SAID: Final = re.compile(r"\b(?:caption|alt)[ \t]*[:=][ \t]*\"([^\"\n]{1,1000})\"")
_IN_QUOTES: Final = re.compile(r"\"([^\"\n]{0,1000})\"")
_ARGUMENT: Final = re.compile(r"(?:([\w-]{1,40})[ \t]*=[ \t]*)?(?:\"([^\"\n]*)\"|`([^`\n]*)`|([^\s\"=]+))")
_WORDPRESS: Final = re.compile(
    r"\[/?(?:caption|gallery|embed|youtube|audio|video|playlist|vimeo)(?:[ \t][^\[\]\n]{0,500})?\](?!\()"
)
_WORDPRESS_FILM: Final = re.compile(r"\[(youtube|vimeo)[ =](https?://[^\s\[\]&]{1,300})[^\[\]\n]{0,200}\](?!\()")
_ATTRIBUTES: Final = re.compile(
    r"(?m)^[ \t]*\{(?::|#\w|\.[A-Za-z])[^{}\n]{0,300}\}[ \t]*$"
    r"|(?<=[)\]>])(?:\{[ ]?(?:[:#.]|[A-Za-z-]{1,40}=)[^{}\n]{1,300}\}){1,9}"
    r"|\s\{:?(?:#[ ]?\w|\.[A-Za-z])[^{}\n]{0,200}\}(?=[ \t]*(?:$|<))"
)
_EMBED: Final = re.compile(r"!\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_WIKI: Final = re.compile(r"(?<!\[)\[\[(?=[^\[\]\n]*[A-Z \t|/.#])(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\](?!\])")
_WIKI_WORD: Final = re.compile(r"(?<![\w\[])\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\](?![\]\w])")
_NOTE: Final = re.compile(r"(?m)^[ ]{0,3}\[\^([^\[\]\n]{1,60})\]:[ \t]*")
_NOTE_MARK: Final = re.compile(r"\[\^([^\[\]\n]{1,60})\]")
# Signs of bold words that close behind a blank, as word processors leave them; where it may be anything else they stay.
_BOLD_BLANK: Final = re.compile(
    r"(?<!\S)\*\*(?=[^\s*])([^*\n]{0,300}?[^\s*,])"
    r"((?<=[:.!?\u2013\u2014-])[ ]|\u00a0[ ]?|[ ](?=\*\*[A-Z]))\*\*(?=[^\W\d_])"
)
_BEHIND_WORDS: Final = re.compile(
    r"(</(?:h[1-6]|p|li|ul|ol|blockquote|div|figure)>)[ \t]*(?=[^\s<][^<\n]{0,300}(?:\]\(|\*\*|_))"
)
# Behind a tag that ends a block other makers read Markdown again, even without an empty line.
_BEHIND_BLOCK: Final = re.compile(
    r"(?m)(</(?:h[1-6]|p|div|center|figure|iframe|table|ul|ol|blockquote)>[ \t]*)\n(?=[^\s<])"
)
_IN_CELL: Final = re.compile(r"(?m)^([ \t]*<(?:td|th|div|center|dd)\b[^<>\n]{0,300}>)[ \t]*(?=!?\[|\*\*)")
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>{}|]{1,1000}")
_STEERING: Final = frozenset(
    (
        *(
            "if",
            "elsif",
            "elif",
            "else",
            "endif",
            "unless",
            "case",
            "when",
            "for",
            "endfor",
            "assign",
            "capture",
            "set",
        ),
        *("include", "include_relative", "render", "import", "extends", "block", "macro", "comment", "css", "js"),
    )
)
"""Tags that say how a page is made: an address in one of them is no link."""
_POSTS: Final = frozenset(("post_link", "link"))
_VIDEO: Final = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_PICTURES: Final = frozenset(
    ("figure", "img", "image", "legacy-img", "img-right", "img-left", "img-flexible", "asset-static")
)
_REFERENCES: Final = frozenset(("ref", "relref"))
_MANY_NOTES: Final = 1000
_MANY_FILES: Final = 20


def readable_markdown(source: str) -> str:
    """A body in Markdown as it is meant to be read."""
    if "{%" in source:
        source = _HIGHLIGHT.sub("\n```\n", source)
        source = _PUT_CODE.sub("", _SET_CODE.sub("\n```\n", source)) if _SET_CODE.search(source) else source
    if "#+" in source:
        source = _OUTLINED_CODE.sub(r"\1```", source)
    source = framed(source)
    if not any(
        sign in source
        for sign in (
            "{",
            "[^",
            "[[",
            "[ ]",
            "[x]",
            "[X]",
            "</",
            "<",
            "**",
            "[caption",
            "[/",
            "[gallery",
            "[embed",
            "[youtube",
            "](",
            "] (",
            "][",
            "$",
            "==",
            "^",
            "port ",
            ":",
        )
    ):
        return source
    kept: list[str] = []
    return _KEPT.sub(lambda match: kept[int(match[1])], _readable(_without_code(source, kept), {}))


def _without_code(source: str, kept: list[str]) -> str:
    """A text without comments, in which a mark stands for each piece of code, which is kept."""
    source = source.translate(_KEPT_SIGNS)
    pieces: list[str] = []
    at = 0
    with_formulas = has_formulas(source)
    form = _PART_OR_FORMULA if with_formulas else _PART
    while part := form.search(source, at):
        pieces.append(source[at : part.start()])
        at = part.end()
        if part["comment"]:
            end = source.find(_ENDS[part[0]], at)
            at = end + 3 if end >= 0 else len(source) if part[0] == "<!--" else at
            if pieces[-1].endswith("**") and source.startswith("**", at):
                # Bold signs around nothing else would be taken for others.
                pieces[-1], at = pieces[-1][:-2], at + 2
            continue
        if part["shortcode"]:
            is_target = source[part.start() - 2 : part.start()] == "]("
            whole = _SHORTCODE.match(source, part.start())
            pieces.append("#" if is_target or whole is None else _shown(whole))
            continue
        if part["raw"]:
            end_of_raw = _END_OF_RAW.search(source, at) if "endraw" in source[at:] else None
            if end_of_raw is None:
                continue
            pieces.append(f"\ue0ff{len(kept)}\ue0fe")
            kept.append(source[at : end_of_raw.start()])
            at = end_of_raw.end()
            continue
        pieces.append(f"\ue0ff{len(kept)}\ue0fe")
        kept.append(written(part) if with_formulas and not part["code"] else _RAW_SIGN.sub("", part[0]))
    return "".join((*pieces, source[at:]))


def files_named(source: str) -> list[tuple[str, str]]:
    """The files that a text in Markdown or HTML puts in, as words and the address of each, at most twenty."""
    found: dict[str, str] = {}
    for match in _FILE.finditer(source):
        name = unquote(match[0].rsplit("/", 1)[-1])
        found.setdefault(f"[{'image' if match['picture'] else 'file'}: {name}]", match[0])
        if len(found) == _MANY_FILES:
            break
    return list(found.items())


def readable_html(source: str) -> str:
    """A body in HTML without the shortcodes in it."""
    return _without_tags(_SHORTCODE.sub(_shown, source)) if "{" in source else source


def _readable(text: str, numbers: dict[str, int]) -> str:
    text = _WORDPRESS.sub("", _WORDPRESS_FILM.sub(r"[\1](\2)", text))
    text = _WAY_BACK.sub(r"\1", text)
    if "{" in text:
        text = _IN_ATTRIBUTE.sub("", _NOTE_TO_MAKER.sub("", text))
        text = _ATTRIBUTES.sub("", _without_tags(_HOLED.sub("](#)", text)))
    text = mended(without_components(text))
    if "[[" in text:
        text = _EMBED.sub(_embedded, text)
        # In a note that has links of its own, a lone word in such brackets is one, too.
        linked, count = _WIKI.subn(r"\1", text)
        text = _WIKI_WORD.sub(r"\1", linked) if count else text
    if "[^" in text:
        number = _numbering(numbers, frozenset(note for note in _NOTE.findall(text) if not note.isalnum()))
        text = _NOTE_MARK.sub(number, _NOTE.sub(lambda match: f"\n\n{number(match)} ", text))
    if "**" in text:
        text = _BOLD_BLANK.sub(r"**\1**\2", mended_bold(text))
    if ":" in text:
        text = _NAMED_SIGN.sub(_drawn, text)
    if "</" in text:
        text = _BEHIND_WORDS.sub(r"\1\n\n", _BEHIND_BLOCK.sub(r"\1\n\n", text))
    return _IN_CELL.sub(r"\1\n\n", text)


def _without_tags(text: str) -> str:
    """A text without what Jekyll, Eleventy and their like put in its place; of their pictures what they show."""
    return _PUT_IN.sub(_put_in, _TAG.sub(_tagged, with_included(text)))


def _put_in(match: re.Match[str]) -> str:
    return match["quoted"] or match["ticked"] or ("…" if match["value"] else "")


def _tagged(match: re.Match[str]) -> str:
    name, rest = match[1].lower(), match[2]
    named = _SAID.search(rest)
    if named:
        return _pictured(named[1], match)
    texts: list[str] = _IN_QUOTES.findall(rest) if name in _PICTURES or name in _POSTS else []
    if name in _PICTURES and len(texts) > 1:
        return _pictured(texts[1], match)
    if name in _POSTS and texts:
        return texts[-1]
    if name in _VIDEO:
        return _film(name, rest.strip().partition(" ")[0].strip("\"'"), "")
    address = None if name in _STEERING else _ADDRESS.search(rest)
    return f"<{address[0]}>" if address else ""


def _film(site: str, film: str, title: str) -> str:
    """A link to a film of a site by its number there; empty for what is no number."""
    return f"[{title or site}]({_VIDEO[site].format(film)})" if re.fullmatch(r"[\w-]{1,40}", film) else ""


def _drawn(match: re.Match[str]) -> str:
    """The sign that has such a name, or the name."""
    from rich.emoji import Emoji  # thousands of names that few bodies need

    return Emoji.replace(match[0])


def _pictured(said: str, match: re.Match[str]) -> str:
    """What is said of a picture, as a block of its own unless it stands in a link."""
    if not said:
        return ""
    return f"[image: {said}] " if match.string[match.start() - 1 : match.start()] == "[" else f"\n\n[image: {said}]\n\n"


def _shown(match: re.Match[str]) -> str:
    """What a shortcode shows: what a picture is of, where a film is; nothing of those that only frame a text."""
    closes, name, rest = match[1], match[2].lower(), match[3]
    if closes:
        return ""
    if name in _REFERENCES:
        return "#"
    arguments = [(key, quoted or ticked or bare) for key, quoted, ticked, bare in _ARGUMENT.findall(rest)]
    named = {key.lower(): value for key, value in arguments if key}
    if name in _VIDEO:
        film = named.get("id") or next((value for key, value in arguments if not key), "")
        return _film(name, film, named.get("title", ""))
    if name in _PICTURES or named.keys() & {"src", "alt"}:
        said = named.get("caption") or named.get("alt") or named.get("title") or ""
        return _pictured(said, match)
    return ""


def _embedded(match: re.Match[str]) -> str:
    """What is said of something that a note shows inside of it."""
    what = match[1]
    return f"[image: {what}]" if _PICTURE.search(what) else what.partition("#^")[0]


def _numbering(numbers: dict[str, int], noted: frozenset[str]) -> Callable[[re.Match[str]], str]:
    """Numbers footnotes in the order in which they come up; a mark of several words must be among those `noted`."""

    def number(match: re.Match[str]) -> str:
        if " " in match[1] and match[1] not in noted:
            return match[0]
        if match[1] not in numbers and len(numbers) >= _MANY_NOTES:
            return match[0]
        return str(numbers.setdefault(match[1], len(numbers) + 1)).translate(_SUPERSCRIPT)

    return number
