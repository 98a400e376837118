"""Work that others wait for: how it is stopped, how it pauses, when garbage is searched for, how it gets a process."""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

ShouldStop = Callable[[], bool]
"""Whether to stop; asked now and then by work that may take long."""
NICE: Final = 3
"""How far the priority of a process that gives way lies below that of others."""

_STEP: Final = 0.1


def never() -> bool:
    """The answer of a reader who does not want to stop."""
    return False


def pause(seconds: float, should_stop: ShouldStop) -> None:
    """Wait for so many seconds, or until `should_stop`, which is asked ten times a second."""
    until = time.monotonic() + seconds
    while not should_stop() and time.monotonic() < until:
        time.sleep(_STEP)


def give_way() -> None:
    """Let this process wait from now on while others have something to do, and with it all that it has forked.

    What was forked before is reached only where this process leads a group of its own.
    """
    with suppress(OSError):
        now = os.nice(NICE)
        if os.getpgrp() == os.getpid():
            os.setpriority(os.PRIO_PGRP, 0, now)


def unread_bytes(pipe: int) -> int:
    """How many bytes wait in a pipe until somebody reads them, asked at either end; 0 where the system does not say."""
    import fcntl
    import termios

    waiting = bytearray(4)
    with suppress(OSError, ValueError):
        fcntl.ioctl(pipe, termios.FIONREAD, waiting)
    return int.from_bytes(waiting, sys.byteorder)


def search_no_garbage() -> None:
    """Do not search for garbage from now on: what is being made makes no cycles, or stays for good."""
    gc.disable()


def search_new_garbage() -> None:
    """Search for garbage from now on, but not among what there is: it stays, and to search it holds up the keys."""
    gc.freeze()
    gc.enable()


def give_memory_back() -> None:
    """Let the system have what was freed, where the C library would keep it for later."""
    import ctypes  # slow to load, and hardly ever needed

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def end_at_once() -> NoReturn:
    """End this process in good order, as far as others see it: what it printed is out, but nothing is tidied up."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


@contextmanager
def no_garbage_search() -> Iterator[None]:
    """Search for no garbage meanwhile, and afterwards as before.

    A full search in between would look through all that is kept for nothing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def module_command(module: str) -> tuple[str, ...]:
    """What starts `main` of a module of this very package in a process of its own; its arguments follow.

    With -P the folder the reader was started in, which may hold anything, is never searched for modules.
    """
    home = Path(__file__).resolve().parents[1]
    code = (
        "import sys; home = sys.argv.pop(1); home in sys.path or sys.path.insert(0, home)\n"
        "from tui.lean import lean_libraries\n"
        f"with lean_libraries(): from {module} import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    return sys.executable, "-P", "-c", code, str(home)
