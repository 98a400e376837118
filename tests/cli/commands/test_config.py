"""`newsdeck config`, `keys` and `themes`: what can be set, and whether it is right."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.harness import environment, newsdeck
from tui.config.actions import ACTIONS
from tui.config.settings import SETTINGS, Settings
from tui.config.themes import theme_names


@pytest.fixture
def config(own_folders: Path) -> Path:
    """Where the configuration file is looked for; it is not there yet."""
    return Path(newsdeck("config", "path").out.rstrip("\n"))


def test_the_path_is_told_also_where_the_file_is_broken(config: Path) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("theme = [", encoding="utf-8")
    assert newsdeck("config", "path").lines == [str(config)]
    assert newsdeck("config", "path", "-c", "elsewhere.toml").lines == ["elsewhere.toml"]


def test_a_new_file_explains_every_setting_and_changes_none(config: Path) -> None:
    result = newsdeck("config", "init")
    assert result.status == 0
    assert str(config) in result.err
    text = config.read_text(encoding="utf-8")
    for spec in SETTINGS:
        assert spec.help in text
        assert f"\n# {spec.key} = " in text
    assert tomllib.loads(text) == {}
    assert newsdeck("config", "validate").status == 0


def test_every_line_of_a_new_file_can_be_made_to_count(config: Path, tmp_path: Path) -> None:
    newsdeck("config", "init")
    first, *lines = config.read_text(encoding="utf-8").splitlines()
    keys = tuple(f"# {spec.key} = " for spec in SETTINGS)
    config.write_text(
        "\n".join([first, *(line[2:] if line.startswith(keys) else line for line in lines)]), encoding="utf-8"
    )
    assert newsdeck("config", "validate").status == 0
    assert set(tomllib.loads(config.read_text(encoding="utf-8"))) == {spec.key for spec in SETTINGS}


def test_a_file_that_is_there_is_never_written_over(config: Path) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("theme = 'paper'\n", encoding="utf-8")
    result = newsdeck("config", "init")
    assert result.status == 2
    assert "is there already" in result.err
    assert config.read_text(encoding="utf-8") == "theme = 'paper'\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = newsdeck("config", "init", "-c", tmp_path / "file" / "config.toml")
    assert result.status == 2
    assert "cannot be written" in result.err


def test_the_settings_in_force_are_valid_toml(config: Path, tmp_path: Path) -> None:
    variables = {
        "NEWSDECK_CONTENT": str(tmp_path),
        "NEWSDECK_BROWSER": 'a "b" \\c',
        "NEWSDECK_MOUSE": "no",
        "NEWSDECK_READ_AFTER": "1.5",
        "NEWSDECK_FOLDERS": f"work={tmp_path}",
    }
    result = newsdeck("config", "show", "--theme", "paper", within=environment(environ=variables))
    assert tomllib.loads(result.out) == {
        "content": str(tmp_path),
        "theme": "paper",
        "browser": 'a "b" \\c',
        "ascii": False,
        "mouse": False,
        "read_after": 1.5,
        "open_advances": False,
        "density": "auto",
        "folders": {"work": str(tmp_path)},
        "zone": "",
        "plain": False,
    }


def test_the_zone_of_a_folder_is_shown_as_it_may_be_written(config: Path, tmp_path: Path) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    text = f'[folders]\nwork = {{path = "{tmp_path}", zone = "Europe/Berlin"}}\nhome = "{tmp_path}"\n'
    config.write_text(text, encoding="utf-8")
    shown = newsdeck("config", "show").out
    assert tomllib.loads(shown)["folders"] == tomllib.loads(text)["folders"]
    config.write_text(shown, encoding="utf-8")
    assert newsdeck("config", "validate").status == 0
    config.write_text(text.replace("Berlin", "Berlim"), encoding="utf-8")
    wrong = newsdeck("config", "validate")
    assert wrong.status == 2
    assert "time zone" in wrong.err
    assert "see work" in wrong.err


def test_without_a_file_the_defaults_are_in_force(config: Path) -> None:
    shown = tomllib.loads(newsdeck("config", "show").out)
    defaults = {spec.key: getattr(Settings(), spec.key) for spec in SETTINGS}
    assert shown == {key: value for key, value in defaults.items() if value is not None}
    result = newsdeck("config", "validate")
    assert result.status == 0
    assert "the defaults are in force" in result.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"the\\u001bme" = "paper"', "unknown setting"),
        ('themes = "paper"', "did you mean 'theme'"),
        ('theme = "papr"', "did you mean 'paper'"),
        ("ascii = 3", "ascii must be true or false"),
        ("theme = paper", "line 1"),
    ],
)
def test_a_wrong_file_stops_every_command_that_needs_it(config: Path, text: str, said: str) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(text, encoding="utf-8")
    for words in (("config", "validate"), ("config", "show"), ("list",), ("themes",)):
        result = newsdeck(*words)
        assert (result.status, result.out) == (2, "")
        assert str(config) in result.err
        assert said in result.err
    for words in (("list", "--no-config"), ("keys",), ("completion", "bash")):
        assert newsdeck(*words).status == 0


def test_options_win_over_the_environment_and_that_over_the_file(config: Path) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('theme = "paper"\nascii = true\n', encoding="utf-8")
    variables = {"NEWSDECK_THEME": "contrast"}

    def theme(*words: str) -> object:
        within = environment(environ=variables)
        return tomllib.loads(newsdeck("config", "show", *words, within=within).out)["theme"]

    assert theme("--theme", "terminal") == "terminal"
    assert theme() == "contrast"
    assert theme("--no-config") == "contrast"
    variables.clear()
    assert theme() == "paper"
    assert theme("--no-config") == "midnight"


def test_the_chosen_theme_has_a_star() -> None:
    lines = newsdeck("themes", "--theme", "paper").lines
    assert [line.split()[1] for line in lines if line.startswith("*")] == ["paper"]
    assert [line[3:].split()[0] for line in lines[1:]] == list(theme_names())


def test_every_action_is_among_the_keys() -> None:
    assert [row["id"] for row in json.loads(newsdeck("keys", "--json").out)] == [action.id for action in ACTIONS]
    out = newsdeck("keys").out
    assert all(action.help in out for action in ACTIONS)
