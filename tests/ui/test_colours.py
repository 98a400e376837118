"""Every text can be read in every theme, on terminals of many colours and of few, also on the row one is on."""

from collections.abc import Iterator
from itertools import product

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from tests.ui.reader import LoadedSession, RecordingPrograms
from tui.config.settings import Settings
from tui.config.themes import COLOURS, Colours, load_theme, theme_names
from tui.resources import sample_content_dir
from tui.ui.app import NewsdeckApp
from tui.ui.terminal import TerminalKind, terminal_kind
from tui.ui.widgets.inks import INKS
from tui.ui.widgets.story_pane import StoryPane

LEAST = 4.5
LINES = frozenset({"rule", "bar", "bar-focus", "bar-back"})
"""Inks of lines, which say nothing that a text does not say."""
GROUNDS = ("background", "surface", "panel", "mark", "mark-rest")
# What xterm shows for the sixteen names; of other terminals nobody can know. Without any it is white on black.
SIXTEEN = dict(
    zip(
        ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"],
        ("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
        strict=True,
    )
) | dict(
    zip(
        (f"bright_{name}" for name in ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]),
        ("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
        strict=True,
    )
)


def shown(colour: str, *, is_ground: bool) -> str:
    """The colour as #rrggbb."""
    if colour.startswith("#"):
        return colour
    name = colour.removeprefix("ansi_")
    return ("#000000" if is_ground else "#ffffff") if name == "default" else SIXTEEN[name]


def lightness(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 has it, from 1 to 21."""
    dark, light = sorted((lightness(one), lightness(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_colour(style: Style) -> str:
    colour = style.color
    assert colour is not None
    if colour.triplet is not None:
        return colour.triplet.hex
    if colour.is_default:
        return shown("ansi_default", is_ground=False)
    return list(SIXTEEN.values())[colour.number or 0]


@pytest.fixture(params=[*product(theme_names(), COLOURS)], ids=lambda pair: "-".join(pair))
def looks(request: pytest.FixtureRequest) -> tuple[str, Colours]:
    name, colours = request.param
    return name, colours


async def test_every_text_has_contrast_on_everything_it_stands_on(looks: tuple[str, Colours]) -> None:
    name, colours = looks
    roles = {**load_theme(name, colours).colors, **load_theme(name, colours).variables}
    session = LoadedSession(sample_content_dir(), Settings(), RecordingPrograms())
    app = NewsdeckApp(session, Settings(theme=name, read_after=0), TerminalKind(colours))
    async with app.run_test(size=(100, 20)):
        pane = app.screen.query_one(StoryPane)
        inks = {ink: pane.ink(ink) for ink in INKS}
        texts = {ink: ink_colour(style) for ink, style in inks.items() if style.color and ink not in LINES}
        assert {"text", "dim", "faint", "number", "match", "link", "bad", "selection"} <= texts.keys()
        selected = inks["selection"].bgcolor
        assert selected is not None
        chosen = ink_colour(Style(color=selected))
        assert contrast(texts.pop("selection"), chosen) >= LEAST
        poor = [
            (ink, ground, round(contrast(colour, shown(roles[ground], is_ground=True)), 1))
            for ink, colour in texts.items()
            for ground in GROUNDS
            if contrast(colour, shown(roles[ground], is_ground=True)) < LEAST
        ]
        assert poor == []


def pairs(roles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Texts of the toolkit's own, each with what it stands on."""
    yield from ((title, "background") for title in ("ink-dim", "line-focus"))
    for place in ("screen", "input"):
        yield f"{place}-selection-foreground", f"{place}-selection-background"


def test_what_the_toolkit_draws_has_contrast_too(looks: tuple[str, Colours]) -> None:
    data = load_theme(*looks)
    roles = {**data.colors, **data.variables}
    for text, ground in pairs(roles):
        assert contrast(shown(roles[text], is_ground=False), shown(roles[ground], is_ground=True)) >= LEAST, text


def test_few_colours_are_drawn_as_they_were_chosen(looks: tuple[str, Colours]) -> None:
    name, colours = looks
    data = load_theme(name, colours)
    values = [value for value in (*data.colors.values(), *data.variables.values()) if value != "none"]
    if data.ansi:
        assert all(value.startswith("ansi_") for value in values)
    elif colours == "256":
        for value in values:
            drawn = Color.parse(value).downgrade(ColorSystem.EIGHT_BIT)
            assert drawn.get_truecolor().hex == value, "this is not one of the 256 colours"
    assert data.ansi == (colours == "16" or name == "terminal")


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "all"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, "all"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "1"}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "xterm-16color"}, "16"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_COLOR_SYSTEM": "standard"}, "16"),
        ({}, "16"),
    ],
)
def test_how_many_colours_there_are_is_what_the_terminal_says(environ: dict[str, str], colours: Colours) -> None:
    assert terminal_kind(environ).colours == colours
