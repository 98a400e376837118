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
_LIQUID: Final = re.compile(
    r"\{%[^%\n]{0,300}%\}|\{\{-?[ \t]*(?:site|page|post|include|layout|content|relative_url)\b[^{}\n]{0,200}\}\}"
)
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
    if not any(sign in source for sign in ("{", "[^", "[[", "</", "[caption", "[/", "[gallery", "[embed", "[youtube")):
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
    return _LIQUID.sub("", _SHORTCODE.sub(_shown, source)) if "{" in source else source


def _readable(text: str, numbers: dict[str, int]) -> str:
    text = _WORDPRESS.sub("", text)
    if "{" in text:
        text = _ATTRIBUTES.sub("", _LIQUID.sub("", _SHORTCODE.sub(_shown, text)))
    if "[[" in text:
        text = _WIKI.sub(r"\1", _EMBED.sub(_embedded, text))
    if "[^" in text:
        number = _numbering(numbers)
        text = _NOTE_MARK.sub(number, _NOTE.sub(lambda match: f"\n\n{number(match)} ", text))
    return _IN_CELL.sub(r"\1\n\n", _BEHIND_BLOCK.sub(r"\1\n\n", text))


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
        return f"\n\n[image: {said}]\n\n" if said else ""
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
