"""`newsdeck coverage`: the same event as a timeline, then what is only similar."""

import json
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck, write_card

TEXT = "Contoso buys the robot maker Fabrikam for 3 billion dollars in Rotterdam"


def piece(outlet: str, when: str, title: str) -> dict[str, object]:
    domain = f"{outlet.lower()}.example"
    return {
        "title": title,
        "excerpt": TEXT,
        "publishedDateTime": when,
        "webUrl": f"https://{domain}/story",
        "provider": {"name": outlet, "domain": domain},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first = piece("Alpha", "2021-03-02T08:00:00Z", "Contoso buys robot maker Fabrikam for 3 billion")
    copy = piece("Gamma", "2021-03-02T09:30:00Z", "Contoso buys robot maker Fabrikam for 3 billion")
    undated = piece("Delta", "2021-03-02T00:00:00Z", "Contoso buys robot maker Fabrikam for 3 billion dollars")
    before = piece("Omega", "2021-01-05T10:00:00Z", "A quiet week for the clock makers of the valley")
    lead = piece("Beta", "2021-03-02T09:10:00Z", "Contoso buys robot maker Fabrikam for 3 billion dollars")
    write_card(tmp_path, "lead.md", **lead, type="article", related=[copy, before, undated, first])
    write_card(tmp_path, "first.md", **first, type="article")
    return tmp_path


def test_the_outlet_that_was_first_stands_first_with_the_lag_of_the_others(folder: Path) -> None:
    told = json.loads(newsdeck("coverage", "lead.md", "--path", folder, "--json").out)
    assert [(row["outlet"], row["relation"], row["lag_minutes"]) for row in told] == [
        ("Alpha", "same_event", 0),
        ("Gamma", "same_event", 90),
        ("Delta", "same_event", None),
        ("Omega", "background", None),
    ]


def test_copies_and_cards_are_named(folder: Path) -> None:
    told = {row["outlet"]: row for row in json.loads(newsdeck("coverage", "lead.md", "--path", folder, "--json").out)}
    assert told["Alpha"]["id"] == "first.md"
    assert told["Gamma"]["id"] is None
    assert told["Alpha"]["reprint_of"] is None
    assert "alpha.example" in told["Gamma"]["reprint_of"]


def test_people_read_a_timeline(folder: Path) -> None:
    lines = newsdeck("coverage", "lead.md", "--path", folder).lines
    assert lines[0].startswith("Same event: 4 outlets")
    assert [line.split()[2] for line in lines[2:5]] == ["first", "+1:10", "+1:30"]
    assert "* Contoso buys" in lines[3], "the story itself is marked"
    assert any(line.startswith("Background, similar: 1 piece") for line in lines)


def test_records_of_a_list_tell_the_event(folder: Path) -> None:
    records = {record["id"]: record for record in json.loads(newsdeck("list", folder, "--json").out)}
    assert records["lead.md"]["event_id"] == records["first.md"]["event_id"] == "first.md"
    assert records["lead.md"]["event_size"] == 4
    assert records["lead.md"]["read"] is False


def test_one_story_for_each_event_if_asked_for(folder: Path) -> None:
    assert len(newsdeck("list", folder, "--format", "urls").lines) == 2
    assert len(newsdeck("list", folder, "--group", "--format", "urls").lines) == 1


def test_the_seed_broke_elsewhere(real_cards: Path) -> None:
    (seed,) = (real_cards / "seed").iterdir()
    told = json.loads(newsdeck("coverage", seed, "--json").out)
    assert [(row["outlet"], row["lag_minutes"]) for row in told][:2] == [("The Daily Beast", 0), ("CNET", 101)]
    assert {row["relation"] for row in told} == {"same_event"}
