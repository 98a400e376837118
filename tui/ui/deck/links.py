"""Opening things: cards within the deck, links in a browser, and links into the clipboard."""

from collections.abc import Callable, Sequence

from tui.deck.events.events import Relation
from tui.errors import ProgramError, UrlRefusedError
from tui.model import Coverage, Outlet
from tui.session import Link
from tui.ui.deck.marking import MarkActions
from tui.ui.messages import Launched
from tui.ui.widgets.facet_pane import FacetPane
from tui.ui.widgets.pane import Pane
from tui.ui.widgets.story_content import StoryContent, Target
from tui.ui.workers import Ticket

ASK_ABOVE = 5
"""How many links open at once without a question."""
LAUNCH_WATCH_SECONDS = 2.0
"""After this a browser that could not work has ended, and is asked about."""


class LinkActions(MarkActions):
    """The part of the deck screen that opens, copies and lists."""

    def action_open(self) -> None:
        """Go in: choose a facet, read a story, open a coverage row's card."""
        if self.topics_pane.has_focus:
            self.choose_facet(self.topics_pane.chosen)
        elif self.story_pane.has_focus:
            self.open_chosen()
        elif self.list_pane.story is not None:
            self.follow_now()
            self.show_pane("story")

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was chosen by mouse or key."""
        pane = message.pane
        if isinstance(pane, FacetPane):
            self.choose_facet(pane.chosen)
        elif pane is self.list_pane:
            self.follow_now()
            self.show_pane("story")
        else:
            self.open_chosen()

    def open_chosen(self) -> None:
        """Open what the cursor of the story pane is on: its card in place, else its link in the browser."""
        target, content = self.story_pane.chosen, self.story_pane.content
        if target is None or content is None:
            return
        if target.section is not None:
            self.toggle_section(target.section)
            return
        story = self.deck.find(target.story_id) if target.story_id is not None else None
        if story is None or story.id == content.story.id:
            self.browse([target])
            return
        self.trail = [*self.trail[: self.trail_at + 1], story.id]
        self.trail_at = len(self.trail) - 1
        self.show_story(story)

    def action_back(self) -> None:
        """Back to the story before, else to the list."""
        if not self._walk_trail(-1) and not self.list_pane.has_focus:
            self.show_pane("stories")

    def action_forward(self) -> None:
        """Forward again to the story that was gone back from."""
        if not self._walk_trail(1):
            self.notify("There is nothing to go forward to.", markup=False, timeout=2)

    def _walk_trail(self, step: int) -> bool:
        place = self.trail_at + step
        while 0 <= place < len(self.trail):
            story = self.deck.find(self.trail[place])
            if story is not None:
                self.trail_at = place
                self.show_story(story)
                return True
            place += step
        return False

    def action_browse(self) -> None:
        """Open the chosen row's link, or the story's."""
        if self.picked:
            stories = [story for story in map(self.deck.find, sorted(self.picked)) if story is not None]
            targets = [Target(story.url, story.title, story.outlet.name, story.outlet.domain) for story in stories]
            self.browse(targets, lambda urls: self.mark_stories_read([each for each in stories if each.url in urls]))
        elif (target := self._target()) is not None:
            content = self.story_pane.content
            is_story = content is not None and target is content.targets[0]
            self.browse([target], lambda _urls: self._read_on(content) if is_story else None)

    def _read_on(self, content: StoryContent | None) -> None:
        """The story was opened: it is read, and the reader may want the next one."""
        if content is not None:
            self.mark_stories_read([content.story])
            if self.session.settings.open_advances and self.list_pane.has_focus:
                self.action_next_unread()

    def action_browse_nth(self, number: int) -> None:
        """Open the coverage row with this number, counted from 1."""
        self._catch_up()
        rows = self.story_pane.coverage
        if number <= len(rows):
            self.browse([rows[number - 1]])
        else:
            self.notify(f"This story has {len(rows) or 'no'} rows of coverage.", markup=False, timeout=3)

    def action_browse_all(self) -> None:
        """Open every outlet's piece of the event once; of a story without an event, all that is related."""
        self._catch_up()
        content = self.story_pane.content
        if content is None:
            return
        rows = [target for target in self.story_pane.coverage if target.row is not None]
        told = [target for target in rows if target.row and target.row.relation is Relation.SAME_EVENT]
        others = [target for target in told if target.outlet != content.story.outlet.name]
        firsts = list({target.outlet: target for target in reversed(others)}.values())[::-1]
        targets = [content.targets[0], *(firsts or rows)]
        self.browse(targets, lambda _urls: self.mark_stories_read([content.story]))

    def action_copy_url(self) -> None:
        """Copy the link that `o` would open."""
        target = self._target()
        if target is None or not target.url:
            self.notify("There is no link to copy.", severity="warning", markup=False)
            return
        self._copy(target.url, "the link")

    def action_copy_markdown(self) -> None:
        """Copy headline and link as Markdown."""
        target = self._target()
        if target is not None:
            self._copy(self.session.markdown_link(target.title, target.url), "headline and link")

    def action_inspect(self) -> None:
        """Show every field of the card."""
        self._catch_up()
        from tui.ui.dialogs.inspector import InspectorScreen

        if (content := self.story_pane.content) is not None:
            chosen = self.story_pane.chosen if self.story_pane.has_focus else None
            reasons = self._reasons(content, chosen)
            self.app.push_screen(InspectorScreen(self.session, content.story, self.desk, reasons))

    def _reasons(self, content: StoryContent, chosen: Target | None) -> list[str]:
        """Why the chosen coverage row is where it is, and why the event is led by the story it is."""
        events = self.analysis.events if self.analysis is not None else None
        event = self.event_of(content.story)
        if events is None or event is None:
            return []
        reasons = []
        if chosen is not None and chosen.row is not None:
            item = Coverage(chosen.title, chosen.url, Outlet(chosen.outlet, chosen.domain))
            relation = chosen.row.relation.replace("_", " ")
            reasons.append(f"{chosen.outlet}, {relation}: {events.why(content.story, item)}")
        if event.outlets > 1:
            lead = self.deck.find(event.lead)
            title = lead.title if lead is not None else event.lead
            reasons.append(f"The event is led by “{title}”: {event.lead_reason}.")
        return reasons

    def action_problems(self) -> None:
        """List the problems of the folder."""
        from tui.ui.dialogs.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(self.problems))

    def action_help(self) -> None:
        """All keys."""
        from tui.ui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Every action by name."""
        self.app.action_command_palette()

    def action_theme(self) -> None:
        """The next theme."""
        names = self.session.theme_names
        here = names.index(self.app.theme) if self.app.theme in names else -1
        self.app.theme = names[(here + 1) % len(names)]
        self.notify(f"Theme: {self.app.theme}", markup=False, timeout=2)

    def action_redraw(self) -> None:
        """Draw everything anew."""
        self.app.refresh(layout=True)

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()

    def browse(self, targets: Sequence[Target], opened: Callable[[list[str]], None] | None = None) -> None:
        """Open links in the browser, asking first where the policy or their number says so.

        `opened` is called with the URLs, as the targets have them, of those that are neither refused nor declined.
        """
        links, refused = self._checked(targets)
        if refused:
            self.notify("\n".join(refused[:3]), title="Not opened", severity="error", markup=False, timeout=8)
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

        self.app.push_screen(ConfirmScreen(reasons), go)

    def _checked(self, targets: Sequence[Target]) -> tuple[dict[str, Link], list[str]]:
        """The links that may be opened, by the URLs of their targets, and why others may not."""
        links, refused = {}, []
        for target in targets:
            try:
                links[target.url] = self.session.link(self.deck, target.url, target.outlet, target.domain)
            except UrlRefusedError as error:
                refused.append(str(error))
        return links, refused

    def _launch(self, links: Sequence[Link]) -> None:
        try:
            if (command := self.session.console_browser(links[0].url)) is not None:
                with self.app.suspend():
                    self.session.run_in_terminal(command)
                self.app.refresh(layout=True)
                return
        except (ProgramError, UrlRefusedError) as error:
            self.post_message(Launched(links[0].url, error=str(error)))
            return

        def job(ticket: Ticket) -> None:
            for link in links:
                try:
                    program = self.session.open(link)
                except (ProgramError, UrlRefusedError) as error:
                    self.post_message(Launched(link.url, error=str(error)))
                    return
            self.post_message(Launched(links[0].url, program=program, count=len(links)))

        self.desk.start("open", job)

    def on_launched(self, message: Launched) -> None:
        """Say what happened; where nothing could be started the URL is shown and copied."""
        if message.error:
            self.app.copy_to_clipboard(message.url)
            text = f"{message.error}\nThe link is copied:\n{message.url}"
            self.notify(text, title="Not opened", severity="warning", markup=False, timeout=12)
            return
        what = message.url if message.count == 1 else f"{message.count} links"
        self.notify(f"{what}\nopened with {message.program}", markup=False, timeout=4)
        self.set_timer(LAUNCH_WATCH_SECONDS, self._tell_launch_failures)

    def _tell_launch_failures(self) -> None:
        for failure in self.session.launch_failures():
            self.notify(failure, title="The browser failed", severity="warning", markup=False, timeout=8)

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)

        def job(ticket: Ticket) -> None:
            self.session.copy(text)

        self.desk.start("copy", job)
        self.notify(f"Copied {what}:\n{text}", markup=False, timeout=4)

    def _target(self) -> Target | None:
        """What a link action is about: the chosen row in the story pane, else the story."""
        self._catch_up()
        content = self.story_pane.content
        if content is None:
            return None
        return (self.story_pane.chosen if self.story_pane.has_focus else None) or content.targets[0]

    def _catch_up(self) -> None:
        """Never act on the story the cursor has just left."""
        if self.list_pane.has_focus:
            self.follow_now()
