"""What the reader does to narrow the list: words, topics, outlets, and the way back out."""

from dataclasses import replace

from textual.binding import Binding, BindingType

from tui.deck.view import Facet, View
from tui.ui.screens.moving import MoveActions
from tui.ui.widgets.filter_bar import FilterBar

LEAVE_FILTER: list[BindingType] = [
    Binding("enter,down", "leave_filter(False)", "keep the filter", priority=True, show=False),
    Binding("escape", "leave_filter(True)", "clear the filter", priority=True, show=False),
]
"""Only where the filter line has the focus; with priority, so that no key that follows is taken for another word."""


class FilterActions(MoveActions):
    """The part of the deck screen that changes the view."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The filter line is opened from anywhere but itself, and only left from there."""
        is_typing = isinstance(self.focused, FilterBar)
        if action in ("filter", "leave_filter"):
            return is_typing == (action == "leave_filter")
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Open the filter line."""
        self.add_class("-filtering")
        self.set_focus(self.filter_bar)

    def on_filter_bar_edited(self, message: FilterBar.Edited) -> None:
        """Filter by what is typed so far."""
        self.change_view(replace(self.view, words=message.words))

    def action_leave_filter(self, clear: bool) -> None:
        """Back to the list, with the filter or with all stories again."""
        if clear:
            self.filter_bar.value = ""
        self.set_class(bool(self.filter_bar.value.strip()), "-filtering")
        self.show_pane("stories")

    def choose_facet(self, facet: Facet | None) -> None:
        """Narrow to a facet; choosing the one in force takes it back."""
        view = replace(self.view, facet=None if facet == self.view.facet else facet)
        if view != self.view:
            self.list_pane.reset()
            self.change_view(view)
        self.show_pane("stories")

    def action_topics(self) -> None:
        """To the topics pane, which lies over the others on a narrow screen."""
        if self.topics_pane.has_focus:
            self.show_pane("stories")
            return
        self.remove_class("-no-topics")
        self.topics_pane.put_cursor_on_current()
        self.show_pane("topics")

    def action_toggle_topics(self) -> None:
        """Show or hide the topics pane."""
        if self.has_class("-wide"):
            self.toggle_class("-no-topics")
            if self.has_class("-no-topics") and self.topics_pane.has_focus:
                self.show_pane("stories")
        else:
            self.action_topics()

    def action_clear_topic(self) -> None:
        """All topics, outlets and kinds again."""
        self.change_view(replace(self.view, facet=None))

    def action_only_outlet(self) -> None:
        """Only stories of the outlet of the story in the list."""
        if (story := self.list_pane.story) is not None and story.outlet.name:
            self.change_view(replace(self.view, facet=Facet("outlet", story.outlet.name)))

    def action_only_topic(self) -> None:
        """Only stories of the first topic of the story in the list."""
        if (story := self.list_pane.story) is not None and story.topics:
            self.change_view(replace(self.view, facet=Facet("topic", self.deck.topics.name(story.topics[0]))))

    def action_escape(self) -> None:
        """One step back: the overlay, the pane, the filter, the topic."""
        if not self.list_pane.has_focus:
            self.show_pane("stories")
        elif self.view.words:
            self.filter_bar.value = ""
            self.remove_class("-filtering")
        elif self.view.facet is not None:
            self.change_view(View(self.view.words))
