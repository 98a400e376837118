"""What the reader does to choose what is listed: query, facets, order, grouping, saved views, and the way back."""

from dataclasses import replace

from textual.binding import Binding, BindingType

from tui.config.views import SavedView
from tui.deck.query.ast import EVERYTHING, Expr, Term
from tui.deck.query.parse import parse
from tui.deck.query.printing import printed
from tui.deck.query.selection import Pick, pick, picked
from tui.deck.search.sorting import SORTS, Sort
from tui.errors import ConfigError
from tui.text.words import fold
from tui.ui.deck.moving import MoveActions
from tui.ui.widgets.facet_pane import Facet
from tui.ui.widgets.filter_bar import FilterBar, QueryField

QUERY_KEYS: list[BindingType] = [
    Binding("enter", "leave_query(False)", "keep the query", priority=True, show=False),
    Binding("escape", "leave_query(True)", "give the query up", priority=True, show=False),
    Binding("tab", "complete_query", "complete", priority=True, show=False),
    Binding("up", "query_history(-1)", "earlier query", priority=True, show=False),
    Binding("down", "query_history(1)", "later query", priority=True, show=False),
]
"""Only while a query is typed; with priority, so that no key that follows is taken for another letter of it."""
_TYPING = ("leave_query", "complete_query", "query_history")
_FORGET = "\n"
"""Begins the value of a choice to forget a view; no name has a line break."""
_FACET_KEYS = ("topic", "outlet", "kind", "on")


class FilterActions(MoveActions):
    """The part of the deck screen that changes the view."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The query is opened from anywhere but itself, and only left from there."""
        is_typing = isinstance(self.focused, QueryField)
        if action in _TYPING:
            return is_typing
        if action == "filter":
            return not is_typing
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Open the query; in the topics pane, look for a value there."""
        if self.topics_pane.has_focus:
            self._find_facet()
            return
        self.prepare_search()
        self.add_class("-filtering")
        self.set_focus(self.filter_bar.field)

    def on_filter_bar_edited(self, message: FilterBar.Edited) -> None:
        """Filter by what is typed so far."""
        self.set_class(bool(message.query.strip()) or self.filter_bar.field.has_focus, "-filtering")
        self.change_view(replace(self.view, query=message.query, expanded=frozenset()))

    def action_leave_query(self, give_up: bool) -> None:
        """Back to the list; given up means all stories again."""
        self.queries = self.filter_bar.used()
        if give_up:
            self.filter_bar.set_text("")
        self.set_class(bool(self.filter_bar.text.strip()), "-filtering")
        self.show_pane("stories")

    def action_complete_query(self) -> None:
        """Complete the word that is typed."""
        self.filter_bar.complete()

    def action_query_history(self, step: int) -> None:
        """An earlier or later query."""
        self.filter_bar.recall(step)

    def change_query(self, expr: Expr) -> None:
        """Put another query in force, written as text that can be edited further."""
        text = "" if expr == EVERYTHING else printed(expr)
        self.filter_bar.set_text(text)
        self.set_class(bool(text), "-filtering")

    @property
    def expr(self) -> Expr:
        """The query in force, as far as it makes sense."""
        return parse(self.view.query).expr

    def choose_facet(self, facet: Facet | None, how: Pick = Pick.ANY) -> None:
        """Pick a value, or take the pick back; all stories takes every pick back."""
        if facet is None:
            return
        if not facet.key:
            self.action_clear_topic()
            return
        expr = self.expr
        picks = picked(expr, facet.key)
        spelled = next((value for value in picks if fold(value) == fold(facet.value)), facet.value)
        now = picks.get(spelled)
        alone = how is Pick.ANY and now is Pick.ALL
        self.change_query(pick(expr, facet.key, spelled, None if now is how or alone else how))

    def action_exclude(self) -> None:
        """The value under the cursor of the topics pane must not hold."""
        if self.topics_pane.has_focus:
            self.choose_facet(self.topics_pane.chosen, Pick.NOT)

    def action_topics(self) -> None:
        """To the topics pane, which lies over the others on a narrow screen."""
        if self.topics_pane.has_focus:
            self.show_pane("stories")
            return
        self.remove_class("-no-topics")
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
        """No pick of topic, outlet, kind or time any more; the words stay."""
        expr = self.expr
        for key in _FACET_KEYS:
            for value in picked(expr, key):
                expr = pick(expr, key, value, None)
        self.change_query(expr)

    def action_only_outlet(self) -> None:
        """Only stories of the outlet of the story in the list."""
        if (story := self.list_pane.story) is not None and story.outlet.name:
            self._pick_only("outlet", story.outlet.name)

    def action_only_topic(self) -> None:
        """Only stories of the first topic of the story in the list."""
        if (story := self.list_pane.story) is not None and story.topics:
            self._pick_only("topic", self.deck.topics.name(story.topics[0]))

    def _pick_only(self, key: str, value: str) -> None:
        expr = self.expr
        for other in picked(expr, key):
            expr = pick(expr, key, other, None)
        self.change_query(pick(expr, key, value, Pick.ALL))

    def toggle_term(self, term: Term) -> None:
        """Put a term into the query, or take it out where it stands there."""
        now = picked(self.expr, term.key).get(term.value)
        self.change_query(pick(self.expr, term.key, term.value, None if now is Pick.ALL else Pick.ALL))

    def action_unpublished(self) -> None:
        """Hide unpublished cards, or show them again."""
        now = picked(self.expr, "is").get("unpublished")
        self.change_query(pick(self.expr, "is", "unpublished", None if now is Pick.NOT else Pick.NOT))

    def action_sort(self) -> None:
        """Choose the order."""
        from tui.ui.dialogs.questions import Choice, ChoiceScreen

        current = self.listing.sort.name
        choices = [Choice(name, name, about, name == current) for name, about in SORTS.items()]
        self.app.push_screen(ChoiceScreen("Sort", choices), self._sort_chosen)

    def _sort_chosen(self, name: str | None) -> None:
        if name is not None:
            self.change_view(replace(self.view, sort=Sort(name)))

    def action_reverse(self) -> None:
        """The same order the other way round."""
        sort = self.listing.sort
        self.change_view(replace(self.view, sort=replace(sort, reverse=not sort.reverse)))

    def action_group(self) -> None:
        """One row for each event, or one for each story."""
        self.change_view(replace(self.view, grouped=not self.view.grouped, expanded=frozenset()))

    def action_expand(self) -> None:
        """Show the stories of the event under the cursor, or fold them; in the topics pane, a value that must hold."""
        if self.topics_pane.has_focus:
            self.choose_facet(self.topics_pane.chosen, Pick.ALL)
            return
        story = self.list_pane.story
        event = self.event_of(story) if story is not None else None
        if story is None or event is None or not self.view.grouped or len(event.story_ids) < 2:
            self.notify("This row stands for one story.", markup=False, timeout=2)
            return
        unfolded = self.view.expanded.intersection(event.story_ids)
        self.change_view(
            replace(self.view, expanded=self.view.expanded - unfolded if unfolded else self.view.expanded | {story.id})
        )

    def action_go_to_date(self) -> None:
        """Ask for a date and go to its first story."""
        from tui.ui.dialogs.questions import AskScreen

        self.app.push_screen(AskScreen("Go to", "2020-02-26, 2020-02, yesterday, 7d, last monday"), self._go_to_date)

    def _go_to_date(self, date: str | None) -> None:
        if date is None or self.analysis is None:
            return
        doc = self.session.lister.doc_at(self.analysis, date)
        if doc is None or not self.list_pane.select(self.deck.story(doc).id):
            self.notify(f"No story in the list is of {date}.", markup=False, severity="warning", timeout=4)

    def _find_facet(self) -> None:
        from tui.ui.dialogs.questions import AskScreen

        ask = AskScreen("Find a topic, outlet or kind", "nothing shows all again", self.topics_pane.needle)
        self.app.push_screen(ask, lambda needle: self.topics_pane.search(needle or ""))

    def action_save_view(self) -> None:
        """Ask for a name and save query, order and grouping under it."""
        from tui.ui.dialogs.questions import AskScreen

        self.app.push_screen(AskScreen("Save this view as", "a name; enter saves it to views.toml"), self._save_view)

    def _save_view(self, name: str | None) -> None:
        if name is None:
            return
        sort = self.view.sort or Sort("")
        view = SavedView(name, self.view.query, sort.name, sort.reverse, self.view.grouped)
        try:
            self.session.save_view(view)
        except ConfigError as error:
            self.notify(str(error), title="Not saved", severity="error", markup=False)
            return
        self.notify(f"Saved view {name}; w opens it.", markup=False, timeout=4)

    def action_open_view(self) -> None:
        """Choose a saved view."""
        from tui.ui.dialogs.questions import Choice, ChoiceScreen

        try:
            views = self.session.saved_views()
        except ConfigError as error:
            self.notify(str(error), title="Saved views", severity="error", markup=False)
            return
        if not views:
            self.notify("No view is saved yet; W saves this one.", markup=False, timeout=4)
            return
        choices = [Choice(view.name, view.name, view.query) for view in views]
        choices += [
            Choice(f"{_FORGET}{view.name}", f"Forget {view.name}", "takes it out of the file") for view in views
        ]
        self.app.push_screen(ChoiceScreen("Views", choices), self._view_chosen)

    def _view_chosen(self, name: str | None) -> None:
        if name is None:
            return
        try:
            if name.startswith(_FORGET):
                self.session.forget_view(name.removeprefix(_FORGET))
                self.notify(f"Forgot view {name.removeprefix(_FORGET)}.", markup=False, timeout=4)
                return
            views = {view.name: view for view in self.session.saved_views()}
        except ConfigError as error:
            self.notify(str(error), title="Saved views", severity="error", markup=False)
            return
        if name in views:
            self.use_view(views[name])

    def use_view(self, view: SavedView) -> None:
        """Show a saved view."""
        sort = Sort(view.sort, view.reverse) if view.sort in SORTS else None
        self.view = replace(self.view, sort=sort, grouped=view.grouped, expanded=frozenset())
        self.filter_bar.set_text(view.query)
        self.set_class(bool(view.query.strip()), "-filtering")
        self.change_view(replace(self.view, query=view.query))
        self.relist()

    def action_escape(self) -> None:
        """One step back: the overlay, the pane, the picks, the query."""
        if self.topics_pane.has_focus and self.topics_pane.needle:
            self.topics_pane.search("")
        elif not self.list_pane.has_focus:
            self.show_pane("stories")
        elif self.picked:
            self.picked = frozenset()
            self.list_pane.redraw()
        elif self.view.query.strip():
            self.filter_bar.set_text("")
            self.remove_class("-filtering")
