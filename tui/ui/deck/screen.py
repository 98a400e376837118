"""The deck screen: topics, stories and story side by side, over a folder that is read and followed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import Widget

from tui.config.themes import theme_names
from tui.errors import DamagedCacheError, NewsdeckError
from tui.session import FolderState, Session
from tui.state.values import Notice
from tui.ui.bindings import HELP_ANYWHERE, QUERY_KEYS, bindings
from tui.ui.deck.listing import ListingController
from tui.ui.deck.news import go_to_news, report_news
from tui.ui.deck.panes import Panes
from tui.ui.deck.port import FINISH_SECONDS, MARK_JOB, Answer, Commands
from tui.ui.deck.reading import ReadingController
from tui.ui.deck.state import (
    DeckState,
    FailLoading,
    Intent,
    MoveCursor,
    MoveFocus,
    TakeFolder,
    TakeNews,
    can_run,
    place_text,
    step,
)
from tui.ui.messages import (
    Analysed,
    CardRead,
    Entered,
    FolderPublished,
    JobFailed,
    Launched,
    Listed,
    LoadFailed,
    Marked,
    Rested,
    StoreChanged,
    StoreNotice,
    ThenDo,
    UnreadFound,
)
from tui.ui.sheets import read_later_sheets
from tui.ui.toolkit import SteadyScreen
from tui.ui.widgets.pane import MOVES, Pane
from tui.ui.widgets.story_list import StoryList
from tui.ui.workers import Jobs, Ticket

if TYPE_CHECKING:  # no first screen is controlled or typed into
    from tui.ui.deck.controls import Controls
    from tui.ui.widgets.filter_bar import FilterBar
    from tui.ui.widgets.find_bar import FindBar


class DeckScreen(SteadyScreen):
    """Composes the panes, follows the folder, and hands keys and messages to the controllers.

    The controllers see it as a `DeckPort`. Every action of a key is `do`, with the id of a command.
    """

    BINDINGS = [*bindings(), *QUERY_KEYS, HELP_ANYWHERE]
    AUTO_FOCUS = "#stories"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (80, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (5, "-tall")]

    _has_folder = False
    _has_store = False
    _has_entered = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.state = DeckState()
        self.jobs = Jobs(lambda error: self.post_message(JobFailed(error)))
        self._started = time.monotonic()
        self.reading = ReadingController(self)
        self._listing = ListingController(self, self.reading)
        stories = StoryList(self._listing.row_state, session.clock, session.zone, id="stories")
        stories.listed.density = session.settings.density
        self.panes = Panes(self, stories)

    @cached_property
    def controls(self) -> "Controls":
        """What the keys do; made right behind the first screen, or for the first key if that comes before."""
        from tui.ui.deck.controls import Controls

        return Controls(self, self._listing, self.reading, _own_commands(self, self._load))

    def compose(self) -> ComposeResult:
        """The panes and bars."""
        yield from self.panes.compose()

    def action_do(self, command: str, *parameters: object) -> None:
        """Run a command by its id; what it does is kept, however early it comes, and a move leaves nothing to keep."""
        if command not in MOVES:
            self._go_on()
        self.controls.commands[command](*parameters)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means anything now."""
        if action == "do":
            return can_run(str(parameters[0]), self.state)
        return super().check_action(action, parameters)

    def apply(self, intent: Intent) -> None:
        """Make the state the one after `intent`."""
        self.state = step(self.state, intent)
        self.panes.announce(self.state)

    def watch_focused(self, focused: Widget | None) -> None:
        """Learn where the keys go, before the next one comes."""
        self.apply(MoveFocus(self.panes.name_of(focused)))

    def say(
        self, text: str, *, title: str = "", severity: SeverityLevel = "information", seconds: float | None = 4
    ) -> None:
        """Show a text in passing, as it is, beside what is in use."""
        self.notify(self.panes.worded(text, title), severity=severity, timeout=seconds, markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit what is told in passing, too."""
        self.panes.reword(event.size.width)

    def ask(self, dialog: Screen[Answer], answer: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog."""
        read_later_sheets(self.app)
        self.app.push_screen(dialog, answer)

    @contextmanager
    def hand_over(self) -> Iterator[None]:
        """Leave the terminal to another program, and draw everything anew after it, whatever became of it."""
        failure: BaseException | None = None
        with self.app.suspend():
            # The toolkit takes the terminal back only where nothing is raised.
            try:
                yield
            except BaseException as error:
                failure = error
        self.redraw()
        if failure is not None:
            raise failure

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the clipboard."""
        self.app.copy_to_clipboard(text)

    def on_mount(self) -> None:
        """Show what is known with the very first paint, else start to load."""
        self.app.app_resume_signal.subscribe(self, lambda _app: self.redraw())
        if not self._show_cached():
            self.jobs.start("load", self._load)
        # Whoever looks at the first screen needs neither marks nor changes yet: they would only hold it up.
        self.call_after_refresh(self._go_on)

    def on_unmount(self) -> None:
        """Leave no job running, and no mark unwritten."""
        self.jobs.cancel_all()
        self.jobs.finish(MARK_JOB, FINISH_SECONDS)
        text = place_text(self.state.view, self.state.queries)
        self.session.leave(text, self.state.story_id, self.panes.row.widths)

    def _show_cached(self) -> bool:
        """Show what is known instead of an empty screen; whether there is anything."""
        if (folder := self.session.known(self._take_folder)) is not None:
            with suppress(DamagedCacheError):  # then the cards are read anew
                listing = self.session.lister.plain(folder.deck, self.state.view, folder.analysis)
                self.apply(TakeFolder(folder))
                self.on_listed(Listed(listing))
                return True
        self._describe()
        self.panes.show_advice(self.state)
        return False

    def _take_folder(self, folder: FolderState) -> None:
        self.post_message(FolderPublished(folder))

    def _load(self, ticket: Ticket) -> None:
        try:
            self.session.follow(self._take_folder, ticket.is_cancelled)
        except NewsdeckError as error:
            self.post_message(LoadFailed(str(error)))

    def _go_on(self) -> None:
        """Open the store of marks and follow the folder, once, behind the first screen or before the first command."""
        if self._has_store:
            return
        self.session.start(self._take_notice, self._take_change)
        self._has_store = True
        if not self.jobs.has_run("load"):
            self.jobs.start("load", self._load)
        self._enter_once()
        self.jobs.start("controls", self.controls.load)

    def _enter_once(self) -> None:
        """Learn where the reader was in this folder, as soon as both the folder and the store are there."""
        if self._has_folder and self._has_store and not self._has_entered:
            self._has_entered = True
            self.jobs.start("enter", self._enter)

    def _enter(self, ticket: Ticket) -> None:
        place = self.session.enter(self.state.deck)
        if place is not None:
            from tui.ui.deck import filtering  # noqa: F401  the event loop does not wait for what going back there loads
        if not ticket.is_cancelled():
            self.post_message(Entered(place))

    def _take_notice(self, notice: Notice) -> None:
        self.post_message(StoreNotice(notice))

    def _take_change(self, keys: frozenset[str]) -> None:
        self.post_message(StoreChanged())

    def on_folder_published(self, message: FolderPublished) -> None:
        """Show what is known of the folder now; the selection stays on its story."""
        folder = message.state
        is_listed = self.state.is_listed_in(folder)
        self.apply(TakeFolder(folder))
        if is_listed:
            self._describe()
        else:
            self._listing.relist()
        if folder.loading:
            return
        if not folder.awaits_analysis and (folder.analysis is None or not folder.analysis.is_whole):
            self._listing.analyse()
        self._has_folder = True
        self._enter_once()
        was_unreadable = bool(self.state.unreadable)
        self.apply(TakeNews(folder.arrived, folder.error))
        report_news(self, folder, was_unreadable=was_unreadable)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say what is wrong with the folder."""
        self.apply(FailLoading(message.reason))
        self._describe()
        self.panes.show_advice(self.state)

    def on_entered(self, message: Entered) -> None:
        """Go back to where the reader was, unless they have moved, or begun to type, since."""
        self.controls.go_back(message.place)

    def _describe(self) -> None:
        self.panes.describe(self.state, self.session.folder_name, time.monotonic() - self._started)

    def on_listed(self, message: Listed) -> None:
        """Show what was listed."""
        self._listing.take(message)
        self._describe()

    def on_analysed(self, message: Analysed) -> None:
        """Use what was worked out."""
        self._listing.take_analysis(message.analysis)

    def on_story_list_highlighted(self, message: StoryList.Highlighted) -> None:
        """Follow the cursor, once it rests."""
        self.apply(MoveCursor(message.story.id if message.story is not None else ""))
        self.panes.describe_cursor(self.state)
        self.reading.follow_soon()

    def on_card_read(self, message: CardRead) -> None:
        """Show the rest of a card."""
        self.reading.take_card(message)

    def on_rested(self, message: Rested) -> None:
        """A story that was looked at for so long is read."""
        self.controls.marking.mark_stories_read([message.story])

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was chosen by mouse."""
        self.controls.links.choose(message.pane)

    def on_filter_bar_edited(self, message: "FilterBar.Edited") -> None:
        """Filter by what is typed."""
        self.controls.filtering.query_typed(message.query)

    def on_find_bar_changed(self, message: "FindBar.Changed") -> None:
        """Show what holds the letters typed."""
        self.controls.filtering.find_typed(message.needle)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the pane with the keys in sight at every width, also when they came there by the mouse."""
        if self.state.focus in ("topics", "stories", "story"):
            self.panes.make_way(self.state.focus)

    def on_marked(self, message: Marked) -> None:
        """Say what was marked."""
        self.controls.marking.report_shown(message.done)

    def on_unread_found(self, message: UnreadFound) -> None:
        """Go to the unread story."""
        self.controls.marking.go_to_unread(message.listing, message.place)

    def on_launched(self, message: Launched) -> None:
        """Say what became of a link."""
        self.controls.links.report(message)

    def on_store_changed(self, message: StoreChanged) -> None:
        """Paint marks that another reader, or the disk, has brought."""
        self.panes.stories.redraw()
        self._listing.count_unread()
        if not self.session.marking.has_entered and self._has_entered:
            self.jobs.start("enter", self._enter)  # the store took longer than entering could wait

    def on_store_notice(self, message: StoreNotice) -> None:
        """Say what the store of marks has to report."""
        notice = message.notice
        self.say(notice.said, severity="warning" if notice.trouble else "information", seconds=8)

    def on_then_do(self, message: ThenDo) -> None:
        """Go on with what a background job has found."""
        message.act()

    def on_job_failed(self, message: JobFailed) -> None:
        """A mistake in a background job ends the program as one on the event loop would, not in silence."""
        raise message.error

    def action_help(self) -> None:
        """All keys, those of the focused pane first."""
        from tui.ui.dialogs.help import HelpScreen

        self.ask(HelpScreen(self.state.focus or "stories"))

    def redraw(self) -> None:
        """Draw everything anew."""
        self.app.refresh(layout=True)
        self.app.refresh()


def _own_commands(screen: DeckScreen, load: Callable[[Ticket], None]) -> Commands:
    return {
        "refresh": lambda: go_to_news(screen, load),
        "theme": lambda: _next_theme(screen),
        "redraw": screen.redraw,
        "palette": lambda: screen.app.action_command_palette(),
        "help": screen.action_help,
        "suspend": lambda: screen.app.action_suspend_process(),
        "quit": lambda: None if screen.controls.links.close_top() else screen.app.exit(),
    }


def _next_theme(screen: DeckScreen) -> None:
    names = theme_names()
    here = names.index(screen.app.theme) if screen.app.theme in names else -1
    screen.app.theme = names[(here + 1) % len(names)]
    screen.say(f"Theme: {screen.app.theme}", seconds=2)
