"""What the operating system tells of a folder, and where it does not."""

import os
import time
from pathlib import Path
from threading import Event

import pytest

from tests.cards.sync.watching import put
from tui.cards.sync import notify
from tui.cards.sync.notify import POLLING_VARIABLE, SHORT, Notifier, PollingOnly, is_silent, open_notifier

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/share rw,relatime shared:2 - nfs4 server:/share rw
41 22 0:36 / /mnt/phone rw,nosuid - fuse.sshfs host: rw
42 22 0:37 / /mnt/with - dash rw,nosuid - tmpfs tmpfs rw
"""


def hears(notifier: Notifier, file: Path) -> bool:
    """Whether a notifier names a file before long."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if os.fsencode(file) in notifier.wait(SHORT, Event()):
            return True
    return False


@pytest.mark.parametrize("name", ["a.md", "sub/deep/b.md", "_data/topics/ai.yaml"])
def test_a_file_that_is_written_is_heard(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    notifier = open_notifier(tmp_path)
    put(tmp_path / name, "x")
    assert notifier.hears
    assert hears(notifier, tmp_path / name)
    notifier.close()


def test_topics_above_the_cards_are_heard(tmp_path: Path) -> None:
    topic = tmp_path / "_data" / "topics" / "ai.yaml"
    put(topic, "x")
    (tmp_path / "news").mkdir()
    notifier = open_notifier(tmp_path / "news")
    put(topic, "y")
    assert hears(notifier, topic)
    notifier.close()


def test_known_folders_are_heard_and_others_missed(tmp_path: Path) -> None:
    for name in ("sub", "other"):
        (tmp_path / name).mkdir()
    known = [bytes(tmp_path), bytes(tmp_path / "sub"), bytes(tmp_path / "gone")]
    notifier = open_notifier(tmp_path, known)
    assert notifier.hears
    put(tmp_path / "sub" / "a.md", "x")
    assert hears(notifier, tmp_path / "sub" / "a.md")
    assert [notifier.misses([folder, bytes(tmp_path / "other")]) for folder in known[:2]] == [True, True]
    assert not notifier.misses(known[:2])
    notifier.close()


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "link").symlink_to(tmp_path / "elsewhere")
    for known in ((), (bytes(tmp_path / "cards"), bytes(tmp_path / "cards" / "link"))):
        notifier = open_notifier(tmp_path / "cards", known)
        assert notifier.misses([bytes(tmp_path / "cards" / "link")])
        notifier.close()


@pytest.mark.parametrize(("value", "is_polling"), [("1", True), ("true", True), ("", False), ("false", False)])
def test_polling_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, is_polling: bool
) -> None:
    monkeypatch.setenv(POLLING_VARIABLE, value)
    notifier = open_notifier(tmp_path)
    assert notifier.hears is not is_polling
    notifier.close()


def test_a_folder_that_is_gone_and_more_folders_than_can_be_heard_are_compared_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not open_notifier(tmp_path / "gone").hears
    for number in range(4):
        (tmp_path / str(number)).mkdir()
    monkeypatch.setattr(notify, "MAX_FOLDERS", 3)
    assert not open_notifier(tmp_path).hears


@pytest.mark.parametrize(("device", "expected"), [((8, 1), False), ((0, 35), True), ((0, 36), True), ((0, 37), False)])
def test_network_file_systems_are_silent(device: tuple[int, int], expected: bool) -> None:
    assert is_silent(os.makedev(*device), MOUNTS) is expected


def test_silence_is_short_and_misses_nothing() -> None:
    assert PollingOnly().wait(SHORT, Event()) == frozenset()
    assert not PollingOnly().misses([b"/anything"])
