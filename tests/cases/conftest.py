"""Cases of the terminal are played in one of their own."""

from tests.journeys.conftest import terminal as terminal
