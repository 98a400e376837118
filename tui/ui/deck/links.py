"""Opening things: cards within the deck, links in a browser, and links into the clipboard."""

from collections.abc import Callable, Iterable, Sequence

from tui.deck.events.coverage import outlets_told
from tui.deck.events.events import Relation
from tui.errors import ProgramError, UrlRefusedError
from tui.export.markdown import story_link
from tui.model import Coverage, Outlet, Story
from tui.programs import failure_of
from tui.session import ASK_ABOVE, Link, checked_link
from tui.text.urls import host_of
from tui.ui.deck.filtering import FilteringController
from tui.ui.deck.marking import MarkingController
from tui.ui.deck.port import Commands, DeckPort
from tui.ui.deck.reading import ReadingController
from tui.ui.messages import Launched
from tui.ui.widgets.pane import Pane
from tui.ui.widgets.story_content import StoryContent, Target
from tui.ui.workers import Ticket

LAUNCH_WATCH_SECONDS = 2.0
"""After this a browser that could not work has ended, and is asked about."""


class LinksController:
    """Opens, copies and inspects."""

    def __init__(
        self,
        port: DeckPort,
        reading: ReadingController,
        filtering: FilteringController,
        marking: MarkingController,
    ) -> None:
        self._port = port
        self._reading = reading
        self._filtering = filtering
        self._marking = marking
        self.commands: Commands = {
            "open": lambda: self.choose(self._port.panes.active),
            "back": self.back,
            "forward": self.forward,
            "browse": self.browse,
            "browse_nth": self.browse_nth,
            "browse_number": self.browse_number,
            "browse_all": self.browse_all,
            "copy_url": self.copy_url,
            "copy_markdown": self.copy_markdown,
            "inspect": self.inspect,
        }

    def choose(self, pane: Pane) -> None:
        """Go in where the cursor of a pane is: choose a facet, read a story, open the card of a coverage row."""
        panes = self._port.panes
        if pane is panes.topics:
            self._filtering.choose_facet(panes.topics.chosen)
        elif pane is panes.story:
            self.open_chosen()
        elif pane is panes.query.popup:
            panes.query.complete()
        elif panes.stories.story is not None:
            self._reading.follow_now()
            panes.show("story")

    def open_chosen(self) -> None:
        """Open what the cursor of the story pane is on: its card in place, else its link in the browser."""
        target, content = self._port.panes.story.chosen, self._port.panes.story.content
        if target is None or content is None:
            return
        if target.section is not None:
            self._reading.toggle_section(target.section)
            return
        story = self._port.state.deck.find(target.story_id) if target.story_id is not None else None
        if story is None or story.id == content.story.id:
            self.open_links([target])
        else:
            self._reading.go_into(story)

    def back(self) -> None:
        """Back to the story before, else to the list."""
        if not self._reading.walk(-1) and self._port.state.focus != "stories":
            self._port.panes.show("stories")

    def close_top(self) -> bool:
        """Close what is on top: a card opened from another, else what lies over the list; whether anything did."""
        opened = self._port.state.focus == "story" and self._reading.walk(-1)
        return opened or self._port.panes.uncover()

    def forward(self) -> None:
        """Forward again to the story that was gone back from."""
        if not self._reading.walk(1):
            self._port.say("There is nothing to go forward to.", seconds=2)

    def browse(self) -> None:
        """Open the chosen row's link, or the story's."""
        if self._port.state.picked:
            stories = self._port.state.picked_stories()
            targets = [Target(story.url, story.title, story.outlet.name, story.outlet.domain) for story in stories]
            self.open_links(targets, lambda urls: self._mark_read(each for each in stories if each.url in urls))
        elif (target := self._target()) is not None:
            content = self._port.panes.story.content
            is_story = content is not None and target is content.targets[0]
            self.open_links([target], lambda _urls: self._read_on(content) if is_story else None)

    def _read_on(self, content: StoryContent | None) -> None:
        """The story was opened: it is read, and the reader may want the next one."""
        if content is not None:
            self._mark_read([content.story])
            if self._port.session.settings.open_advances and self._port.state.focus == "stories":
                self._marking.step_unread(1)

    def _mark_read(self, stories: Iterable[Story]) -> None:
        self._marking.mark_stories_read(stories)

    def browse_nth(self, number: int) -> None:
        """Open the coverage row, or the link of the text, with this number, counted from 1."""
        self._reading.catch_up()
        content = self._port.panes.story.content
        links = content.links if content is not None else ()
        rows = (*self._port.panes.story.coverage, *links)
        if 1 <= number <= len(rows):
            self.open_links([rows[number - 1]])
        else:
            self._port.say(f"This story has {len(rows) or 'no'} rows of coverage and links.", seconds=3)

    def browse_number(self) -> None:
        """Ask for a number of more than one digit, and open what has it."""
        from tui.ui.dialogs.questions import AskScreen

        self._port.ask(AskScreen("Open number", "of a coverage row, or of a link in the text"), self._browse_typed)

    def _browse_typed(self, typed: str | None) -> None:
        if typed is None:
            return
        digits = typed.strip("[] .")
        if digits.isascii() and digits.isdigit() and len(digits) < 6:
            self.browse_nth(int(digits))
        else:
            self._port.say("That is no number.", seconds=3)

    def browse_all(self) -> None:
        """Open every outlet's piece of the event once; of a story without an event, all that is related."""
        self._reading.catch_up()
        content = self._port.panes.story.content
        if content is None:
            return
        rows = [target for target in self._port.panes.story.coverage if target.row is not None]
        same = [target for target in rows if target.row and target.row.relation is Relation.SAME_EVENT]
        others = [target for target in same if target.outlet != content.story.outlet.name]
        firsts = list({target.outlet: target for target in reversed(others)}.values())[::-1]
        targets = [content.targets[0], *(firsts or rows)]
        self.open_links(targets, lambda _urls: self._mark_read([content.story]))

    def copy_url(self) -> None:
        """Copy the link that `o` would open."""
        target = self._target()
        if target is None or not target.url:
            self._port.say("There is no link to copy.", severity="warning")
            return
        self._copy(target.url, "the link")

    def copy_markdown(self) -> None:
        """Copy headline and link as Markdown."""
        target = self._target()
        if target is not None:
            self._copy(story_link(target.title, target.url), "headline and link")

    def inspect(self) -> None:
        """Show every field of the card."""
        self._reading.catch_up()
        from tui.ui.dialogs.inspector import InspectorScreen

        if (content := self._port.panes.story.content) is not None:
            chosen = self._port.panes.story.chosen if self._port.state.focus == "story" else None
            reasons = self._reasons(content, chosen)
            self._port.ask(InspectorScreen(self._port.session, content.story, self._port.jobs, reasons))

    def _reasons(self, content: StoryContent, chosen: Target | None) -> list[str]:
        """Why the chosen coverage row is where it is, and why the event is led by the story it is."""
        state = self._port.state
        events = state.analysis.events if state.analysis is not None else None
        event = state.event_of(content.story)
        if events is None or event is None:
            return []
        reasons = []
        if chosen is not None and chosen.row is not None:
            item = Coverage(chosen.title, chosen.url, Outlet(chosen.outlet, chosen.domain))
            relation = chosen.row.relation.replace("_", " ")
            reasons.append(f"{chosen.outlet}, {relation}: {events.why(content.story, item)}")
        if event.outlets > 1:
            lead = state.deck.find(event.lead)
            title = lead.title if lead is not None else event.lead
            reasons.append(f"The event is led by “{title}”: {event.lead_reason}.")
            reasons.append(f"{event.outlets} outlets: {outlets_told(event)}")
        return reasons

    def open_links(self, targets: Sequence[Target], opened: Callable[[list[str]], None] | None = None) -> None:
        """Open links in the browser, asking first where the policy or their number says so.

        `opened` is called with the URLs, as the targets have them, of those that are neither refused nor declined.
        """
        links, refused = self._checked(targets)
        if refused:
            more = f" And {len(refused) - 1} more." if len(refused) > 1 else ""
            self._port.say(f"{refused[0]}{more}", severity="error", seconds=8)
        if not links:
            return
        reasons = [f"{link.question}\n{link.url}" for link in links.values() if link.question]
        if len(links) > ASK_ABOVE:
            reasons.insert(0, f"Open {len(links)} links at once?")

        def go(agreed: bool | None) -> None:
            if agreed:
                self._launch(list(links.values()))
                if opened is not None:
                    opened(list(links))

        if not reasons:
            go(True)
            return
        from tui.ui.dialogs.questions import ConfirmScreen

        self._port.ask(ConfirmScreen(reasons), go)

    def _checked(self, targets: Sequence[Target]) -> tuple[dict[str, Link], list[str]]:
        """The links that may be opened, by the URLs of their targets, and why others may not."""
        links, refused = {}, []
        deck = self._port.state.deck
        for target in targets:
            try:
                links[target.url] = checked_link(deck, target.url, target.outlet, target.domain)
            except UrlRefusedError as error:
                refused.append(str(error))
        return links, refused

    def _launch(self, links: Sequence[Link]) -> None:
        try:
            if (command := self._port.session.programs.console_browser(links[0].url)) is not None:
                with self._port.hand_over():
                    status = self._port.session.programs.run_in_terminal(command)
                if failure := failure_of(command, status):
                    self._port.post_message(Launched(links[0].url, error=failure))
                return
        except (ProgramError, UrlRefusedError) as error:
            self._port.post_message(Launched(links[0].url, error=str(error)))
            return

        def job(ticket: Ticket) -> None:
            for link in links:
                try:
                    program = self._port.session.programs.open_url(link.url)
                except (ProgramError, UrlRefusedError) as error:
                    self._port.post_message(Launched(link.url, error=str(error)))
                    return
            self._port.post_message(Launched(links[0].url, program=program, count=len(links)))

        self._port.jobs.start("open", job)

    def report(self, message: Launched) -> None:
        """Say what happened; where nothing could be started the URL is copied, and shown as far as there is room."""
        if message.error:
            self._port.copy_to_clipboard(message.url)
            told = f"{message.error} {message.url}"
            self._port.say(told, title="Not opened, link copied", severity="warning", seconds=12)
            return
        what = host_of(message.url) if message.count == 1 else f"{message.count} links"
        self._port.say(f"{what} opened with {message.program}")
        self._port.set_timer(LAUNCH_WATCH_SECONDS, self._report_failures)

    def _report_failures(self) -> None:
        for failure in self._port.session.programs.poll():
            self._port.say(failure, title="The browser failed", severity="warning", seconds=8)

    def _copy(self, text: str, what: str) -> None:
        self._port.copy_to_clipboard(text)
        self._port.say(f"Copied {what}.")

    def _target(self) -> Target | None:
        """What a link action is about: the chosen row in the story pane, else the story."""
        self._reading.catch_up()
        content = self._port.panes.story.content
        if content is None:
            return None
        return (self._port.panes.story.chosen if self._port.state.focus == "story" else None) or content.targets[0]
