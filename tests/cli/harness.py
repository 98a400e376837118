"""Runs the command line in this process with streams, variables and cards of the test's own."""

import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from tui.cli.environment import Environment
from tui.cli.main import run

NOW = datetime(2020, 2, 27, 12, 0, tzinfo=UTC)


class Stream(io.TextIOWrapper):
    """A stream that keeps what was written to it, and may pass for a terminal."""

    def __init__(self, text: str = "", *, terminal: bool = False, encoding: str = "utf-8") -> None:
        self.bytes = io.BytesIO(text.encode(encoding))
        self.terminal = terminal
        super().__init__(self.bytes, encoding=encoding, newline="\n")

    def isatty(self) -> bool:
        return self.terminal

    def written(self) -> bytes:
        self.flush()
        return self.bytes.getvalue()


@dataclass(frozen=True)
class Result:
    """How a run ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def environment(
    *,
    answer: str = "",
    terminal: bool = False,
    columns: int | None = None,
    environ: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    zone: tzinfo = UTC,
) -> Environment:
    variables = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **(environ or {})}
    return Environment(
        stdin=Stream(answer, terminal=terminal),
        stdout=Stream(terminal=terminal, encoding=encoding),
        stderr=Stream(terminal=terminal, encoding=encoding),
        environ=variables,
        clock=lambda: NOW,
        zone=zone,
        ask_columns=lambda _stream: columns or 0,
    )


def newsdeck(*argv: str | Path, within: Environment | None = None) -> Result:
    """Run `newsdeck` with these words, by default without a terminal."""
    within = within or environment()
    status = run([str(word) for word in argv], within)
    out, err = within.stdout, within.stderr
    assert isinstance(out, Stream)
    assert isinstance(err, Stream)
    return Result(status, out.written().decode(out.encoding), err.written().decode(err.encoding))


def write_card(folder: Path, name: str = "card.md", /, **front: object) -> Path:
    """A card file with this front matter, written as JSON, which is YAML, too."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {json.dumps(value)}" for key, value in front.items()]
    file.write_text("\n".join(("---", *lines, "---", "")), encoding="utf-8")
    return file
