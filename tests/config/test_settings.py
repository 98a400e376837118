"""Settings: where each comes from, and what is said of one that cannot be used."""

import os
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from tui.config.settings import SETTINGS, NamedFolder, Settings, load_settings
from tui.config.themes import DEFAULT_THEME, load_theme, theme_names
from tui.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_all_is_as_it_comes(file: Path) -> None:
    assert load_settings(file, {}) == Settings()
    assert load_settings(file / "below" / "a" / "file", {}) == Settings()


def test_a_file_that_was_named_must_be_there(file: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(file, {}, required=True)


def test_every_setting_can_be_set_in_the_file(file: Path, tmp_path: Path) -> None:
    file.write_text(
        'content = "cards"\ntheme = "paper"\nbrowser = "firefox %s"\nascii = true\nmouse = false\n', encoding="utf-8"
    )
    assert load_settings(file, {}) == Settings(tmp_path / "cards", "paper", "firefox %s", ascii=True, mouse=False)


def test_every_field_has_a_setting_and_every_setting_a_field() -> None:
    assert sorted(spec.key for spec in SETTINGS) == sorted(Settings._fields)


def test_the_environment_wins_over_the_file(file: Path) -> None:
    file.write_text('theme = "paper"\nascii = true\n', encoding="utf-8")
    settings = load_settings(file, {"NEWSDECK_THEME": "contrast", "NEWSDECK_ASCII": "off", "NEWSDECK_MOUSE": ""})
    assert (settings.theme, settings.ascii, settings.mouse) == ("contrast", False, True)


@pytest.mark.parametrize("word", ["true", "yes", "on", "1", "TRUE"])
def test_a_switch_of_the_environment_may_be_told_in_words(file: Path, word: str) -> None:
    assert load_settings(file, {"NEWSDECK_ASCII": word}).ascii


def test_a_folder_is_looked_for_beside_the_file_it_is_named_in(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('content = "cards"\n', encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert load_settings(file, {}).content == tmp_path / "cards"
    assert load_settings(file, {"NEWSDECK_CONTENT": "here"}).content == elsewhere / "here"


def test_folders_have_names(file: Path, own_folders: Path) -> None:
    file.write_text('[folders]\nwork = "~/clips"\nhere = "cards"\n', encoding="utf-8")
    found = {"work": NamedFolder(own_folders / "clips"), "here": NamedFolder(file.parent / "cards")}
    assert load_settings(file, {}).folders == found
    named = os.pathsep.join(("a=/x", "b = /y/z"))
    expected = {"a": NamedFolder(Path("/x")), "b": NamedFolder(Path("/y/z"))}
    assert load_settings(file, {"NEWSDECK_FOLDERS": named}).folders == expected


def test_a_folder_may_have_a_zone_of_its_own(file: Path, own_folders: Path) -> None:
    file.write_text('[folders]\nwork = {path = "~/clips", zone = "Asia/Tokyo"}\nhome = "b"\n', encoding="utf-8")
    found = load_settings(file, {}).folders
    assert found == {
        "work": NamedFolder(own_folders / "clips", "Asia/Tokyo"),
        "home": NamedFolder(file.parent / "b"),
    }


def test_a_folder_may_begin_with_a_tilde(file: Path, own_folders: Path) -> None:
    file.write_text('content = "~/cards"\n', encoding="utf-8")
    assert load_settings(file, {}).content == own_folders / "cards"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('brwser = "x"', ["unknown setting 'brwser'", "'browser'"], id="nearest-key"),
        pytest.param("[xyz]\nred = 1", ["unknown setting 'xyz'", "content, theme, browser"], id="no-near-key"),
        pytest.param('theme = "contrasd"', ["theme", "'contrast'"], id="nearest-theme"),
        pytest.param("theme = 3", ["theme must be a text"], id="theme-number"),
        pytest.param('ascii = "perhaps"', ["ascii must be true or false"], id="switch-word"),
        pytest.param("mouse = 1", ["mouse must be true or false"], id="switch-number"),
        pytest.param("browser = ['firefox']", ["browser must be a text"], id="browser-list"),
        pytest.param('content = ""', ["content must be the path"], id="empty-path"),
        pytest.param('content = "a\\u0000b"', ["content must be the path"], id="path-with-nul"),
        pytest.param('content = "~nobody-of-that-name/cards"', ["content must be the path", "tilde"], id="whose-home"),
        pytest.param("ascii = true\nascii = false", ["overwrite"], id="twice"),
        pytest.param("theme == 'x'", ["line 1"], id="no-toml"),
        pytest.param('zone = "Berlin"', ["zone must be the name of a time zone"], id="no-zone"),
        pytest.param('zone = "../../etc/passwd"', ["zone must be the name of a time zone"], id="zone-path"),
        pytest.param("folders = ['x']", ["folders must be a table"], id="folders-list"),
        pytest.param('[folders]\n"a b" = "x"', ["folders has the name 'a b'"], id="folder-name"),
        pytest.param("[folders]\na = 3", ["folders must be a text", "for each name"], id="folder-number"),
        pytest.param('[folders]\nb = {zone = "UTC"}', ["folders must be", "see b"], id="folder-without-path"),
        pytest.param('[folders]\nb = {path = "x", zon = "UTC"}', ["folders must be", "see b"], id="folder-key"),
        pytest.param(
            '[folders]\na = "y"\nb = {path = "x", zone = "Berlin"}', ["name of a time zone", "see b"], id="folder-zone"
        ),
        pytest.param('[folders]\nb = {path = "x", zone = 3}', ["folders must be", "see b"], id="folder-zone-number"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_key(file: Path, text: str, said: list[str]) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refusal:
        load_settings(file, {})
    assert str(file) in str(refusal.value)
    assert all(part in str(refusal.value) for part in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("theme = " + "[" * 5_000, "nested too deeply", id="deep-lists"),
        pytest.param("theme = " + "{a = " * 5_000, "nested too deeply", id="deep-tables"),
        pytest.param("read_after = " + "9" * 4_301, "digits", id="more-digits-than-python-reads"),
        pytest.param("read_after = " + "9" * 4_300, "read_after must be a number of seconds", id="as-many-as-it-reads"),
        pytest.param("read_after = nan", "read_after must be a number of seconds", id="no-number"),
    ],
)
def test_what_is_too_much_is_told_in_one_line(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refusal:
        load_settings(file, {})
    assert str(refusal.value).startswith(f"{file}: ")
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


TEXTS = st.text('a1 .~/\\"\n\x7f', max_size=5)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | TEXTS | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1), inner, max_size=3),
    max_leaves=6,
)


def outcome(file: Path) -> Settings | ConfigError:
    try:
        return load_settings(file, {})
    except ConfigError as refusal:
        return refusal


@given(st.sampled_from([spec.key for spec in SETTINGS]), VALUES)
def test_any_value_is_a_setting_or_is_refused_by_its_key(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: object
) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.toml"
    file.write_text(tomlkit.dumps({key: value}), encoding="utf-8")
    found = outcome(file)
    if isinstance(found, ConfigError):
        assert str(found).startswith((f"{file}: {key} must be ", f"{file}: folders has the name "))
        assert "\n" not in str(found)
        return
    assert 0 <= found.read_after <= 3600
    kinds = {"content": Path, "theme": str, "browser": str, "read_after": float, "zone": str, "folders": dict}
    assert isinstance(getattr(found, key), kinds.get(key, bool))


@pytest.mark.parametrize(("word", "seconds"), [("0", 0.0), ("1.5", 1.5), ("3600", 3600.0), ("1e3", 1000.0)])
def test_seconds_of_the_environment_are_a_number(file: Path, word: str, seconds: float) -> None:
    assert load_settings(file, {"NEWSDECK_READ_AFTER": word}).read_after == seconds


@pytest.mark.parametrize("word", ["-1", "3600.5", "nan", "inf", "soon", "true", "9" * 5_000, "0x10"])
def test_what_is_no_number_of_seconds_is_refused(file: Path, word: str) -> None:
    with pytest.raises(ConfigError, match="NEWSDECK_READ_AFTER: read_after must be a number of seconds from 0 to 3600"):
        load_settings(file, {"NEWSDECK_READ_AFTER": word})


def test_a_byte_order_mark_is_no_part_of_the_text(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbftheme = "paper"\n')
    assert load_settings(file, {}).theme == "paper"


BOM_CASE = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "19-config-bom" / "config.toml"


@pytest.mark.skipif(not BOM_CASE.exists(), reason="needs ../shared/cases")
def test_the_shared_case_with_a_byte_order_mark_is_read() -> None:
    assert load_settings(BOM_CASE, {}).theme == "paper"


def test_a_wrong_variable_is_named(file: Path) -> None:
    with pytest.raises(ConfigError, match="NEWSDECK_THEME: theme must be one of midnight"):
        load_settings(file, {"NEWSDECK_THEME": "pink"})


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_bytes(b"\xff\xfe\x00")])
def test_what_is_no_text_file_is_told(file: Path, make: object) -> None:
    assert callable(make)
    make(file)
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load_settings(file, {})


def test_every_theme_can_be_chosen_and_the_default_comes_first(file: Path) -> None:
    names = theme_names()
    assert names[0] == DEFAULT_THEME == Settings().theme
    for name in names:
        file.write_text(f'theme = "{name}"\n', encoding="utf-8")
        assert load_theme(load_settings(file, {}).theme).about
