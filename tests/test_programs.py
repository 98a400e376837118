"""Starting other programs: with recording stand-ins on a PATH of their own."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tui.errors import ProgramError, UrlRefusedError
from tui.programs import COPY_LIMIT, Programs

URL = "https://example.com/a?b=c&d=e;f"


class Machine:
    """A PATH with stand-ins that write down how they were called, and the environment that goes with it."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self._record = folder / "record.json"
        self._gate = folder / "gate"
        os.mkfifo(self._gate)
        self.environment = {"PATH": str(self.bin)}
        self.now = 0.0

    def install(self, name: str, body: str) -> None:
        program = self.bin / name
        program.write_text(f"#!{sys.executable} -IS\n{body}", encoding="utf-8")
        program.chmod(0o755)

    def install_recorder(self, *names: str, status: int = 0, input_encoding: str = "utf-8") -> None:
        """Stand-ins that tell `recorded` their arguments, standard input and surroundings, then end with `status`."""
        for name in names:
            self.install(
                name,
                "import json, os, sys\n"
                "null = os.stat(os.devnull).st_rdev\n"
                "record = {\n"
                "    'name': os.path.basename(sys.argv[0]),\n"
                "    'arguments': sys.argv[1:],\n"
                f"    'input': sys.stdin.buffer.read().decode({input_encoding!r}),\n"
                "    'leads_session': os.getsid(0) == os.getpid(),\n"
                "    'silent': all(os.fstat(fd).st_rdev == null for fd in (0, 1, 2)),\n"
                "}\n"
                f"with open({str(self._record)!r}, 'w') as file:\n"
                "    json.dump(record, file)\n"
                f"sys.exit({status})\n",
            )

    def recorded(self) -> dict[str, Any]:
        """What the last stand-in that ended wrote down."""
        record: dict[str, Any] = json.loads(self._record.read_text(encoding="utf-8"))
        return record

    def let_go(self) -> None:
        """Lets a `waiting` stand-in end."""
        self._gate.write_text("go", encoding="utf-8")

    @property
    def waiting(self) -> str:
        """The source of a stand-in that prints garbage and ends only when let go."""
        return f"print('\\x1b[2J' * 1000)\nopen({str(self._gate)!r}).read()\n"

    def programs(self, *, browser: str = "", platform: str = "linux", **environment: str) -> Programs:
        return Programs(self.environment | environment, browser=browser, platform=platform, monotonic=lambda: self.now)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def wait_for_end(programs: Programs) -> tuple[str, ...]:
    """Waits until a started program has ended, and gives what `poll` then tells."""
    os.waitid(os.P_PID, programs._started[-1].process.pid, os.WEXITED | os.WNOWAIT)
    return programs.poll()


def test_browser_gets_the_url_alone_and_nothing_of_our_terminal(machine: Machine) -> None:
    machine.install_recorder("firefox")
    programs = machine.programs(BROWSER="firefox")
    assert programs.open_url(URL) == "firefox"
    assert wait_for_end(programs) == ()
    assert machine.recorded() == {
        "name": "firefox",
        "arguments": [URL],
        "input": "",
        "leads_session": True,
        "silent": True,
    }


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("firefox", [URL]),
        ("firefox --new-window", ["--new-window", URL]),
        ("firefox --url %s --quiet", ["--url", URL, "--quiet"]),
        ("firefox '--profile=my own' %s &", ["--profile=my own", URL]),
        ("missing:firefox:other", [URL]),
        ("sh-c %s oops -c 'x %s':firefox", [URL]),
    ],
)
def test_browser_variable_is_followed(machine: Machine, command: str, arguments: list[str]) -> None:
    machine.install_recorder("firefox", "sh-c")
    programs = machine.programs(BROWSER=command)
    programs.open_url(URL)
    wait_for_end(programs)
    assert machine.recorded()["arguments"] == arguments


@pytest.mark.parametrize(
    ("platform", "environment", "opener"),
    [
        ("linux", {"DISPLAY": ":0"}, "xdg-open"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open"),
        ("freebsd14", {"DISPLAY": ":0"}, "xdg-open"),
        ("darwin", {}, "open"),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "wslview"),
        ("linux", {"TERMUX_VERSION": "0.118"}, "termux-open-url"),
        ("linux", {"DISPLAY": ":0", "BROWSER": "firefox"}, "firefox"),
    ],
)
def test_opener_fits_the_platform(machine: Machine, platform: str, environment: dict[str, str], opener: str) -> None:
    machine.install_recorder("xdg-open", "open", "wslview", "termux-open-url", "firefox")
    programs = machine.programs(platform=platform, **environment)
    assert programs.open_url(URL) == opener
    wait_for_end(programs)
    assert machine.recorded()["name"] == opener


def test_configured_browser_wins(machine: Machine) -> None:
    machine.install_recorder("configured", "firefox")
    programs = machine.programs(browser="configured --tab", BROWSER="firefox")
    assert programs.open_url(URL) == "configured"
    wait_for_end(programs)
    assert machine.recorded()["arguments"] == ["--tab", URL]


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"BROWSER": "missing"}, "$BROWSER is “missing”, but missing is not found."),
        ({"browser": "missing", "BROWSER": "firefox"}, "The setting browser is “missing”, but missing is not found."),
        ({"BROWSER": "sh -c 'firefox %s'"}, "$BROWSER is “sh -c 'firefox %s'”, but %s may only stand as an argument"),
        ({"BROWSER": "%s"}, "%s may only stand as an argument of its own"),
        ({"BROWSER": "sh -c %s"}, "which would run the link as a command"),
        ({"BROWSER": "sh -c"}, "which would run the link as a command"),
        ({"BROWSER": "bash -lc %s x"}, "which would run the link as a command"),
        ({"BROWSER": "firefox 'open"}, "with a quotation mark that is not closed"),
        ({"BROWSER": "&"}, "which names no program"),
        ({}, "There is no display to open a browser on: name one in $BROWSER"),
        ({"DISPLAY": ":0", "PATH": "/nowhere"}, "No browser was found: name one in $BROWSER"),
        ({"BROWSER": "broken"}, "broken could not be started: "),
        ({"BROWSER": "w3m"}, "w3m shows pages in the terminal, which is in use."),
    ],
)
def test_what_cannot_be_started_is_told(machine: Machine, settings: dict[str, str], reason: str) -> None:
    for name in ("firefox", "sh", "bash", "xdg-open", "w3m"):
        machine.install(name, "raise SystemExit('must not be started')")
    (machine.bin / "broken").write_text("#!/nowhere/interpreter\n", encoding="utf-8")
    (machine.bin / "broken").chmod(0o755)
    with pytest.raises(ProgramError) as failure:
        machine.programs(**settings).open_url(URL)
    assert reason in str(failure.value)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "--evil", "%action--x", ""])
def test_no_program_gets_a_refused_url(machine: Machine, url: str) -> None:
    machine.install("firefox", "raise SystemExit('must not be started')")
    programs = machine.programs(BROWSER="firefox")
    with pytest.raises(UrlRefusedError):
        programs.open_url(url)
    with pytest.raises(UrlRefusedError):
        programs.console_browser(url)


def test_a_browser_that_blocks_and_prints_holds_nothing_up(machine: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    machine.install("firefox", machine.waiting)
    programs = machine.programs(BROWSER="firefox")
    programs.open_url(URL)
    assert programs.poll() == ()
    machine.let_go()
    assert wait_for_end(programs) == ()
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_fails_at_once_is_told_once(machine: Machine) -> None:
    machine.install("firefox", "raise SystemExit(3)")
    programs = machine.programs(BROWSER="firefox")
    programs.open_url(URL)
    assert wait_for_end(programs) == ("firefox ended at once with status 3.",)
    assert programs.poll() == ()


def test_a_browser_that_fails_after_long_use_is_not_told(machine: Machine) -> None:
    machine.install("firefox", "raise SystemExit(3)")
    programs = machine.programs(BROWSER="firefox")
    programs.open_url(URL)
    machine.now = 3600.0
    assert wait_for_end(programs) == ()


def test_ended_browsers_are_cleared_away_by_the_next_start(machine: Machine) -> None:
    machine.install("firefox", "raise SystemExit(3)")
    programs = machine.programs(BROWSER="firefox")
    browsers = []
    for _ in range(2):
        programs.open_url(URL)
        browsers.append(programs._started[-1].process.pid)
        os.waitid(os.P_PID, browsers[-1], os.WEXITED | os.WNOWAIT)
    assert programs.poll() == ("firefox ended at once with status 3.",) * 2
    for browser in browsers:
        with pytest.raises(ChildProcessError):
            os.waitpid(browser, os.WNOHANG)


@pytest.mark.parametrize(
    ("environment", "is_console"),
    [
        ({"BROWSER": "w3m"}, True),
        ({"BROWSER": "lynx -accept_all_cookies"}, True),
        ({"BROWSER": "www"}, True),
        ({"BROWSER": "firefox"}, False),
        ({"DISPLAY": ":0"}, False),
    ],
)
def test_browsers_of_the_terminal_are_known(machine: Machine, environment: dict[str, str], is_console: bool) -> None:
    machine.install_recorder("w3m", "lynx", "firefox", "xdg-open")
    (machine.bin / "www").symlink_to(machine.bin / "w3m")
    command = machine.programs(**environment).console_browser(URL)
    assert (command is not None) == is_console
    assert command is None or command[-1] == URL


def test_a_browser_of_the_terminal_is_run_to_its_end(machine: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    machine.install("w3m", "import sys\nprint('page', sys.argv[1])\nsys.exit(4)")
    programs = machine.programs(BROWSER="w3m")
    command = programs.console_browser(URL)
    assert command is not None
    assert programs.run_in_terminal(command) == 4
    assert capfd.readouterr().out == f"page {URL}\n"


def test_ctrl_c_ends_the_browser_of_the_terminal_but_not_the_reader(machine: Machine) -> None:
    machine.install(
        "w3m",
        "import os, signal, time\n"
        "assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN\n"
        "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"
        "os.kill(os.getpid(), signal.SIGINT)\n",
    )
    before = signal.getsignal(signal.SIGINT)
    assert machine.programs().run_in_terminal([str(machine.bin / "w3m")]) == -signal.SIGINT
    assert signal.getsignal(signal.SIGINT) is before


def test_a_missing_program_for_the_terminal_is_told(machine: Machine) -> None:
    with pytest.raises(ProgramError, match="w3m could not be started: No such file"):
        machine.programs().run_in_terminal(["/nowhere/w3m", URL])


@pytest.mark.parametrize(
    ("platform", "environment", "tool", "arguments"),
    [
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy", []),
        ("linux", {"DISPLAY": ":0"}, "xclip", ["-selection", "clipboard"]),
        ("darwin", {}, "pbcopy", []),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "clip.exe", []),
        ("linux", {"TERMUX_VERSION": "0.118"}, "termux-clipboard-set", []),
    ],
)
def test_text_reaches_the_clipboard_tool(
    machine: Machine, platform: str, environment: dict[str, str], tool: str, arguments: list[str]
) -> None:
    tools = ("wl-copy", "xclip", "pbcopy", "clip.exe", "termux-clipboard-set")
    machine.install_recorder(*tools, input_encoding="utf-16-le" if tool == "clip.exe" else "utf-8")
    assert machine.programs(platform=platform, **environment).copy_text("naïve · 中文")
    record = machine.recorded()
    assert (record["name"], record["arguments"], record["input"]) == (tool, arguments, "naïve · 中文")


def test_the_next_clipboard_tool_is_tried_when_one_fails(machine: Machine) -> None:
    machine.install("xclip", "raise SystemExit(1)")
    machine.install("xsel", "")
    assert machine.programs(DISPLAY=":0").copy_text("x")
    machine.install("xsel", "raise SystemExit(1)")
    assert not machine.programs(DISPLAY=":0").copy_text("x")


def test_nothing_is_copied_without_a_tool_or_beyond_the_limit(machine: Machine) -> None:
    assert not machine.programs(DISPLAY=":0").copy_text("x")
    machine.install("xclip", "")
    assert not machine.programs().copy_text("x")
    assert machine.programs(DISPLAY=":0").copy_text("x" * COPY_LIMIT)
    assert not machine.programs(DISPLAY=":0").copy_text("x" * (COPY_LIMIT + 1))


@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
def test_a_program_that_is_lent_the_terminal_asks_it_for_its_size(name: str) -> None:
    programs = Programs({**os.environ, name: "40"})
    assert programs.run_in_terminal(["sh", "-c", f"exit ${{{name}:-7}}"]) == 7
