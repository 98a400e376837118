"""What can be done is to be seen: keys of what has the focus, help to look things up in, dialogs and notices."""

from tests.journeys.terminal import Terminal


def last_line(terminal: Terminal) -> str:
    return terminal.screen().splitlines()[-1]


def test_the_last_line_follows_the_focus_and_can_be_clicked(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(80, 24))
    terminal.wait_for("1 of 15", "enter read", "? help")
    terminal.press("l")
    terminal.wait_for("enter open row", "? help")
    terminal.press("t")
    terminal.wait_for("enter pick", "- not", "? help")
    terminal.press("Escape")
    line = terminal.wait_for("enter read", "/ search").splitlines()[-1]
    terminal.click(line.index("/ search") + 3, 24)
    terminal.wait_for("tab complete", "F1 help")
    terminal.press("Escape")
    terminal.wait_for("enter read")
    terminal.press("s")
    terminal.wait_for("enter choose", "? help", "Sort")
    line = last_line(terminal)
    terminal.click(line.index("close") + 1, 24)
    terminal.wait_without("Sort")
    terminal.resize(24, 10)
    terminal.wait_for("? help")


def test_help_begins_with_the_focused_pane_and_is_searched(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(130, 40))
    terminal.wait_for("1 of 15")
    terminal.press("l")
    terminal.wait_for("enter open row")
    terminal.press("?")
    screen = terminal.wait_for("Help", "In the story", "Signs")
    heading = next(line for line in screen.splitlines() if "In the story" in line)
    assert heading.count("──") >= 4, "two columns stand beside each other"
    terminal.press("/")
    terminal.type("sparkl")
    terminal.wait_for("Nothing in the help holds that")
    terminal.press("C-u")
    terminal.type("same text")
    terminal.wait_for("×2", "pieces that carry the same text")
    terminal.press("C-u")
    terminal.type("wheel")
    terminal.wait_for("Mouse", "scrolls what is below it")
    terminal.press("Escape")
    terminal.wait_for("In the story")
    terminal.press("Escape")
    terminal.wait_without("In the story")


def test_the_view_of_the_coverage_is_named_and_headlines_keep_time_and_lag(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(150, 42))
    terminal.wait_for("1 of 15", "Same event · 8 outlets", "timeline")
    terminal.press("C")
    terminal.wait_for("by outlet", "1 piece")
    terminal.press("C")
    terminal.wait_for("headlines", "11:15 +4:44     The Verge")
    terminal.press("d")
    terminal.wait_for("timeline", "11:15 +4:44     The Verge")


def test_dialogs_are_as_large_as_what_they_say(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 40))
    terminal.wait_for("1 of 15")
    terminal.press("s")
    lines = terminal.wait_for("Sort", "best match of the words").splitlines()
    top = next(number for number, line in enumerate(lines) if "─ Sort ─" in line)
    bottom = next(number for number, line in enumerate(lines) if "best match of the words" in line) + 1
    assert bottom - top == 9
    assert "╰" in lines[bottom]
    assert lines[top].index("╮", lines[top].index("Sort")) - lines[top].index("╭─ Sort") < 80
    terminal.press("Escape")
    terminal.wait_without("Sort")


def test_notices_are_short_and_leave_the_row_in_use_in_sight(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(60, 24))
    terminal.wait_for("1 of 15", "Found in Azure")
    terminal.press("f")
    told = terminal.wait_for("Starred “Found in Azure", "u undoes")
    row = next(line for line in told.splitlines() if "▌" in line)
    assert "Found in Azure: a flaw" in row
    assert "Starred" in "".join(told.splitlines()[-4:])
    terminal.press("G", "f")
    terminal.wait_until(
        lambda: "Starred “First steps with AI Builder" in "".join(terminal.screen().splitlines()[:5]),
        "the notice to stand at the top",
    )


def test_topics_over_the_others_are_found_while_typed_and_show_what_picking_does(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(90, 30))
    terminal.wait_for("1 of 15", "Found in Azure")
    terminal.press("t")
    terminal.wait_for("enter pick")
    terminal.press("/")
    terminal.type("telec")
    terminal.wait_for("▌  Telecom", "F1 help")
    terminal.wait_without("Hybrid Cloud")
    terminal.press("Enter")
    terminal.wait_for("enter pick")
    terminal.press("Enter")
    terminal.wait_for("6 shown ─╯", "topic:Telecom", "AT&T's network")
    terminal.wait_without("Found in Azure")
    terminal.press("Escape")
    terminal.wait_for("Hybrid Cloud")
