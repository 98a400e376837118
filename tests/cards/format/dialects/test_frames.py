"""Templates and pages that stand for a folder are no cards; what only looks like them is one."""

import pytest

from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_card, parse_story


def is_card(text: str, id: str = "notes/tide.md") -> bool:
    data = text.encode()
    parsed = parse_story(data, id)
    assert (parse_card(data, id).card is None) == (parsed.story is None)
    fast = FastReader(often=2)
    for number in range(4):  # also by what was learnt of a head like it
        fast.read(data.replace(b"{{title}}", b"Tide"), f"notes/{number}.md")
    said = fast.read(data, id)
    assert said is None or said == parsed.story
    assert not parsed.problems or parsed.story is not None
    return parsed.story is not None


@pytest.mark.parametrize(
    "head",
    [
        'title: "{{title}}"\ntags: [a]',
        "title: '{{title}} - {{date}}'\ndate: 2026-01-05",
        'title: "{{title}}"\ndescription: Of wood.',
        "title: Pier\ndate: '{{date:YYYY-MM-DD}}'",
        "created: {{date}}\ntags:\n  - clippings",
        "tags:\n  - {{tag}}\ntitle: Pier",
        "title: <% tp.file.title %>\ndate: 2026-01-05",
        "created: <% tp.date.now() %>\nsource:",
        'title: "{{ replace .Name "-" " " | title }}"\ndate: {{ .Date }}',
    ],
)
def test_a_template_is_no_card(head: str) -> None:
    assert not is_card(f"---\n{head}\n---\nWords.\n")


def test_a_template_in_toml_is_no_card() -> None:
    assert not is_card('+++\ntitle = "Pier"\ndate = {{ .Date }}\n+++\n')


@pytest.mark.parametrize(
    "head",
    [
        "title: What {{mustache}} means\ndate: 2026-01-05",
        "title: Pier\ndescription: '{{mustache}}'\ndate: 2026-01-05",
        "title: <b>Pier</b>\ndate: 2026-01-05",
        "title: '{% raw %}'\ndate: 2026-01-05",
    ],
)
def test_a_card_about_templates_is_one(head: str) -> None:
    assert is_card(f"---\n{head}\n---\nWords {{{{title}}}}.\n")


def test_what_cannot_be_read_is_a_problem_unless_it_is_a_template() -> None:
    assert parse_story(b"---\ntitle: {a: b\n---\nwith {{title}}\n", "a.md").problems
    assert parse_story(b"---\n{{a}}: [\ntitle: x\n---\n", "a.md").problems


@pytest.mark.parametrize("id", ["news/_index.md", "_index.md", "news/_index.fr.md", "news/_index.pt-br.markdown"])
@pytest.mark.parametrize(
    "head", ["---\ntitle: News\n---\n", "---\ntitle: News\nmenu: a\n---\n\n", '+++\ntitle = "News"\n+++\n']
)
def test_a_page_that_only_names_its_folder_is_no_card(id: str, head: str) -> None:
    assert not is_card(head, id)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("news/_index.md", "---\ntitle: News\n---\nOf the pier.\n"),
        ("news/_index.md", "---\ntitle: News\ndate: 2026-01-05\n---\n"),
        ("2026-01-05-pier/_index.md", "---\ntitle: News\n---\n"),
        ("news/_index.md", "---\ntitle: News\nlink: https://pier.example/\n---\n"),
        ("news/index.md", "---\ntitle: News\n---\n"),
        ("news/my_index.md", "---\ntitle: News\n---\n"),
    ],
)
def test_a_page_of_a_folder_with_anything_to_read_is_a_card(id: str, text: str) -> None:
    assert is_card(text, id)
