"""What the README says is what the code does. `python -m tests.test_readme` writes its tables anew."""

import re
import sys

import pytest

from tests.conftest import ROOT
from tui.config.actions import ACTIONS, key_signs
from tui.config.settings import SETTINGS
from tui.deck.query.keys import KEYS, quoted_example

README = ROOT / "README.md"


def keys_table() -> str:
    rows = ["| key | does |", "|---|---|"]
    for spec in ACTIONS:
        if spec.keys:
            signs = " ".join(f"`{sign}`" for sign in key_signs(spec).split(" "))
            rows.append(f"| {signs} | {spec.help} |")
    return "\n".join(rows)


def settings_table() -> str:
    rows = ["| setting | means |", "|---|---|"]
    rows += [f"| `{spec.key}` | {spec.help} |" for spec in SETTINGS]
    return "\n".join(rows)


def with_table(text: str, marker: str, table: str) -> str:
    pattern = re.compile(rf"(<!-- {marker}:[^\n]*-->\n)(\n\|[^\n]*)*\n", re.MULTILINE)
    return pattern.sub(lambda found: f"{found[1]}\n{table}\n", text, count=1)


def query_table() -> str:
    rows = ["| key | finds |", "|---|---|"]
    for key in KEYS.values():
        examples = " ".join(f"`{key.name}:{quoted_example(value)}`" for value in key.values[:3])
        rows.append(f"| `{key.name}:` | {key.help}{f', such as {examples}' if examples else ''} |")
    return "\n".join(rows)


TABLES = {"keys": keys_table, "settings": settings_table, "query": query_table}


@pytest.mark.parametrize("marker", TABLES)
def test_a_table_of_the_readme_is_true(marker: str) -> None:
    assert TABLES[marker]() in README.read_text(encoding="utf-8")


def test_the_check_script_runs_the_test_command_of_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    command = next(line for line in readme.splitlines() if line.startswith("python3 -m venv") and "pytest" in line)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_picture_of_the_readme_is_there() -> None:
    readme = README.read_text(encoding="utf-8")
    for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme):
        assert (ROOT / name).is_file()


def test_every_table_of_the_readme_is_one_to_whoever_draws_it() -> None:
    blocks = README.read_text(encoding="utf-8").split("\n\n")
    tables = [block.splitlines() for block in blocks if re.search(r"^\|[ -]*-[ -]*\|", block, re.MULTILINE)]
    assert len(tables) > len(TABLES)
    for lines in tables:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert all(line.startswith("|") and line.endswith("|") for line in lines), lines[-1]
        assert len(widths) == 1, lines


def test_no_action_shares_a_key_with_another() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    for marker, table in TABLES.items():
        text = with_table(text, marker, table())
    README.write_text(text, encoding="utf-8")
    sys.stdout.write("README.md is up to date\n")


def test_every_file_that_the_page_for_contributors_names_is_there() -> None:
    named = set(re.findall(r"`((?:tui|tests|styles)/[\w/.]*)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert len(named) > 40
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
