"""What stands in place of a story when there is none: why, and what to do about it; pure."""

from collections.abc import Sequence

from tui.model import Problem


def advice(
    failure: str, is_loading: bool, stories: int, narrowed: bool, query: str, problems: Sequence[Problem]
) -> tuple[str, ...]:
    """A sentence that says why nothing is shown, then what helps; a paragraph each."""
    if failure:
        return ("This folder cannot be read.", failure, "Press q to quit.")
    if is_loading:
        return ("Loading.", "The newest stories appear as soon as they are read.")
    if stories and narrowed:
        undo = "Press esc to take the query back, or / to change it."
        return ("Nothing matches.", f"No story for {query.strip()}", undo)
    if stories:
        return ("Nothing to show.", "Every story here is removed or muted: is:removed or is:muted shows them.")
    if problems:
        return ("No story could be read.", "Press ! to see what is wrong with the files.")
    return (
        "No cards here.",
        "newsdeck reads Markdown files that begin with a line of three dashes and hold a story in YAML below it.",
        "Start it with the path of a content folder, or run: newsdeck demo",
    )
