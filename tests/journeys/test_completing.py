"""At the prompt of a real shell: what cards say is completed, arrives as it is, and is never run."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck, write_card
from tests.journeys.terminal import Terminal
from tests.session.caches import CachedFolder
from tui.config.views import SavedView, save_view
from tui.paths import cache_dir, config_dir

IDS = {
    "n1": "n1 $(touch pwned) `touch pwned` ${HOME} $HOME.md",
    "n2": "n2;touch pwned&|<>(){a,b}*?[a]~.md",
    "n3": 'n3 it\'s "quoted" back\\slash !! !touch #x ^a^b.md',
    "n4:a=": "n4:a=b@c.md",
    "n5": "n5 漢字 é.md",
}
TOPIC = "secret $(touch pwned) 'single' $HOME"
OUTLET = 'Daily "Planet" !! `touch pwned`'
VIEW = "My view; touch pwned $(touch pwned)"
STARTS = {
    "bash": "PS1='READY> ' exec bash --norc --noprofile -i -O checkwinsize",
    "zsh": "exec zsh -f -i",
    "fish": "exec fish --no-config -i",
}
LOADS = {
    "bash": "PS1='READY> '; source ./_newsdeck",
    "zsh": "PS1='READY> '; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D",
    "fish": "function fish_prompt; echo -n 'READY> '; end; source ./_newsdeck",
}


class Prompt:
    """A shell in a terminal, with a newsdeck that completes as ours and writes down what else it is called with."""

    def __init__(self, terminal: Terminal, folder: Path) -> None:
        self.folder = folder
        self._terminal = terminal
        self._called = folder / "called.json"

    def start(self, shell: str, root: Path) -> None:
        """Start the shell and load the script."""
        program = self.folder / "bin" / "newsdeck"
        program.parent.mkdir(parents=True)
        note = f"import json, sys; open({str(self._called)!r}, 'x').write(json.dumps(sys.argv[1:]))"
        program.write_text(
            f'#!/bin/sh\n[ "$1" = completion ] && exec "{sys.executable}" -m tui "$@"\n'
            f'exec "{sys.executable}" -c "{note}" "$@"\n'
        )
        program.chmod(0o755)
        (self.folder / "_newsdeck").write_text(newsdeck("completion", shell).out)
        environ = {"PATH": f"{program.parent}:{Path('/usr/bin')}:/bin", "NEWSDECK_CONTENT": str(root)}
        self._terminal.start("sh", "-c", f"cd '{self.folder}'; {STARTS[shell]}", size=(150, 30), environ=environ)
        self._terminal.type(LOADS[shell])
        self._terminal.press("Enter")
        self._terminal.wait_until(lambda: self._terminal.screen().rstrip().endswith("\nREADY>"), "the prompt")

    def completed(self, line: str) -> list[str]:
        """What newsdeck is called with when this line is completed and entered."""
        self._called.unlink(missing_ok=True)
        self._terminal.type(line)
        self._terminal.press("Tab", "Enter")
        self._terminal.wait_until(lambda: self._called.exists() and self._called.stat().st_size > 0, line)
        words: list[str] = json.loads(self._called.read_text())
        return words


@pytest.fixture(params=sorted(STARTS))
def prompt(request: pytest.FixtureRequest, terminal: Terminal, tmp_path: Path) -> Prompt:
    """The prompt of each shell, in a folder where the cards are stored."""
    shell: str = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    root = tmp_path / "cards"
    for name in IDS.values():
        write_card(root, name, title="A headline", provider={"name": OUTLET}, topics=[TOPIC], date="2020-02-26")
    CachedFolder(root, cache_dir()).write()
    save_view(config_dir() / "views.toml", SavedView(VIEW, "robot"))
    prompt = Prompt(terminal, tmp_path / "here")
    prompt.start(shell, root)
    return prompt


def test_ids_topics_outlets_and_views_arrive_as_they_are(prompt: Prompt) -> None:
    for typed, story_id in IDS.items():
        assert prompt.completed(f"newsdeck show {typed}") == ["show", story_id]
    topic = f'topic:"{TOPIC}"'
    assert prompt.completed("newsdeck list -q topic:") == ["list", "-q", topic]
    assert prompt.completed("newsdeck list -q 'is:unread -topic:") == ["list", "-q", f"is:unread -{topic}"]
    assert prompt.completed('newsdeck list -q "is:unread topic:') == ["list", "-q", f"is:unread {topic}"]
    escaped = OUTLET.replace('"', '\\"')
    assert prompt.completed("newsdeck list --query outlet:") == ["list", "--query", f'outlet:"{escaped}"']
    assert prompt.completed("newsdeck list --view ") == ["list", "--view", VIEW]
    assert not list(prompt.folder.rglob("pwned"))


def test_a_folder_and_a_file_are_completed_too(prompt: Prompt) -> None:
    assert [word.rstrip("/") for word in prompt.completed("newsdeck ../ca")] == ["../cards"]
    assert prompt.completed("newsdeck --ascii show ../cards/n5") == ["--ascii", "show", f"../cards/{IDS['n5']}"]
