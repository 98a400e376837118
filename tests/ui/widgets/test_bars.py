"""The line above the panes and the line below them: what matters most is kept where there is little room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult

from tests.ui.reader import text_of
from tui.config.actions import ACTIONS
from tui.ui.widgets.bars import Headline, HintBar, TitleBar

FULL = Headline("azure", 4958, "“cosmos” in topic Databases · 12 shown", 3)
LOADING = Headline("azure", 1200, "", 3, 1500, 6000, True, 4.2)


class BarApp(App[None]):
    CSS = "TitleBar, HintBar { height: 1; }"

    def __init__(self, headline: Headline, place: str) -> None:
        super().__init__()
        self._headline = headline
        self._place = place

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield HintBar(ACTIONS, id="hints")

    def on_mount(self) -> None:
        self.query_one(TitleBar).headline = self._headline
        self.query_one(HintBar).place = self._place


@asynccontextmanager
async def show(headline: Headline, width: int, place: str = "3 of 4,958") -> AsyncIterator[tuple[str, str]]:
    app = BarApp(headline, place)
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        yield text_of(app.query_one(TitleBar)), text_of(app.query_one(HintBar))


@pytest.mark.parametrize(
    ("headline", "width", "line"),
    [
        (Headline("demo", 26), 40, " newsdeck  demo · 26 stories"),
        (Headline("one", 1), 40, " newsdeck  one · 1 story"),
        (Headline("azure", 4958, problems=1), 60, " newsdeck  azure · 4,958 stories              1 problem (!)"),
        (
            FULL,
            100,
            " newsdeck  azure · 4,958 stories · “cosmos” in topic Databases · 12 shown            3 problems (!)",
        ),
        (FULL, 60, " newsdeck  azure · 4,958 stories · “cosmos” i… 3 problems (!)"),
        (Headline("azure", loading=True), 60, " newsdeck  azure · 0 stories              looking for cards"),
        (LOADING, 90, " newsdeck  azure · 1,200 st… ━━━───────── 1,500 of 6,000 files, 4 s left 3 problems (!)"),
        (Headline("x" * 50, 3), 20, " newsdeck  xxxxxxxx…"),
    ],
)
async def test_the_title_says_what_is_shown(headline: Headline, width: int, line: str) -> None:
    async with show(headline, width) as (title, _hints):
        assert title == line


@pytest.mark.parametrize("width", [20, 30, 40, 50, 79])
@pytest.mark.parametrize("headline", [FULL, LOADING], ids=["full", "loading"])
async def test_bars_never_run_over(headline: Headline, width: int) -> None:
    async with show(headline, width) as (title, hints):
        assert "newsdeck" in title
        assert "problems (!)" in title
        assert hints.endswith("3 of 4,958")


async def test_hints_that_do_not_fit_are_left_out_whole() -> None:
    async with show(FULL, 200) as (_title, hints):
        assert hints.startswith(" c coverage  o open")
        assert "? help" in hints
    async with show(FULL, 30) as (_title, hints):
        assert hints == " c coverage         3 of 4,958"
