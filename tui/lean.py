"""Loading libraries without what they bring along for others: a fifth of the time to the first screen.

`tests/test_lean.py` pins what is left out and that the reader starts without it.
"""

import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final


class _Placeholders(ModuleType):
    """A module that has a class of any name, to derive from or to name in a signature, but not to use."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


class _StandardTyping(ModuleType):
    """What other libraries take from `typing_extensions`: nearly all of it is in the standard library by now."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return getattr(typing, name)
        except AttributeError:
            return getattr(_loaded(self), name)


class _Unused(type):
    """The kind of classes that nothing is ever made of; whatever is looked up in one is None."""

    def __getattr__(cls, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


class _Later(ModuleType):
    """A module that is loaded when something of it is used.

    What a library takes from it by these names is a function that loads it when it is called, but the `classes`, which
    nobody uses but to ask whether something is one of them.
    """

    def __init__(self, name: str, *functions: str, classes: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self._functions, self._classes = functions, classes

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._classes:
            return _Unused(name, (), {})
        if name in self._functions:
            return lambda *values, **named: getattr(_loaded(self), name)(*values, **named)
        return getattr(_loaded(self), name)


def _loaded(stand_in: ModuleType) -> ModuleType:
    """The module that something else stood for."""
    name = stand_in.__name__
    if sys.modules.get(name) is stand_in:
        del sys.modules[name]
    __import__(name)
    return sys.modules[name]


def _later(*functions: str, classes: tuple[str, ...] = ()) -> Callable[[str], ModuleType]:
    return lambda name: _Later(name, *functions, classes=classes)


def _absent(_name: str) -> None:
    """What an import gives that fails."""


_LEFT_OUT: Final[dict[str, Callable[[str], ModuleType | None]]] = {
    # The toolkit's own palette, with the lists, trees and fields it is made of: the reader has its own.
    "textual.command": _Placeholders,
    # Tables are only drawn by tools for developers.
    "rich.table": _Placeholders,
    # asyncio does without, and whoever has no network needs none of it.
    "ssl": _absent,
    "asyncio.sslproto": _Placeholders,
    "typing_extensions": _StandardTyping,
    # What msgspec would read and write as well, and how it describes types to others.
    "uuid": _later("uuid4", classes=("UUID", "SafeUUID")),
    "decimal": _later(classes=("Decimal",)),
    "msgspec.inspect": _later(),
    "msgspec._json_schema": _later("schema", "schema_components"),
    # What only errors, folders for passing files, tools for developers and a few drawings need.
    "asyncio.staggered": _later(),
    "difflib": _later("get_close_matches"),
    "ipaddress": _later(),
    "locale": _later(),
    "mimetypes": _later(),
    "pickle": _later("dumps", "loads"),
    "rich.markup": _later("render"),
    "rich.panel": _later("Panel"),
    "rich.tree": _later("Tree"),
    "shlex": _later(),
    # Folders are copied and names looked up, but nothing is packed.
    "bz2": _absent,
    "lzma": _absent,
    "tempfile": _later("gettempdir"),
    "textual.canvas": _later("Canvas", "Rectangle"),
    "textual.markup": _later("parse_style"),
    "textwrap": _later(),
    "tokenize": _later(),
}


@contextmanager
def lean_libraries() -> Iterator[None]:
    """While this lasts, libraries load without what the reader never uses of them; later that can be loaded as ever."""
    stand_ins = {name: make(name) for name, make in _LEFT_OUT.items() if name not in sys.modules}
    modules = typing.cast("dict[str, ModuleType | None]", sys.modules)
    modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if modules.get(name, name) is stand_in:
                del modules[name]
