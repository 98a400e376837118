"""What the reader does to choose what is listed: query, facets, order, grouping, saved views, and the way back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.deck.counts import FacetCount
from tui.deck.outlets import called
from tui.deck.query.ast import EVERYTHING, Expr
from tui.deck.query.dates import is_date
from tui.deck.query.parse import parse
from tui.deck.query.printing import printed
from tui.deck.query.selection import Pick, pick, picked
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import View
from tui.text.wording import counted, long_time, stretch
from tui.text.words import fold
from tui.ui.deck.listing import ListingController
from tui.ui.deck.port import Commands, DeckPort
from tui.ui.deck.saved_views import SavedViews
from tui.ui.deck.state import ClearPicks, KeepQueries, ShowView
from tui.ui.widgets.facet_pane import Facet

if TYPE_CHECKING:
    from tui.ui.dialogs.questions import ChoiceScreen, Verdict
_DATES = "26 Feb 2020, 2020-02, yesterday, 7d, last monday, last week"
_FACET_KEYS = ("topic", "source", "outlet", "kind", "on")


class FilteringController:
    """Changes the view."""

    def __init__(self, port: DeckPort, listing: ListingController) -> None:
        self._port = port
        self._listing = listing
        self._views = SavedViews(port, self.use_view)
        self.commands: Commands = {
            "filter": self.filter,
            "leave_query": self.leave_query,
            "complete_query": lambda: self._port.panes.query.complete(),
            "query_history": lambda step: self._port.panes.query.step(step),
            "leave_find": self.leave_find,
            "step_find": lambda move: self._port.panes.topics.go(move),
            "escape": self.escape,
            "clear_topic": self.clear_topic,
            "exclude": self.exclude,
            "only_outlet": self.only_outlet,
            "only_topic": self.only_topic,
            "only_unread": lambda: self.toggle_state("unread"),
            "only_starred": lambda: self.toggle_state("starred"),
            "only_muted": lambda: self.toggle_state("muted"),
            "unpublished": self.unpublished,
            "sort": self.sort,
            "reverse": self.reverse,
            "group": self.group,
            "expand": self.expand,
            "go_to_date": self.go_to_date,
            "open_view": self._views.open_view,
            "save_view": self._views.save_view,
        }

    @property
    def _view(self) -> View:
        return self._port.state.view

    @property
    def _expr(self) -> Expr:
        """The query in force, as far as it makes sense."""
        return parse(self._view.query).expr

    def filter(self) -> None:
        """Open the query; in the topics pane, look for a value there."""
        if self._port.state.focus == "topics":
            self._port.panes.type_topic()
            return
        self._listing.completing.prepare()
        self._listing.way.begin_edit()
        self._port.panes.type_query()

    def query_typed(self, query: str) -> None:
        """Filter by what stands in the field now, from the best match on where the reader has typed it."""
        if query != self._port.panes.query.text:
            return  # more was typed since
        is_typed = self._port.state.focus == "query"
        if is_typed:
            self._listing.way.continue_edit()
            self._listing.completing.prepare_once()
        self._port.panes.show_query(bool(query.strip()) or is_typed)
        self._use_query(query, at_top=is_typed and bool(query.strip()))

    def _use_query(self, query: str, *, at_top: bool = False) -> None:
        self._listing.change_view(replace(self._view, query=query, expanded=frozenset()), at_top=at_top)

    def leave_query(self, give_up: bool) -> None:
        """Back to the list; given up means back to the query of before, and to where the reader was.

        Where the reader has gone to a suggestion, that is taken, or left.
        """
        bar, way = self._port.panes.query, self._listing.way
        if bar.leave_choice() if give_up else bar.take_choice():
            return
        self._port.apply(KeepQueries(bar.used()))
        if give_up:
            bar.set_text(way.give_up_edit())
            self._use_query(bar.text)
            way.arrive_at_once()
        else:
            if bar.text != self._view.query:
                self._use_query(bar.text, at_top=bool(bar.text.strip()))
            way.end_edit()
            self._port.panes.show("stories")
        self._port.panes.show_query(bool(bar.text.strip()))

    def change_query(self, expr: Expr) -> None:
        """Put another query in force, written as text that can be edited further."""
        self._port.panes.write_query("" if expr == EVERYTHING else printed(expr))

    def use_view(self, view: View) -> None:
        """Show a view as a whole from its top, and its query in the field; it is listed once."""
        self._listing.way.query_changes(self._view.query, view.query)
        self._port.panes.stories.anchoring.top_of = view
        self._port.apply(ShowView(view))
        self._port.panes.write_query(view.query)
        self._listing.relist()

    def choose_facet(self, facet: Facet | None, how: Pick = Pick.ANY) -> None:
        """Pick a value, or take the pick back; all stories takes every pick back."""
        if facet is None:
            return
        if not facet.key:
            self.clear_topic()
            return
        expr = self._expr
        picks = picked(expr, facet.key)
        spelled = next((value for value in picks if fold(value) == fold(facet.value)), facet.value)
        now = picks.get(spelled)
        alone = how is Pick.ANY and now is Pick.ALL
        self.change_query(pick(expr, facet.key, spelled, None if now is how or alone else how))

    def exclude(self) -> None:
        """The value under the cursor of the topics pane must not hold."""
        if self._port.state.focus == "topics":
            self.choose_facet(self._port.panes.topics.chosen, Pick.NOT)

    def clear_topic(self) -> None:
        """No pick of topic, outlet, kind or time any more; the words stay."""
        expr = self._expr
        for key in _FACET_KEYS:
            for value in picked(expr, key):
                expr = pick(expr, key, value, None)
        self.change_query(expr)

    def only_outlet(self) -> None:
        """Only stories of the outlet of the story in the list."""
        story = self._port.panes.stories.story
        if story is not None and (outlet := called(story.outlet, story.url)):
            self._pick_only("outlet", outlet)

    def only_topic(self) -> None:
        """Only stories of a topic of the story in the list; of several one is asked for, the rarest first."""
        story = self._port.panes.stories.story
        topics = self._port.state.deck.topics_of(story) if story is not None else ()
        if len(topics) > 1:
            self._port.ask(_topic_choice(topics), lambda name: self._pick_only("topic", name) if name else None)
        elif topics:
            self._pick_only("topic", topics[0].name)

    def _pick_only(self, key: str, value: str) -> None:
        expr = self._expr
        for other in picked(expr, key):
            expr = pick(expr, key, other, None)
        self.change_query(pick(expr, key, value, Pick.ALL))

    def toggle_state(self, name: str) -> None:
        """Ask for stories of which `is:name` holds, or take that out of the query where it stands there."""
        now = picked(self._expr, "is").get(name)
        self.change_query(pick(self._expr, "is", name, None if now is Pick.ALL else Pick.ALL))

    def unpublished(self) -> None:
        """Hide unpublished cards, or show them again."""
        now = picked(self._expr, "is").get("unpublished")
        self.change_query(pick(self._expr, "is", "unpublished", None if now is Pick.NOT else Pick.NOT))

    def sort(self) -> None:
        """Choose the order."""
        from tui.ui.dialogs.questions import Choice, ChoiceScreen

        current = self._port.state.listing.sort.name
        choices = [Choice(name, name, about, name == current) for name, about in SORTS.items()]
        self._port.ask(ChoiceScreen("Sort", choices), self._sort_chosen)

    def _sort_chosen(self, name: str | None) -> None:
        if name is not None:
            self._listing.change_view(replace(self._view, sort=Sort(name)), at_top=True)

    def reverse(self) -> None:
        """The same order the other way round."""
        sort = self._port.state.listing.sort
        self._listing.change_view(replace(self._view, sort=replace(sort, reverse=not sort.reverse)), at_top=True)

    def group(self) -> None:
        """One row for each event, or one for each story."""
        self._listing.change_view(replace(self._view, grouped=not self._view.grouped, expanded=frozenset()))

    def expand(self) -> None:
        """Show the stories of the event under the cursor, or fold them.

        In the story it is the copies of a text; in the topics pane, a value that must hold.
        """
        if self._port.state.focus == "topics":
            self.choose_facet(self._port.panes.topics.chosen, Pick.ALL)
            return
        if self._port.state.focus == "story":
            self._listing.unfold_copies()
            return
        story = self._port.panes.stories.story
        event = self._port.state.event_of(story) if story is not None else None
        if story is None or event is None or not self._view.grouped or len(event.story_ids) < 2:
            self._port.say("This row stands for one story.", seconds=2)
            return
        expanded = self._view.expanded
        unfolded = expanded.intersection(event.story_ids)
        expanded = expanded - unfolded if unfolded else expanded | {story.id}
        self._listing.change_view(replace(self._view, expanded=expanded))

    def go_to_date(self) -> None:
        """Ask for a date, saying what is of it while it is typed, and go to its first story in the list."""
        from tui.ui.dialogs.questions import AskScreen

        self._port.ask(AskScreen("Go to a day", _DATES, judge=self._judge_date), self._go_to_date)

    def _judge_date(self, date: str) -> "Verdict":
        from tui.ui.dialogs.questions import Verdict

        if not is_date(date):
            return Verdict(f"not a date, such as {_DATES}", fits=False)
        listing = self._port.state.listing
        found = self._port.session.lister.find_date(listing, date)
        if found is None:
            return Verdict("no story in the list has a date", fits=False)
        when = stretch(found.when.start, found.when.end)
        if found.count:
            return Verdict(f"{counted(found.count, 'story', 'stories')} {when}")
        story = listing.deck.story(found.doc)
        nearest = long_time(story.published_at, when.startswith("at") and story.time_known, self._port.session.zone)
        return Verdict(f"no story {when}, nearest {nearest}")

    def _go_to_date(self, date: str | None) -> None:
        listing = self._port.state.listing
        found = self._port.session.lister.find_date(listing, date) if date is not None else None
        if found is not None:
            self._port.panes.stories.select(listing.deck.story(found.doc).id)

    def find_typed(self, needle: str) -> None:
        """Show in the topics pane what holds the letters."""
        if needle.strip() != self._port.panes.topics.needle:
            self._port.panes.topics.search(needle.strip())

    def leave_find(self, give_up: bool) -> None:
        """Back to the topics pane; given up means with all it had."""
        panes = self._port.panes
        needle = "" if give_up else panes.find.field.value.strip()
        self.find_typed(needle)
        panes.end_typing_topic(needle)

    def escape(self) -> None:
        """One step back: the overlay, the pane, the picks, the query."""
        state, panes = self._port.state, self._port.panes
        if state.focus == "topics" and panes.topics.needle:
            self.leave_find(True)
        elif state.focus != "stories":
            panes.show("stories")
        elif state.picked:
            self._port.apply(ClearPicks())
            panes.stories.redraw()
        elif state.view.query.strip():
            self._listing.way.give_up_query()
            self._port.panes.write_query("")


def _topic_choice(topics: Sequence[FacetCount]) -> "ChoiceScreen":
    from tui.ui.dialogs.questions import Choice, ChoiceScreen

    choices = [Choice(topic.name, topic.name, counted(topic.count, "story", "stories")) for topic in topics]
    return ChoiceScreen("Only this topic", choices)
