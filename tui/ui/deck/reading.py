"""Reading a story: what of its coverage is shown and how, going in and coming back."""

from dataclasses import replace

from tui.ui.deck.filtering import FilterActions
from tui.ui.widgets.story_content import COVERAGE_VIEWS, CoverageView, SectionName, StoryContent


class ReadActions(FilterActions):
    """The part of the deck screen that changes how a story is shown."""

    def change_content(self, content: StoryContent) -> None:
        """Show the same story in another arrangement."""
        self.story_pane.show(content, keep_place=True)

    def toggle_section(self, name: SectionName) -> None:
        """Open a folded section of coverage, or fold it."""
        if (content := self.story_pane.content) is not None:
            opened = {section.name for section in content.sections if section.foldable and section.open}
            self.change_content(replace(content, opened=frozenset(opened ^ {name}), everything=False))
            self.story_pane.go_to_section(name)

    def action_coverage(self) -> None:
        """To the first coverage row."""
        self.follow_now()
        self.story_pane.cursor = None
        if self.story_pane.step_coverage(1):
            self.show_pane("story")
        else:
            self.notify("Nothing is related to this story.", markup=False, timeout=3)

    def action_next_coverage(self) -> None:
        """Next coverage row."""
        self.story_pane.step_coverage(1)

    def action_previous_coverage(self) -> None:
        """Previous coverage row."""
        self.story_pane.step_coverage(-1)

    def action_coverage_view(self) -> None:
        """The next way to show the event."""
        if (content := self.story_pane.content) is not None:
            place = (COVERAGE_VIEWS.index(content.view) + 1) % len(COVERAGE_VIEWS)
            self._use_coverage_view(content, COVERAGE_VIEWS[place])

    def action_headlines(self) -> None:
        """Headlines side by side, and back to the timeline."""
        if (content := self.story_pane.content) is not None:
            self._use_coverage_view(content, "timeline" if content.view == "headlines" else "headlines")

    def _use_coverage_view(self, content: StoryContent, view: CoverageView) -> None:
        if not any(section.name == "event" for section in content.sections):
            self.notify("No other outlet tells this, as far as this folder knows.", markup=False, timeout=3)
            return
        self.change_content(replace(content, view=view))

    def action_everything(self) -> None:
        """Same event only, or all that is related."""
        if (content := self.story_pane.content) is not None:
            self.change_content(replace(content, everything=not content.everything, opened=frozenset()))
