"""Times in the forms that tools and people write."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cards.format.dialects.moments import is_naive, parse_any_moment

NOON = datetime(2026, 7, 8, 12, 30, tzinfo=UTC)
DAY = datetime(2026, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-07-08T12:30:00Z", "2026-07-08 14:30:00 +0200", "2026-07-08T14:30:00 (UTC +02:00)", "1783513800"),
        *("1783513800000", "2026-07-08 12:30 UTC", "Wed, 08 Jul 2026 12:30:00 GMT", "Wed, 8 Jul 2026 07:30:00 -0500"),
        *("July 8, 2026 12:30 PM UTC", "2026/07/08 12:30", "2026-07-08 08:30:00 EDT", "20260708T123000Z"),
        *("2026-07-08 08:30:00 America/New_York", "2026-07-08T14:30:00+02:00[Europe/Berlin]", "2026-07-08, 12:30 pm"),
        "8 July 2026 at 12:30",
    ],
)
def test_a_time(text: str) -> None:
    moment = parse_any_moment(text)
    assert moment is not None
    assert (moment.at, moment.time_known) == (NOON, True)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-08",
        "Jul 08 2026",
        "8 Jul 2026",
        "July 8th, 2026",
        "2026/7/8",
        "2026.07.08",
        "20260708",
        "[[2026-07-08]]",
    ],
)
def test_a_date(text: str) -> None:
    moment = parse_any_moment(text)
    assert moment is not None
    assert (moment.at, moment.time_known) == (DAY, False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "soon",
            "2026-13-01",
            "Jux 08 2026",
            "12",
            "2026-07-08T25:00",
            "3000-01-01",
            "{{date}}",
            "99999999999999",
        ),
        *("2026-07-08 12:30 Nowhere/Land", "2026-07-08 12:30 XQZ", "v1.2.3", "1/2", "07/08/2026"),
    ],
)
def test_no_date(text: str) -> None:
    assert parse_any_moment(text) is None


def test_a_day_that_can_only_be_one_is_read_either_way() -> None:
    for text in ("03/18/2024", "18.03.2024", "18/3/2024"):
        moment = parse_any_moment(text)
        assert moment is not None
        assert moment.at == datetime(2024, 3, 18, tzinfo=UTC)


def test_a_time_without_zone_is_local_to_the_folders() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for text in ("2026-07-08 14:30", "2026-07-08T14:30:00", "Jul 8, 2026 2:30 PM"):
        moment = parse_any_moment(text, berlin)
        assert moment is not None
        assert moment.at == NOON
        assert is_naive(text)
    for text in ("2026-07-08T12:30:00Z", "2026-07-08 12:30 +0000", "2026-07-08 08:30:00 EDT"):
        moment = parse_any_moment(text, berlin)
        assert moment is not None
        assert moment.at == NOON
        assert not is_naive(text)
    assert not is_naive("2026-07-08")


@given(st.text(st.sampled_from("0123456789-/:.,T Zz+()[]apmJulUTC年\u0660"), max_size=40))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    moment = parse_any_moment(text)
    assert moment is None or 1970 <= moment.at.year <= 2100
