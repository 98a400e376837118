"""What is for its owner alone is never shared, never reached through a link, and never half there."""

import os
import stat
from pathlib import Path

import pytest

from tui.private_files import NotOursError, own_folder, replace_file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_is_made_with_its_parents_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    os.close(own_folder(folder))
    assert (mode(folder), mode(folder.parent)) == (0o700, 0o700)


@pytest.mark.parametrize(("before", "after"), [(0o777, 0o755), (0o775, 0o755), (0o750, 0o750), (0o700, 0o700)])
def test_a_folder_that_others_may_write_to_is_closed_to_them(tmp_path: Path, before: int, after: int) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(before)
    os.close(own_folder(folder))
    assert mode(folder) == after


@pytest.mark.parametrize("kind", ["link to a folder", "link to nothing", "file"])
def test_only_a_folder_itself_will_do(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "folder"
    if kind == "file":
        folder.write_text("")
    else:
        target = tmp_path / "elsewhere"
        if kind == "link to a folder":
            target.mkdir()
        folder.symlink_to(target)
    with pytest.raises(NotOursError, match="is not a folder of its own"):
        own_folder(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    os.chown(folder, 12345, 12345)
    with pytest.raises(NotOursError, match="belongs to somebody else"):
        own_folder(folder)


def test_a_file_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    file, kept = tmp_path / "file", tmp_path / "kept"
    kept.write_text("kept")
    file.symlink_to(kept)
    replace_file(file, "new, ä and \ud800")
    assert (kept.read_text(), file.read_text(encoding="utf-8"), mode(file)) == ("kept", "new, ä and ?", 0o600)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "kept"]


def test_what_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (taken / "inside").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        replace_file(taken, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
