"""What may stand in a configuration file, for msgspec: each kind of value with its bounds and how it is called."""

import os
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from tui.errors import ConfigError

MOST_SECONDS: Final = 3600

Text = Annotated[str, Meta(description="a text in quotes")]
FolderPath = Annotated[str, Meta(pattern=r"\A[^\0]+\Z", description="the path of a folder")]
Switch = Annotated[bool, Meta(description="true or false")]
Seconds = Annotated[float, Meta(ge=0, le=MOST_SECONDS, description=f"a number of seconds from 0 to {MOST_SECONDS}")]

DensityName = Annotated[Literal["auto", "compact", "roomy"], Meta(description="auto, compact or roomy")]
FolderTable = Annotated[dict[str, Any], Meta(description='a table of names and paths, such as work = "~/notes"')]


class FolderRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder with what holds for it alone."""

    path: str
    zone: str = ""


FolderEntry = Annotated[
    str | FolderRecord,
    Meta(description='a text in quotes, or a table such as {path = "~/notes", zone = "Europe/Berlin"}'),
]

SETTINGS: Final = {
    "content": Text,
    "theme": Text,
    "browser": Text,
    "density": DensityName,
    "ascii": Switch,
    "mouse": Switch,
    "read_after": Seconds,
    "open_advances": Switch,
    "zone": Text,
    "plain": Switch,
    "folders": FolderTable,
}
"""The kind of each setting."""

_SWITCH_WORDS: Final = {"yes": True, "on": True, "no": False, "off": False}


def called(kind: Any) -> str:
    """How values of a kind are called: `true or false`."""
    described: str = kind.__metadata__[0].description
    return described


def setting(key: str, value: object) -> Any:
    """The value of a setting; a text may stand for any kind, as in a variable of the environment.

    Raises ConfigError that says what it must be.
    """
    kind = SETTINGS[key]
    if not isinstance(value, str):
        return converted(value, kind)
    if kind is Switch:
        return converted(_SWITCH_WORDS.get(value.casefold(), value), kind, strict=False)
    if kind is FolderTable:
        pairs = (pair.partition("=") for pair in value.split(os.pathsep) if pair.strip())
        return {name.strip(): path.strip() for name, _, path in pairs}
    return converted(value, kind, strict=False)


def converted(value: object, kind: Any, *, strict: bool = True) -> Any:
    """The value as one of a kind; if not `strict`, a text may stand for a number or a switch.

    Raises ConfigError that says what it must be.
    """
    try:
        return msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise ConfigError(f"must be {called(kind)}") from error
