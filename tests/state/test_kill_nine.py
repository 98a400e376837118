"""A reader that is killed loses nothing that was acknowledged (`kill_nine.py` alone does this 200 times)."""

from pathlib import Path

from tests.state.kill_nine import kill_often


def test_kill_nine_loses_nothing(tmp_path: Path) -> None:
    report = kill_often(tmp_path / "state" / "state.db", runs=5, seed=1)
    assert report.acknowledged > 0
    assert (report.runs, report.lost, report.corrupt) == (5, 0, 0)
