"""Background jobs: one of a name at a time, the newest wins, and a mistake in one is heard of."""

import threading

import pytest

from tui.ui.workers import Jobs, Ticket

WAIT = 10.0


def test_a_new_job_of_a_name_cancels_the_one_before_and_no_other() -> None:
    desk = Jobs(lambda error: None)
    release = threading.Event()
    first, other = desk.start("list", lambda ticket: None), desk.start("card", lambda ticket: None)

    def stay(ticket: Ticket) -> None:
        release.wait(WAIT)

    second = desk.start("list", stay)
    assert (first.is_cancelled(), second.is_cancelled(), other.is_cancelled()) == (True, False, False)
    desk.cancel_all()
    assert second.is_cancelled()
    assert other.is_cancelled()
    release.set()


def test_an_exception_goes_to_who_wants_to_know_unless_the_job_was_given_up() -> None:
    heard: list[Exception] = []
    told = threading.Event()
    given_up = threading.Event()
    ended = threading.Event()

    def hear(error: Exception) -> None:
        heard.append(error)
        told.set()

    def fail(ticket: Ticket) -> None:
        raise ValueError("wanted")

    def fail_late(ticket: Ticket) -> None:
        given_up.wait(WAIT)
        ended.set()
        raise ValueError("given up")

    desk = Jobs(hear)
    desk.start("late", fail_late)
    desk.cancel("late")
    given_up.set()
    ended.wait(WAIT)
    desk.start("soon", fail)
    assert told.wait(WAIT)
    assert [str(error) for error in heard] == ["wanted"]


def test_a_stuck_job_does_not_keep_the_program_alive() -> None:
    release, runs = threading.Event(), threading.Event()

    def stay(ticket: Ticket) -> None:
        runs.set()
        release.wait(WAIT)

    Jobs(lambda error: None).start("stuck", stay)
    assert runs.wait(WAIT)
    stuck = [thread for thread in threading.enumerate() if thread.name == "newsdeck-stuck"]
    release.set()
    assert [thread.daemon for thread in stuck] == [True]


def test_who_has_a_job_done_need_not_wait_until_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    start, may_run, here = threading.Thread.start, threading.Event(), threading.get_ident()

    def start_late(thread: threading.Thread) -> None:
        assert threading.get_ident() != here, "whoever asked for the job waits"
        may_run.wait(WAIT)
        start(thread)

    desk = Jobs(lambda error: None)
    desk.start("first", lambda ticket: None)
    monkeypatch.setattr(threading.Thread, "start", start_late)
    done: list[str] = []
    desk.start("late", lambda ticket: done.append("late"))
    assert (done, desk.is_busy, desk.has_run("late")) == ([], True, True)
    may_run.set()
    desk.finish("late", WAIT)
    assert (done, desk.is_busy) == (["late"], False)
