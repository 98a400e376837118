"""Texts whose parts look otherwise than the rest, wrapped for a terminal; pure."""

from collections.abc import Iterable, Sequence

from tui.text.runs import Run, Styled
from tui.ui.widgets.lines import BLANK, Line, Span, cell_width, styled, wrap

JOIN = "+"
"""Stands between the names of styles that lie over each other: `text+bold`."""
LINK_NUMBER = "#"
"""Begins the name of a style that only says to which link, by its number, a text leads: `text+#3+link`."""
_ADVICE_CELLS = 60


def styled_lines(text: Styled, style: str, width: int) -> list[tuple[Span, ...]]:
    """The text in lines of at most `width` cells, in a style, with the looks of its runs laid over it."""
    lines = wrap(text.text, width)
    if not text.runs:
        return [((line, style),) for line in lines]
    styles = _styles(text.text, text.runs, style)
    found: list[tuple[Span, ...]] = []
    at = 0
    for line in lines:
        letters: list[Span] = []
        for letter in line:
            while at < len(text.text) and text.text[at] != letter and not letter.isspace():
                at += 1  # blanks at the end of the line before, and what the drawing of a text leaves out
            if letter.isspace():
                letters.append((letter, styles[at] if at < len(text.text) and text.text[at].isspace() else style))
                at += at < len(text.text) and text.text[at].isspace()
            else:
                letters.append((letter, styles[min(at, len(styles) - 1)]))
                at += 1
        found.append(joined(letters))
    return found


def advice_lines(advice: Sequence[str], width: int) -> list[Line]:
    """What stands where there is nothing to show: what is so, then what helps, a paragraph each."""
    lines = [BLANK]
    for number, text in enumerate(advice):
        lines += [*styled(wrap(text, min(width - 2, _ADVICE_CELLS)), "dim" if number else "head", " "), BLANK]
    return lines


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with neighbours of the same style in one."""
    found: list[Span] = []
    for text, style in spans:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + text, style)
        elif text:
            found.append((text, style))
    return tuple(found)


def padded(spans: Sequence[Span], width: int, align: str) -> tuple[Span, ...]:
    """The spans in exactly `width` cells, at the l(eft), r(ight) or c(entre)."""
    room = max(width - sum(cell_width(text) for text, _style in spans), 0)
    before = {"r": room, "c": room // 2}.get(align, 0)
    return joined(((" " * before, ""), *spans, (" " * (room - before), "")))


def _styles(text: str, runs: Iterable[Run], style: str) -> list[str]:
    """The style of each letter."""
    looks: list[list[str]] = [[] for _letter in text]
    for run in runs:
        for place in range(run.start, run.end):
            looks[place] += [run.look, f"{LINK_NUMBER}{run.link}"] if run.link else [run.look]
    return [JOIN.join((style, *sorted(names))) for names in looks]
