"""What is said of a folder of other tools: cards, what they have, and keys that gave nothing."""

from pathlib import Path

from tui.cards.census import NotCard, OtherCount, ToolCount, first_not_card, take_census

CLIP = "---\ntitle: {0}\nsource: https://quay.example/{0}\npublished: 2026-01-04\nrating: 7\nempty:\n---\nText"
USUAL = "---\ntitle: {0}\nwebUrl: https://quay.example/{0}\npublishedDateTime: 2026-01-04T10:00:00Z\n---\n"


def test_each_tool_is_counted_with_its_keys_that_gave_nothing(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(CLIP.format(name))
    (tmp_path / "d.md").write_text(USUAL.format("d"))
    (tmp_path / "e.md").write_text(USUAL.format("e").replace("title", "mood: glad\ntitle"))
    (tmp_path / "f.md").write_text("---\ntitle: [\n---\n")
    (tmp_path / "g.md").write_text("Only text\n")
    assert take_census(tmp_path).tools == (
        ToolCount("Obsidian clippings", 3, 3, 3, 3, (("rating", 3),)),
        ToolCount("everyday-cc", 2, 2, 2, 0, (("mood", 1),)),
    )
    assert first_not_card(tmp_path) == NotCard("g.md", "begins with “Only text”, which is no head")


def test_a_folder_of_cards_alone_has_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLIP.format("a"))
    assert first_not_card(tmp_path) is None


def test_cards_in_toml_are_counted_with_their_tool_and_keys(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f'+++\ntitle = "{name}"\npath = "2026/01/04/{name}"\nmood = "glad"\n+++\n')
    (tmp_path / "c.md").write_text('+++\ntitle = "c"\ndate = 2026-01-04\n+++\n')
    assert take_census(tmp_path).tools == (
        ToolCount("Zola", 2, 0, 2, 0, (("mood", 2),)),
        ToolCount("Hugo (TOML)", 1, 0, 1, 0),
    )


def test_a_planet_whose_cards_name_their_source_is_no_folder_of_clippings(tmp_path: Path) -> None:
    head = "title: a\nurl: https://quay.example/a\nsource: Quay\ndescription: b\ndate: 2026-01-04"
    (tmp_path / "a.md").write_text(f"---\n{head}\n---\nText")
    assert [count.tool for count in take_census(tmp_path).tools] == ["posts"]


def test_what_is_no_card_is_counted_by_why(tmp_path: Path) -> None:
    texts = {
        "a.md": CLIP.format("a"),
        "t/b.md": "---\ntitle: '{{title}}'\n---\n",
        "t/c.md": "---\ncreated: {{date}}\n---\n",
        "news/_index.md": "---\ntitle: News\n---\n",
        "notes.txt": "Only text\n\n{{< film >}}\n{{title}}\n",
        "old.rst": "Tides\n=====\n",
        "bad.md": "---\ntitle: [\n---\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert take_census(tmp_path).others == (
        OtherCount("template", 2, "t/b.md"),
        OtherCount("in .rst, which is not read", 1, "old.rst"),
        OtherCount("page of a folder", 1, "news/_index.md"),
        OtherCount("without a head", 1, "notes.txt"),
    )


def test_the_first_that_is_no_card_is_one_in_markdown(tmp_path: Path) -> None:
    for name in ("a.html", "robots.txt", "z/til.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Only text\n")
    assert first_not_card(tmp_path) == NotCard("z/til.md", "begins with “Only text”, which is no head")


def test_why_a_template_or_a_page_of_a_folder_is_no_card(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: '{{title}}'\n---\n")
    (tmp_path / "_index.md").write_text("---\ntitle: News\n---\n")
    template = first_not_card(tmp_path / "a.md")
    page = first_not_card(tmp_path / "_index.md")
    assert template == NotCard("a.md", "is a template, which is filled in when a note is made of it")
    assert page == NotCard("_index.md", "only names its folder, and has nothing to read")
