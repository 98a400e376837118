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

_FORGET = "\n"
"""Begins the value of a choice to forget a view; no name has a line break."""
UnreadOfAll = tuple[int, int]
"""How many stories of a view are unread, and how many there are."""


class SavedViews:
    """What the reader does with views that have a name; `use_view` shows one."""

    def __init__(self, port: DeckPort, use_view: Callable[[View], None]) -> None:
        self._port = port
        self._use_view = use_view

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
        """Choose a saved view."""
        try:
            views = read_views(views_file())
        except ConfigError as error:
            self._port.say(str(error), title="Saved views", severity="error")
            return
        if not views:
            self._port.say("No view is saved yet; W saves this one.")
            return
        from tui.ui.dialogs.questions import ChoiceScreen

        screen = ChoiceScreen("Views", _choices(views, [None] * len(views)))
        self._port.ask(screen, self._view_chosen)
        self._count(views, lambda counts: screen.renew(_choices(views, counts)))

    def _view_chosen(self, name: str | None) -> None:
        if name is None:
            return
        try:
            if name.startswith(_FORGET):
                remove_view(views_file(), name.removeprefix(_FORGET))
                self._port.say(f"Forgot view {name.removeprefix(_FORGET)}.")
                return
            views = {view.name: view for view in read_views(views_file())}
        except ConfigError as error:
            self._port.say(str(error), title="Saved views", severity="error")
            return
        if (view := views.get(name)) is not None:
            self._use_view(_view_of(view))
            self._port.apply(NameView(name))

    def _count(self, views: Sequence[SavedView], then: Callable[[Sequence[UnreadOfAll]], None]) -> None:
        """Count of some views the unread stories and all, off the event loop; not where that takes long."""
        session, analysis = self._port.session, self._port.state.own_analysis
        if analysis is None or not analysis.is_loaded:
            return

        def job(ticket: Ticket) -> None:
            with suppress(DamagedCacheError):  # then the folder is read anew
                marks = session.marking.docs(analysis.deck, analysis)
                listed = (session.lister.list(analysis, _view_of(view), marks) for view in views)
                counts = [(session.lister.unread(one, marks).listed, one.stories) for one in listed]
                if not ticket.is_cancelled():
                    self._port.post_message(ThenDo(lambda: then(counts)))

        self._port.jobs.start("views", job)


def _choices(views: Sequence[SavedView], counts: Sequence[UnreadOfAll | None]) -> "list[Choice]":
    """Opening or forgetting each view; `counts` are of its unread stories and of all, where known."""
    from tui.ui.dialogs.questions import Choice

    told = zip(views, counts, strict=True)
    choices = [Choice(view.name, view.name, _said_of(view, count)) for view, count in told]
    forget = [Choice(f"{_FORGET}{view.name}", f"Forget {view.name}", "takes it out of the file") for view in views]
    return choices + forget


def _view_of(saved: SavedView) -> View:
    return View(saved.query, Sort(saved.sort, saved.reverse) if saved.sort in SORTS else None, saved.grouped)


def _said_of(saved: SavedView, count: UnreadOfAll | None) -> str:
    """What is said of a saved view: its query, and how many of its stories are unread, if that was counted."""
    if count is None:
        return saved.query
    unread, stories = count
    told = f"{unread:,} of {stories:,} unread"
    return f"{told} · {saved.query}" if saved.query else told
