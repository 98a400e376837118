"""What becomes of what the reader did before their place in the folder was known."""

from tests.ui.reader import open_reader
from tui.deck.view import View
from tui.state.values import LastPosition
from tui.ui.deck.state import place_text
from tui.ui.messages import Entered


async def test_a_query_that_is_being_typed_is_not_taken_for_the_one_of_last_time() -> None:
    async with open_reader() as reader:
        await reader.press("/")
        await reader.settle()
        screen = reader.deck
        # The letters are there, and what they mean is on its way.
        screen.panes.query.set_text("vol")
        screen.on_entered(Entered(LastPosition("folder", place_text(View(query="kind:article"), ()), "", {})))
        assert screen.panes.query.text == "vol"
        screen.panes.query.set_text("")
        screen.on_entered(Entered(LastPosition("folder", place_text(View(query="kind:article"), ()), "", {})))
        assert screen.panes.query.text == "kind:article"
