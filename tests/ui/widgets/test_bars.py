"""The line above the panes and the line below them: what matters most is kept where there is little room."""

import pytest
from textual.app import App, ComposeResult

from tests.ui.reader import open_reader, text_of
from tui.config.hints import HINTS, KeyPlace, help_of
from tui.ui.widgets.bars import Headline, HintBar, TitleBar, hint_line
from tui.ui.widgets.lines import cell_width

FULL = Headline("azure", 4958, 12, "newest · grouped", 3)
ALL = Headline("azure", 4958, order="newest", rows=2100, unread=12)
RELATED = Headline("azure", 4958, 15, rows=11, unread=4, related=36)
ONLY_RELATED = Headline("azure", 4958, 0, rows=0, unread=0, related=36)
SOME = Headline("azure", 4958, 19, rows=7, unread=4)
LOADING = Headline("azure", 1200, problems=3, done=1500, files=6000, loading=True, seconds_left=4.2)


class BarApp(App[None]):
    CSS = "TitleBar, HintBar { width: 100%; height: 1; }"

    def __init__(self, headline: Headline) -> None:
        super().__init__()
        self._headline = headline

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield HintBar(id="hints")

    def on_mount(self) -> None:
        self.query_one(TitleBar).headline = self._headline
        self.query_one(HintBar).place = "3 of 4,958"


async def bars(headline: Headline, width: int) -> tuple[str, str]:
    app = BarApp(headline)
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        return text_of(app.query_one(TitleBar)), text_of(app.query_one(HintBar))


@pytest.mark.parametrize(
    ("headline", "width", "line"),
    [
        (Headline("demo", 26), 40, " newsdeck  demo · 26 stories"),
        (Headline("one", 1), 40, " newsdeck  one · 1 story"),
        (Headline("azure", 4958, problems=1), 60, " newsdeck  azure · 4,958 stories              1 problem (!)"),
        (FULL, 80, " newsdeck  azure · 4,958 stories · 12 shown     newest · grouped 3 problems (!)"),
        (FULL, 60, " newsdeck  azure · 4,958 stories · 12 shown  3 problems (!)"),
        (FULL, 50, " newsdeck  azure · 12 shown        3 problems (!)"),
        (ALL, 80, " newsdeck  azure · 4,958 stories in 2,100 rows · 12 unread               newest"),
        (ALL, 50, " newsdeck  azure · 4,958 stories · 12 unread"),
        (ALL, 36, " newsdeck  azure · 4,958 stories"),
        (Headline("one", 1, rows=1, unread=0), 60, " newsdeck  one · 1 story in 1 row · all read"),
        (SOME, 80, " newsdeck  azure · 4,958 stories · 19 shown in 7 rows · 4 unread"),
        (SOME, 60, " newsdeck  azure · 4,958 stories · 19 shown · 4 unread"),
        (SOME, 45, " newsdeck  azure · 4,958 stories · 19 shown"),
        (RELATED, 90, " newsdeck  azure · 4,958 stories · 15 shown in 11 rows + 36 in related pieces · 4 unread"),
        (RELATED, 80, " newsdeck  azure · 4,958 stories · 15 shown in 11 rows + 36 related · 4 unread"),
        (RELATED, 60, " newsdeck  azure · 4,958 stories · 15 shown + 36 · 4 unread"),
        (RELATED, 40, " newsdeck  azure · 15 shown + 36"),
        (ONLY_RELATED, 70, " newsdeck  azure · 4,958 stories · 36 only in related pieces"),
        (ONLY_RELATED, 50, " newsdeck  azure · 4,958 stories · 36 related"),
        (Headline("azure", 4958, 0, unread=0), 80, " newsdeck  azure · 4,958 stories · 0 shown"),
        (
            Headline("azure", 4958, 0, waiting="events are still being found"),
            90,
            " newsdeck  azure · 4,958 stories · 0 shown, events are still being found",
        ),
        (Headline("azure", loading=True), 60, " newsdeck  azure                          looking for cards"),
        (Headline("empty"), 60, " newsdeck  empty · 0 stories"),
        (LOADING, 90, " newsdeck  azure · 1,200 stor… ━━━───────── 1,500 of 6,000 files, 4 s left 3 problems (!)"),
        (LOADING, 60, " newsdeck  ━━━───────── 1,500 of 6,000 files 3 problems (!)"),
        (LOADING, 25, " newsdeck  a… 25 % 3 (!)"),
        (Headline("x" * 50, 3), 20, " newsdeck  xxxxxxx…"),
    ],
)
async def test_the_title_says_what_is_shown(headline: Headline, width: int, line: str) -> None:
    title, _hints = await bars(headline, width)
    assert title == line


@pytest.mark.parametrize("width", [20, 33, 47, 79])
@pytest.mark.parametrize("headline", [FULL, LOADING], ids=["full", "loading"])
async def test_bars_never_run_over(headline: Headline, width: int) -> None:
    title, hints = await bars(headline, width)
    assert title.startswith(" newsdeck")
    assert "(!)" in title or "25 %" in title
    assert cell_width(title) <= width
    assert hints.endswith("3 of 4,958")
    assert cell_width(hints) <= width


@pytest.mark.parametrize("where", HINTS)
@pytest.mark.parametrize("width", [*range(20, 90, 7), 200])
def test_the_line_of_keys_keeps_help_at_every_width_and_cuts_no_hint(where: KeyPlace, width: int) -> None:
    spans, spots = hint_line(where, "3 of 4,958", width)
    line = "".join(text for text, _ink in spans)
    assert cell_width(line) <= width
    assert line.endswith(" 3 of 4,958 ")
    assert line.endswith("  3 of 4,958 ") or width < 27, "what is beside each other is told apart"
    last = help_of(where)
    assert f"{last.sign} {last.label}" in line
    told = [f"{hint.sign} {hint.label}" for hint in HINTS[where]]
    shown = [text for text in told if text in line]
    assert shown == told[: len(shown)]
    assert len(shown) == len(told) or width < 200
    assert [line[cells.start : cells.stop].rstrip() for cells, _key in spots] == [*shown, f"{last.sign} {last.label}"]


async def test_a_click_on_a_hint_presses_its_key() -> None:
    async with open_reader(size=(120, 30)) as reader:
        line = reader.text.splitlines()[-1]
        await reader.pilot.click(HintBar, offset=(line.index("/ search") + 3, 0))
        await reader.settle()
        line = reader.text.splitlines()[-1]
        assert "tab complete" in line
        assert "F1 help" in line
        await reader.type("azure")
        await reader.pilot.click(HintBar, offset=(line.index("give up"), 0))
        await reader.settle()
        assert reader.deck.state.view.query == ""
        assert "enter read" in reader.text.splitlines()[-1]


async def test_the_line_of_keys_follows_the_focus() -> None:
    async with open_reader(size=(130, 30)) as reader:
        for keys, hint in (
            ("t", "- not"),
            ("escape l", "enter open row"),
            ("h", "enter read"),
            ("slash", "tab complete"),
        ):
            await reader.press(*keys.split())
            assert hint in reader.text.splitlines()[-1]
