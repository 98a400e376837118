"""Command lines of browsers as readers write them: blanks in a path, a tilde, signs of desktop entries, wrappers."""

from pathlib import Path

import pytest

from tui.errors import ProgramError
from tui.programs import Programs

URL = "https://example.org/a"


def opened_with(programs: Programs) -> str:
    """What the page was opened with, once that has ended."""
    name = programs.open_url(URL)
    for started in programs._started:
        started.process.wait()
    return name


def program(file: Path, script: str = "#!/bin/sh\nexit 0\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script)
    file.chmod(0o700)
    return file


@pytest.mark.parametrize("name", ["my browser/run", "Program Files (x86)/Browser/run.exe", "it's here/run", "a  b"])
def test_a_line_that_is_whole_the_path_of_a_program_is_that_program(tmp_path: Path, name: str) -> None:
    file = program(tmp_path / name)
    assert opened_with(Programs({"BROWSER": str(file), "PATH": "/bin"})) == file.name


@pytest.mark.parametrize("line", ["~/bin/open", "~/bin/open --new %s", "~/my bin/open"])
def test_a_tilde_is_the_home_of_the_reader(tmp_path: Path, line: str) -> None:
    program(tmp_path / "bin" / "open")
    program(tmp_path / "my bin" / "open")
    assert opened_with(Programs({"HOME": str(tmp_path), "PATH": "/bin"}, browser=line)) == "open"


@pytest.mark.parametrize("sign", ["%u", "%U", "%f", "%F"])
def test_a_sign_of_desktop_entries_is_warned_about(tmp_path: Path, sign: str) -> None:
    file = program(tmp_path / "firefox")
    with pytest.raises(ProgramError, match=sign):
        Programs({"BROWSER": f"{file} {sign}", "PATH": "/bin"}).open_url(URL)


@pytest.mark.parametrize(
    "line", ['exec lynx "$@"', "/usr/bin/w3m -o x $1", '  elinks "$1"', 'exec "/opt/bin/links" $1']
)
def test_a_wrapper_of_a_console_browser_gets_the_terminal(tmp_path: Path, line: str) -> None:
    file = program(tmp_path / "browse", f"#!/bin/sh\n# opens pages\n{line}\n")
    assert Programs({"BROWSER": str(file), "PATH": "/bin"}).console_browser(URL) == [str(file), URL]


@pytest.mark.parametrize("line", ["exec firefox $1", "echo lynx", "# lynx"])
def test_any_other_script_does_not(tmp_path: Path, line: str) -> None:
    file = program(tmp_path / "browse", f"#!/bin/sh\n{line}\n")
    assert Programs({"BROWSER": str(file), "PATH": "/bin"}).console_browser(URL) is None
