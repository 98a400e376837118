"""What site makers and note takers put into Markdown that no reader is meant to see, and what it shows instead.

Shortcodes and tags of Hugo, Jekyll and WordPress, lists of attributes, footnotes, and links in double brackets. Code
stays as it is. Every expression is linear in its text, whatever that holds.
"""

import re
from collections.abc import Callable
from typing import Final

_CODE: Final = re.compile(r"(?ms)^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1|\Z)|(`{1,2})(?!`)[^`\n]{1,2000}\2(?!`)")
_HIGHLIGHT: Final = re.compile(r"\{%-?[ ]*(?:end)?highlight\b[^%\n]{0,100}%\}")
_SHORTCODE: Final = re.compile(r"\{\{[<%]-?[ \t]*(/?)[ \t]*([A-Za-z][\w./-]{0,60})([^{}]{0,1000}?)/?[ \t]*-?[%>]\}\}")
# A tag of Jekyll or Eleventy, over several lines but no empty one.
_TAG: Final = re.compile(r"\{%-?[ \t\n]{0,20}(\w{0,60})((?:[^%{\n]++|\n(?![ \t]*\n)|%(?!\})|\{(?!%)){0,400}+)%\}")
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
_ATTRIBUTES: Final = re.compile(
    r"(?m)^[ \t]*\{:[^{}\n]{0,300}\}[ \t]*$|(?<=[)\]])\{[:#.][^{}\n]{1,300}\}|[ \t]+\{#[^{}\n]{1,200}\}[ \t]*$"
)
_EMBED: Final = re.compile(r"!\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_WIKI: Final = re.compile(r"(?<!\[)\[\[(?=[^\[\]\n]*[A-Z \t|/.#])(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\](?!\])")
_NOTE: Final = re.compile(r"(?m)^[ ]{0,3}\[\^([^\[\]\s]{1,60})\]:[ \t]*")
_NOTE_MARK: Final = re.compile(r"\[\^([^\[\]\s]{1,60})\]")
# Signs of bold words that close behind a blank, as word processors leave them; where it may be anything else they stay.
_BOLD_BLANK: Final = re.compile(
    r"(?<!\S)\*\*(?=[^\s*])([^*\n]{0,300}?[^\s*,])"
    r"((?<=[:.!?\u2013\u2014-])[ ]|\u00a0[ ]?|[ ](?=\*\*[A-Z]))\*\*(?=[^\W\d_])"
)
_BEHIND_WORDS: Final = re.compile(r"(</(?:h[1-6]|p)>)[ \t]*(?=[^\s<][^<\n]{0,300}(?:\]\(|\*\*))")
# Behind a tag that ends a block other makers read Markdown again, even without an empty line.
_BEHIND_BLOCK: Final = re.compile(
    r"(?m)(</(?:h[1-6]|p|div|center|figure|iframe|table|ul|ol|blockquote)>[ \t]*)\n(?=[^\s<])"
)
_IN_CELL: Final = re.compile(r"(?m)^([ \t]*<(?:td|th|div|center|dd)\b[^<>\n]{0,300}>)[ \t]*(?=!?\[|\*\*)")
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_VIDEO: Final = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_PICTURES: Final = frozenset(
    ("figure", "img", "image", "legacy-img", "img-right", "img-left", "img-flexible", "asset-static")
)
_REFERENCES: Final = frozenset(("ref", "relref"))
_MANY_NOTES: Final = 1000


def readable_markdown(source: str) -> str:
    """A body in Markdown as it is meant to be read."""
    source = _HIGHLIGHT.sub("\n```\n", source) if "highlight" in source else source
    if not any(
        sign in source for sign in ("{", "[^", "[[", "</", "**", "[caption", "[/", "[gallery", "[embed", "[youtube")
    ):
        return source
    numbers: dict[str, int] = {}
    pieces: list[str] = []
    at = 0
    for code in _CODE.finditer(source):
        pieces += (_readable(source[at : code.start()], numbers), code[0])
        at = code.end()
    pieces.append(_readable(source[at:], numbers))
    return "".join(pieces)


def readable_html(source: str) -> str:
    """A body in HTML without the shortcodes in it."""
    return _without_tags(_SHORTCODE.sub(_shown, source)) if "{" in source else source


def _readable(text: str, numbers: dict[str, int]) -> str:
    text = _WORDPRESS.sub("", text)
    if "{" in text:
        text = _ATTRIBUTES.sub("", _without_tags(_HOLED.sub("](#)", _SHORTCODE.sub(_shown, text))))
    if "[[" in text:
        text = _WIKI.sub(r"\1", _EMBED.sub(_embedded, text))
    if "[^" in text:
        number = _numbering(numbers)
        text = _NOTE_MARK.sub(number, _NOTE.sub(lambda match: f"\n\n{number(match)} ", text))
    if "**" in text:
        text = _BOLD_BLANK.sub(r"**\1**\2", text)
    if "</" in text:
        text = _BEHIND_WORDS.sub(r"\1\n\n", _BEHIND_BLOCK.sub(r"\1\n\n", text))
    return _IN_CELL.sub(r"\1\n\n", text)


def _without_tags(text: str) -> str:
    """A text without what Jekyll, Eleventy and their like put in its place; of their pictures what they show."""
    return _PUT_IN.sub(_put_in, _TAG.sub(_tagged, text))


def _put_in(match: re.Match[str]) -> str:
    return match["quoted"] or match["ticked"] or ("…" if match["value"] else "")


def _tagged(match: re.Match[str]) -> str:
    named = _SAID.search(match[2])
    if named:
        return _pictured(named[1], match)
    texts: list[str] = _IN_QUOTES.findall(match[2]) if match[1].lower() in _PICTURES else []
    return _pictured(texts[1], match) if len(texts) > 1 else ""


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
        return (
            f"[{named.get('title') or name}]({_VIDEO[name].format(film)})" if re.fullmatch(r"[\w-]{1,40}", film) else ""
        )
    if name in _PICTURES or named.keys() & {"src", "alt"}:
        said = named.get("caption") or named.get("alt") or named.get("title") or ""
        return _pictured(said, match)
    return ""


def _embedded(match: re.Match[str]) -> str:
    """What is said of something that a note shows inside of it."""
    what = match[1]
    return f"[image: {what}]" if _PICTURE.search(what) else what


def _numbering(numbers: dict[str, int]) -> Callable[[re.Match[str]], str]:
    """Numbers footnotes in the order in which they come up."""

    def number(match: re.Match[str]) -> str:
        if match[1] not in numbers and len(numbers) >= _MANY_NOTES:
            return match[0]
        return str(numbers.setdefault(match[1], len(numbers) + 1)).translate(_SUPERSCRIPT)

    return number
