"""Moving within and between the panes, and how the panes are laid out."""

from typing import Literal

from textual import events

from tui.ui.deck.listing import DeckView
from tui.ui.widgets.document import DocumentPane
from tui.ui.widgets.story_list import StoryList

PaneName = Literal["topics", "stories", "story"]
_LIST_WIDTHS = ("-list-30", "-list-40", "", "-list-60", "-list-70")
_USUAL_WIDTH = 2


class MoveActions(DeckView):
    """The part of the deck screen that moves."""

    @property
    def active_pane(self) -> StoryList | DocumentPane:
        """The pane that movement keys act on: the focused one, else the list."""
        for pane in (self.topics_pane, self.story_pane):
            if pane.has_focus:
                return pane
        return self.list_pane

    def show_pane(self, name: PaneName) -> None:
        """Go to a pane; on a narrow screen it takes the place of the others."""
        self._make_way(name)
        self.set_focus(self.query_one(f"#{name}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the pane with the focus in sight at every width, also when it came there by the mouse."""
        if self.focused in (self.topics_pane, self.list_pane, self.story_pane):
            self._make_way(self.focused.id)

    def _make_way(self, name: str | None) -> None:
        self.set_class(name == "story", "-reading")
        self.set_class(name == "topics", "-topics")
        if name != "story":
            self.remove_class("-zen")

    def action_down(self) -> None:
        """Next row."""
        self.active_pane.move(1)

    def action_up(self) -> None:
        """Previous row."""
        self.active_pane.move(-1)

    def action_top(self) -> None:
        """First row."""
        self.active_pane.move_to_end(last=False)

    def action_bottom(self) -> None:
        """Last row."""
        self.active_pane.move_to_end(last=True)

    def action_half_down(self) -> None:
        """Half a page down."""
        self.active_pane.move_page(0.5)

    def action_half_up(self) -> None:
        """Half a page up."""
        self.active_pane.move_page(-0.5)

    def action_page_down(self) -> None:
        """A page down."""
        self.active_pane.move_page(1)

    def action_page_up(self) -> None:
        """A page up."""
        self.active_pane.move_page(-1)

    def action_next_day(self) -> None:
        """The next, older day."""
        self.list_pane.move_day(1)

    def action_previous_day(self) -> None:
        """The previous, newer day."""
        self.list_pane.move_day(-1)

    def action_scroll_down(self) -> None:
        """Scroll the story down."""
        self.story_pane.scroll_lines(1)

    def action_scroll_up(self) -> None:
        """Scroll the story up."""
        self.story_pane.scroll_lines(-1)

    def action_story_page_down(self) -> None:
        """Page the story down."""
        self.story_pane.scroll_lines(max(self.story_pane.size.height - 2, 1))

    def action_story_page_up(self) -> None:
        """Page the story up."""
        self.story_pane.scroll_lines(-max(self.story_pane.size.height - 2, 1))

    def action_pane_left(self) -> None:
        """The pane on the left; topics only where they are in sight beside the list."""
        if self.story_pane.has_focus:
            self.show_pane("stories")
        elif self.list_pane.has_focus and self.topics_pane.display:
            self.show_pane("topics")

    def action_pane_right(self) -> None:
        """The pane on the right."""
        if self.topics_pane.has_focus:
            self.show_pane("stories")
        elif self.list_pane.has_focus:
            self.follow_now()
            self.show_pane("story")

    def action_next_pane(self) -> None:
        """The next pane in sight."""
        self._cycle(1)

    def action_previous_pane(self) -> None:
        """The previous pane in sight."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        order: list[PaneName] = ["stories", "story"]
        if self.topics_pane.display:
            order.insert(0, "topics")
        here = order.index(self.active_pane.id) if self.active_pane.id in order else 0
        self.show_pane(order[(here + step) % len(order)])

    def action_zen(self) -> None:
        """The story alone on the screen, and back."""
        self.toggle_class("-zen")
        self.show_pane("story" if self.has_class("-zen") else "stories")

    def action_narrower(self) -> None:
        """A narrower list."""
        self.list_width -= 1

    def action_wider(self) -> None:
        """A wider list."""
        self.list_width += 1

    @property
    def list_width(self) -> int:
        """The width of the list, as a place among the widths there are."""
        return next((place for place, name in enumerate(_LIST_WIDTHS) if name and self.has_class(name)), _USUAL_WIDTH)

    @list_width.setter
    def list_width(self, place: int) -> None:
        chosen = min(max(place, 0), len(_LIST_WIDTHS) - 1)
        for other, name in enumerate(_LIST_WIDTHS):
            if name:
                self.set_class(other == chosen, name)
