"""`newsdeck config`: where the configuration file is, what is in force, a new one, and whether it is right."""

import argparse
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.config.settings import SETTINGS, NamedFolder, Settings, load_settings
from tui.errors import ConfigError
from tui.text.sanitize import clean_path

_EXAMPLES: dict[str, object] = {
    "content": "~/news",
    "browser": "firefox --new-tab",
    "zone": "Europe/Berlin",
    "folders": {"work": "~/notes/clips", "press": NamedFolder(Path("~/press"), "Europe/Berlin")},
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument(
        "action",
        choices=tuple(_ACTIONS),
        metavar="path|show|init|validate",
        help="print where the file is; print the settings in force; write a new file, never over an old one; "
        "say whether the file can be used",
    )


def run(context: Context) -> int:
    """Do what the action says."""
    _ACTIONS[context.options.action](context)
    return ExitStatus.DONE


def _path(context: Context) -> None:
    context.output.line(clean_path(str(context.config_path)))


def _show(context: Context) -> None:
    for spec in SETTINGS:
        value = getattr(context.settings, spec.key)
        context.output.line(f"# {spec.key} is not set" if value is None else f"{spec.key} = {_toml(value)}")


def _init(context: Context) -> None:
    file = context.config_path
    lines = ["# The settings of newsdeck. Take away the sign # in front of a line to make it count."]
    for spec in SETTINGS:
        value = _EXAMPLES.get(spec.key, getattr(Settings(), spec.key))
        lines += ["", f"# {spec.help}", f"# {spec.key} = {_toml(value)}"]
    if file.exists():
        raise ConfigError(f"{clean_path(str(file))} is there already; it was left as it is.")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise ConfigError(f"{clean_path(str(file))} cannot be written: {reason}.") from error
    context.output.note(f"wrote {file}")


def _validate(context: Context) -> None:
    file = context.config_path
    load_settings(file, context.environment.environ, required=context.options.config is not None)
    said = "can be used" if file.exists() else "is not there; the defaults are in force"
    context.output.line(f"{file} {said}.")


def _toml(value: object) -> str:
    """A setting as TOML writes it, whose texts and truth values are those of JSON."""
    if isinstance(value, NamedFolder):
        return _toml(value._asdict() if value.zone else value.path)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{json.dumps(name)} = {_toml(each)}' for name, each in value.items())}}}"
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)


_ACTIONS: dict[str, Callable[[Context], None]] = {
    "path": _path,
    "show": _show,
    "init": _init,
    "validate": _validate,
}
