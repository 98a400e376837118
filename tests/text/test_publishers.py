"""Whose a domain is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.publishers import publisher_of


@pytest.mark.parametrize(
    ("domain", "publisher"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("bbc.co.uk", "bbc.co.uk"),
        ("www.sport.example.com", "example.com"),
        ("News.Example.COM", "example.com"),
        ("example.com.", "example.com"),
        ("x.münchen.de", "münchen.de"),
        ("alice.github.io", "alice.github.io"),
        ("blog.alice.github.io", "alice.github.io"),
    ],
)
def test_all_addresses_of_a_house_are_one_and_guests_of_a_host_are_not(domain: str, publisher: str) -> None:
    assert publisher_of(domain) == publisher


@pytest.mark.parametrize("domain", ["", "localhost", "co.uk", "192.168.0.1", "[::1]", "a..b", ".com"])
def test_what_nobody_registered_stays_as_it_is(domain: str) -> None:
    assert publisher_of(domain) == domain


@given(st.text(max_size=80))
def test_any_text_has_a_publisher_that_is_a_part_of_it(text: str) -> None:
    assert publisher_of(text) in text.lower()
    assert publisher_of(publisher_of(text)) == publisher_of(text)
