"""The place a reader leaves a folder at, as the text that the store keeps; pure."""

from collections.abc import Sequence

from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import View


def place_text(view: View, queries: Sequence[str]) -> str:
    """A view and the queries used, oldest first, as JSON."""
    import json

    sort = [view.sort.name, view.sort.reverse] if view.sort is not None else None
    return json.dumps({"query": view.query, "sort": sort, "grouped": view.grouped, "queries": list(queries)})


def place_of(text: str) -> tuple[View, tuple[str, ...]]:
    """The view and queries that `place_text` wrote; what makes no sense any more is left out."""
    import json

    try:
        left = json.loads(text)
        name, reverse = left["sort"] or ("", False)
        sort = Sort(name, bool(reverse)) if name in SORTS else None
        queries = tuple(query for query in left.get("queries", ()) if isinstance(query, str))
        return View(str(left["query"]), sort, bool(left["grouped"])), queries
    except (ValueError, TypeError, KeyError, AttributeError):
        return View(), ()
