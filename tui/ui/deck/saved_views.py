"""Saved views: choosing one, with what is unread of each, saving the one in force, forgetting."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.config.views import SavedView, read_views, remove_view, save_view
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import View
from tui.errors import ConfigError, DamagedCacheError
from tui.paths import views_file
from tui.ui.deck.port import DeckPort
from tui.ui.deck.state import NameView
from tui.ui.messages import ThenDo
from tui.ui.workers import Ticket

if TYPE_CHECKING:
    from tui.ui.dialogs.questions import Choice
    from tui.ui.dialogs.views import ViewsScreen

_FORGOTTEN = "forgotten · x brings it back"
UnreadOfAll = tuple[int, int]
"""How many stories of a view are unread, and how many there are."""


class SavedViews:
    """What the reader does with views that have a name; `use_view` shows one."""

    def __init__(self, port: DeckPort, use_view: Callable[[View], None]) -> None:
        self._port = port
        self._use_view = use_view
        self._views: Sequence[SavedView] = ()
        self._counts: Sequence[UnreadOfAll | None] = ()
        self._gone: frozenset[str] = frozenset()

    def save_view(self) -> None:
        """Ask for a name and save query, order and grouping under it."""
        from tui.ui.dialogs.questions import AskScreen

        self._port.ask(AskScreen("Save this view as", "a name; enter saves it to views.toml"), self._save_view)

    def _save_view(self, name: str | None) -> None:
        if name is None:
            return
        view = self._port.state.view
        sort = view.sort or Sort("")
        saved = SavedView(name, view.query, sort.name, sort.reverse, view.grouped)
        try:
            save_view(views_file(), saved)
        except ConfigError as error:
            self._port.say(str(error), title="Not saved", severity="error")
            return
        self._port.apply(NameView(name))
        self._port.say(f"Saved view {name} · w opens it")

    def open_view(self) -> None:
        """Choose a saved view, or forget some."""
        try:
            self._views = read_views(views_file())
        except ConfigError as error:
            self._port.say(str(error), title="Saved views", severity="error")
            return
        if not self._views:
            self._port.say("No view is saved yet; W saves this one.")
            return
        from tui.ui.dialogs.views import ViewsScreen

        self._counts, self._gone = [None] * len(self._views), frozenset()
        screen = ViewsScreen(self._choices(), lambda name: self._forget(screen, name))
        self._port.ask(screen, self._view_chosen)
        self._count(screen)

    def _forget(self, screen: "ViewsScreen", name: str) -> None:
        """Forget a view, or bring back one that was forgotten a moment ago."""
        view = next(view for view in self._views if view.name == name)
        try:
            if name in self._gone:
                save_view(views_file(), view)
            else:
                remove_view(views_file(), name)
        except ConfigError as error:
            self._port.say(str(error), title="Saved views", severity="error")
            return
        self._gone ^= {name}
        screen.renew(self._choices())

    def _view_chosen(self, name: str | None) -> None:
        view = next((view for view in self._views if view.name == name), None)
        if view is not None:
            self._use_view(_view_of(view))
            self._port.apply(NameView(view.name))

    def _count(self, screen: "ViewsScreen") -> None:
        """Count of each view the unread stories and all, off the event loop; not where that takes long."""
        session, analysis, views = self._port.session, self._port.state.own_analysis, self._views
        if analysis is None or not analysis.is_loaded:
            return

        def job(ticket: Ticket) -> None:
            with suppress(DamagedCacheError):  # then the folder is read anew
                marks = session.marking.docs(analysis.deck, analysis)
                listed = (session.lister.list(analysis, _view_of(view), marks) for view in views)
                counts = [(session.lister.unread(one, marks).listed, one.stories) for one in listed]
                if not ticket.is_cancelled():
                    self._port.post_message(ThenDo(lambda: self._take_counts(screen, counts)))

        self._port.jobs.start("views", job)

    def _take_counts(self, screen: "ViewsScreen", counts: Sequence[UnreadOfAll]) -> None:
        self._counts = counts
        screen.renew(self._choices())

    def _choices(self) -> "list[Choice]":
        """A row for each view."""
        from tui.ui.dialogs.questions import Choice

        choices = []
        for view, count in zip(self._views, self._counts, strict=True):
            gone = view.name in self._gone
            choices.append(Choice(view.name, view.name, _FORGOTTEN if gone else _said_of(view, count), gone=gone))
        return choices


def _view_of(saved: SavedView) -> View:
    return View(saved.query, Sort(saved.sort, saved.reverse) if saved.sort in SORTS else None, saved.grouped)


def _said_of(saved: SavedView, count: UnreadOfAll | None) -> str:
    """What is said of a saved view: its query, and how many of its stories are unread, if that was counted."""
    if count is None:
        return saved.query
    unread, stories = count
    told = f"{unread:,} of {stories:,} unread"
    return f"{told} · {saved.query}" if saved.query else told
