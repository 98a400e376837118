"""The palette in the real program: the best action first, few others, their keys in a column."""

from tests.journeys.terminal import Terminal


def rows(screen: str) -> list[str]:
    """What the palette lists, without its frame."""
    lines = screen.splitlines()
    top = next(number for number, line in enumerate(lines) if "╭─ Actions" in line)
    left = lines[top].index("╭─ Actions")
    right = lines[top].index("╮", left)
    found = []
    for line in lines[top + 2 :]:
        if line[left] == "╰":
            break
        found.append(line[left + 1 : right].rstrip())
    return [row for row in found if row.strip() and "esc closes" not in row]


def test_the_best_action_comes_first_and_a_handful_with_it(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 40))
    terminal.wait_for("1 of 15")
    terminal.press(":")
    terminal.wait_for("╭─ Actions", "To the next, older day")
    terminal.type("star")

    def is_first_of_a_handful() -> bool:
        found = rows(terminal.screen())
        return 1 < len(found) <= 8 and "▌ star " in found[0] and len(set(map(len, found))) == 1

    terminal.wait_until(is_first_of_a_handful, "the action to come first, a handful below it, their keys in a column")
    terminal.press("Enter")
    terminal.wait_for("Starred “Found in Azure")


def test_words_choose_and_the_mouse_does_too(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(80, 24))
    terminal.wait_for("1 of 15")
    terminal.press("C-p")
    terminal.wait_for("╭─ Actions")
    terminal.type("older day")
    terminal.wait_until(
        lambda: any("▌ older day " in row for row in rows(terminal.screen())[:1]), "the action to come first"
    )
    lines = terminal.screen().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "▌ older day " in text)
    terminal.click(20, line)
    terminal.wait_without("╭─ Actions")
    terminal.wait_for("2 of 15")
    terminal.press(":")
    terminal.type("zzzzz")
    terminal.wait_for("No action is called so")
    terminal.press("Escape")
    terminal.wait_without("╭─ Actions")
