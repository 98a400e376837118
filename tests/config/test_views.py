"""Saved views survive being saved, edited by hand and got wrong."""

import os
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from tui.config.views import SavedView, read_views, remove_view, save_view
from tui.errors import ConfigError

BY_HAND = """# my views
[views.Morning]   # with coffee
query = "is:unread since:yesterday"

[views."Who broke it"]
query = 'is:first outlets:>5'
sort = "outlets"
grouped = false
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "views.toml"


def test_no_file_is_no_views(file: Path) -> None:
    assert read_views(file) == ()


def test_a_file_written_by_hand(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(BY_HAND)
    assert read_views(file) == (
        SavedView("Morning", "is:unread since:yesterday"),
        SavedView("Who broke it", "is:first outlets:>5", "outlets", grouped=False),
    )


def test_saving_keeps_comments_order_and_other_views(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(BY_HAND)
    save_view(file, SavedView("Morning", 'outlet:"Ars Technica"', "newest", reverse=True))
    save_view(file, SavedView("New", "azure"))
    assert "# my views" in file.read_text()
    assert "# with coffee" in file.read_text()
    views = read_views(file)
    assert [view.name for view in views] == ["Morning", "Who broke it", "New"]
    assert views[0] == SavedView("Morning", 'outlet:"Ars Technica"', "newest", reverse=True)


def test_removing(file: Path) -> None:
    save_view(file, SavedView("a", "x"))
    save_view(file, SavedView("b", "y"))
    remove_view(file, "a")
    remove_view(file, "never there")
    assert [view.name for view in read_views(file)] == ["b"]


NAMES = st.text('ab."]#=é🔥\\', min_size=1, max_size=10)


@given(NAMES, st.text("ab \"\\:>#'", max_size=20).map(str.strip), st.booleans(), st.booleans())
def test_whatever_is_saved_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, query: str, reverse: bool, grouped: bool
) -> None:
    file = tmp_path_factory.mktemp("views") / "views.toml"
    view = SavedView(name, query, "heat", reverse, grouped)
    save_view(file, view)
    assert read_views(file) == (view,)


VALUES = (
    st.booleans() | st.integers(-9, 9) | st.floats() | st.text("a$.`", max_size=4) | st.lists(st.booleans(), max_size=2)
)
TABLES = VALUES | st.dictionaries(
    st.sampled_from(["query", "sort", "reverse", "grouped", "x", "$.sort`"]), VALUES | st.just("robot"), max_size=4
)


def outcome(file: Path) -> tuple[SavedView, ...] | ConfigError:
    try:
        return read_views(file)
    except ConfigError as refusal:
        return refusal


@given(st.dictionaries(st.text('a".$`', min_size=1, max_size=4), TABLES, max_size=3))
def test_any_file_is_views_or_is_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, views: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("views") / "views.toml"
    file.write_text(tomlkit.dumps({"views": views}), encoding="utf-8")
    found = outcome(file)
    if isinstance(found, ConfigError):
        assert str(found).startswith(f'{file}: view "')
        assert any(reason in str(found) for reason in (" must be ", " needs a query", " has no key "))
        assert "\n" not in str(found)
        return
    assert [view.name for view in found] == list(views)
    assert all(type(view.reverse) is type(view.grouped) is bool for view in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[views.a\n", "line 1"),
        ("views = 3", "must be tables"),
        ("[views]\na = 1", 'view "a" must be a table'),
        ("[views.a]\nsort = 'newest'", 'view "a" needs a query'),
        ("[views.a]\nquery = 3", "query must be a text"),
        ("[views.a]\nquery = 'x'\ngrouped = 'yes'", "grouped must be true or false"),
        ("[views.a]\nquery = 'x'\nfilter = 'y'", "has no key filter; it takes query, sort, reverse, grouped"),
        ("x = " + "[" * 5000, "nested too deeply"),
        ("x = " + "9" * 4_301, "digits"),
    ],
)
def test_says_what_is_wrong(file: Path, text: str, says: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"views\.toml") as raised:
        read_views(file)
    assert says in str(raised.value)


def test_a_byte_order_mark_is_no_part_of_the_text(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf[views.a]\nquery = 'x'\n")
    save_view(file, SavedView("b", "y"))
    assert [view.name for view in read_views(file)] == ["a", "b"]


def test_a_file_that_cannot_be_understood_is_not_overwritten(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("[views.a\n")
    with pytest.raises(ConfigError):
        save_view(file, SavedView("b", "x"))
    assert file.read_text() == "[views.a\n"


@pytest.mark.parametrize("data", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read(file: Path, data: bytes | None) -> None:
    file.parent.mkdir()
    if data is None:
        file.mkdir()
    else:
        file.write_bytes(data)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_views(file)


def test_a_full_disk_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_view(file, SavedView("a", "x"))
    before = file.read_text()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        save_view(file, SavedView("b", "y"))
    assert file.read_text() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_linked_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    (tmp_path / "dotfiles.toml").write_text("")
    file.symlink_to(tmp_path / "dotfiles.toml")
    save_view(file, SavedView("a", "x"))
    assert file.is_symlink()
    assert read_views(file) == (SavedView("a", "x"),)


def test_hostile_names_are_cleaned(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[views."a\\u001b]52;c;x\\u0007"]\nquery = "x\\u202Ey"\n')
    (view,) = read_views(file)
    assert "\x1b" not in view.name
    assert view.query == "xy"
