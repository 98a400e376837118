"""Textual bindings made from the registry of actions."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from tui.config.actions import ACTIONS, OPENING_ACTIONS, ActionSpec

HELP_ANYWHERE = Binding("f1", "help", "help", show=False, priority=True)
"""Opens the help also where a question mark is a letter."""

QUERY_KEYS: list[BindingType] = [
    Binding("enter", "do('leave_find', False)", "keep what is found", priority=True, show=False),
    Binding("escape", "do('leave_find', True)", "show all again", priority=True, show=False),
    Binding("enter", "do('leave_query', False)", "keep the query", priority=True, show=False),
    Binding("escape", "do('leave_query', True)", "give the query up", priority=True, show=False),
]
"""Only while a query is typed; with priority, so that no key that follows is taken for another letter of it. What
stays in the field is among its own keys."""


def bindings(action_ids: Iterable[str] | None = None) -> list[BindingType]:
    """A binding for each action with a key, or for those with the given ids; each action is `do`, with its id.

    Those that open something have priority, so that it is open when the next key comes, however soon.
    """
    wanted = None if action_ids is None else set(action_ids)
    return [binding for spec in ACTIONS if wanted is None or spec.id in wanted for binding in _of(spec)]


def _of(spec: ActionSpec) -> list[Binding]:
    if spec.id == "browse_nth":
        return [
            Binding(key, f"do('browse_nth', {int(key) or 10})", spec.label, id=f"browse_nth_{key}", show=False)
            for key in spec.keys
        ]
    if not spec.keys:
        return []
    return [
        Binding(
            ",".join(spec.keys),
            f"do('{spec.id}')",
            spec.label,
            id=spec.id,
            tooltip=spec.help,
            show=False,
            priority=spec.id in OPENING_ACTIONS,
        )
    ]
