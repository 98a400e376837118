"""`python -m tests.force [NAME [N]]`: one run with N rounds, or every run with as many as it asks for."""

import importlib
import pkgutil
import sys
import time
from types import ModuleType

import tests.force
from tests.force import Watch

SHOWN = 20


def names() -> list[str]:
    """The runs there are."""
    return sorted(module.name for module in pkgutil.iter_modules(tests.force.__path__) if module.name != "__main__")


def module_of(name: str) -> ModuleType:
    """The module of a run."""
    return importlib.import_module(f"tests.force.{name}")


def force(name: str, rounds: int | None) -> bool:
    """Do one run, print its figures and what it found, and say whether that is nothing."""
    module = module_of(name)
    asked = module.DEFAULT if rounds is None else rounds
    watch = Watch(getattr(module, "CLOCK", time.process_time), strict=True)
    found = module.run(asked, watch)
    faults = [*found.faults, *watch.faults]
    figures = "; ".join(filter(None, (found.figures, watch.figures)))
    print(f"{name}: {asked} rounds, {len(faults)} faults; {figures}", flush=True)
    for fault in faults[:SHOWN]:
        print(f"  {fault}")
    return not faults


def main(argv: list[str]) -> int:
    """0 if nothing was found, 1 if something was, 2 for a run that is not there."""
    if argv and (argv[0] not in names() or len(argv) > 2 or not all(word.isdecimal() for word in argv[1:])):
        print(f"usage: python -m tests.force [NAME [N]]; the runs are: {', '.join(names()) or 'none'}")
        return 2
    rounds = int(argv[1]) if len(argv) == 2 else None
    clean = [force(name, rounds) for name in argv[:1] or names()]  # every one, whatever the first has found
    return 0 if all(clean) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
