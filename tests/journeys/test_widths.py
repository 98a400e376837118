"""Scripts whose width terminals do not agree about: whatever a row takes, what stands beside it stays in its column."""

import unicodedata
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.ui.cards import write_story

_WIDTHS = {"Mn": 0, "Me": 0, "Cf": 0}
HEADLINES = {
    "Tamil": "துறைமுக திட்டத்திற்கு நகர சபை மீண்டும் வாக்களித்தது, மக்கள் எதிர்ப்பு தெரிவித்தனர்",
    "Burmese": "ဆိပ်ကမ်း စီမံကိန်းကို မြို့တော် ကောင်စီက ထပ်မံ မဲခွဲ ဆုံးဖြတ်ခဲ့သည်",
    "Malayalam": "തുറമുഖ പദ്ധതിക്ക് നഗരസഭ വീണ്ടും വോട്ട് ചെയ്തു, നാട്ടുകാർ പ്രതിഷേധിച്ചു",
    "Khmer": "ក្រុមប្រឹក្សាក្រុង បានបោះឆ្នោតម្តងទៀត លើគម្រោងកំពង់ផែ",
}


def borders(line: str) -> list[int]:
    """The columns of the borders of panes in a line, as a terminal counts that gives each spacing mark a cell."""
    columns, at = [], 0
    for character in line:
        if character in "│╮╯":
            columns.append(at)
        at += _WIDTHS.get(unicodedata.category(character), 1)
    return columns


@pytest.mark.parametrize("name", HEADLINES)
def test_the_border_of_every_pane_stands_in_the_same_column_on_every_row(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    write_story(tmp_path, "a.md", title=HEADLINES[name], publishedDateTime="2021-08-30T10:00:00Z")
    write_story(tmp_path, "b.md", title="Harbour", excerpt=HEADLINES[name], publishedDateTime="2019-08-29T10:00:00Z")
    terminal.newsdeck(str(tmp_path), size=(120, 20))
    terminal.wait_for("1 of 2", "newest · grouped", "Mon 30 Aug 2021 10:00", HEADLINES[name].split()[0])
    wait_straight(terminal)
    terminal.press("j")
    terminal.wait_for("2 of 2", "Thu 29 Aug 2019 10:00")
    wait_straight(terminal)


def wait_straight(terminal: Terminal) -> None:
    """Every row between the first and the last of the panes has its borders in the same columns."""

    def is_straight() -> bool:
        found = [borders(line) for line in terminal.screen().splitlines() if "│" in line]
        return len(found) > 10 and all(found) and len(set(map(tuple, found))) == 1

    terminal.wait_until(is_straight, "the borders to stand in the same columns")
