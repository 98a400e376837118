"""Loading libraries without what they bring along for others: a tenth of the time to the first screen.

`tests/ui/test_lean.py` pins what is left out and that the reader starts without it.
"""

import sys
import typing
from collections.abc import Iterator
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
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            import typing_extensions

            return getattr(typing_extensions, name)


def _absent(_name: str) -> None:
    """What an import gives that fails."""


_LEFT_OUT: Final[dict[str, typing.Callable[[str], ModuleType | None]]] = {
    # The toolkit's own palette, with the lists, trees and fields it is made of: the reader has its own.
    "textual.command": _Placeholders,
    # Tables are only drawn by tools for developers.
    "rich.table": _Placeholders,
    # asyncio does without, and whoever has no network needs none of it.
    "ssl": _absent,
    "typing_extensions": _StandardTyping,
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
