"""Stepping through earlier queries."""

from tui.ui.widgets.query_history import LIMIT, History


def test_up_goes_back_and_down_returns_to_what_was_being_typed() -> None:
    history = History().used("azure").used("outlet:zdnet")
    back = history.earlier("half a wo")
    assert back.text == "outlet:zdnet"
    assert back.earlier(back.text).text == "azure"
    assert back.earlier(back.text).earlier("azure").text == "azure"
    assert back.later().text == "half a wo"
    assert back.later().later().text == "half a wo"


def test_a_query_is_kept_once_and_the_oldest_go() -> None:
    history = History().used("a").used("b").used(" a ").used("")
    assert history.texts == ("b", "a")
    assert len(History.of(tuple(map(str, range(LIMIT + 5)))).texts) == LIMIT
