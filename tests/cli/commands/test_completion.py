"""`newsdeck completion`: the scripts do in the real shells what they promise."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck
from tui.cli.formats import FORMATS
from tui.cli.registry import COMMANDS
from tui.config.themes import theme_names

NAMES = {command.name for command in COMMANDS}
CASES: list[tuple[list[str], set[str]]] = [
    (["sh"], {"show"}),
    (["list", "--sort", "o"], {"oldest", "outlets"}),
    (["list", "--format", ""], set(FORMATS)),
    (["--theme", ""], set(theme_names())),
    (["--ascii", "list", "--fail"], {"--fail-empty"}),
    (["config", "va"], {"validate"}),
    (["completion", ""], {"bash", "zsh", "fish"}),
    (["check", "--st"], {"--strict"}),
]


BASH = """
source "$0"
COMP_WORDS=(newsdeck "$@")
COMP_CWORD=$#
_newsdeck
printf "%s\\n" "${COMPREPLY[@]}"
"""
FISH = """
source $argv[1]
complete -C "newsdeck $argv[2..-1]"
"""
# zsh completes at a terminal only; it brings one along.
ZSH = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PROMPT_EOL_MARK=; fpath=(${0:h} \\$fpath); autoload -Uz compinit; compinit -u -D; print REA''DY"
zpty -r shell seen '*READY*'
zpty -w -n shell "newsdeck ${*[1,-2]}"$'\\t'
zpty -r shell seen "*${*[-1]}*"
zpty -d shell
"""


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture
def script(shell: str, tmp_path: Path) -> Path:
    file = tmp_path / "completion" / "_newsdeck"
    file.parent.mkdir()
    file.write_text(newsdeck("completion", shell).out, encoding="utf-8")
    return file


def run(shell: str, commands: str, script: Path, *words: str) -> list[str]:
    named = [shell, "-c", commands, str(script), *words]
    done = subprocess.run(named, capture_output=True, text=True, check=True, cwd=script.parent)
    assert done.stderr == ""
    return [line.split("\t")[0] for line in done.stdout.splitlines() if line]


def test_the_shell_can_read_the_script(shell: str, script: Path) -> None:
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("words", "offered"), CASES, ids=[" ".join(words) for words, _offered in CASES])
def test_words_are_completed(shell: str, script: Path, words: list[str], offered: set[str]) -> None:
    if shell == "zsh":
        for word in offered:
            run(shell, ZSH, script, *words, word)
        return
    found = set(run(shell, BASH if shell == "bash" else FISH, script, *words))
    assert offered <= found
    assert found - offered <= {script.name}, "beside what fits only a file may be offered"
