"""Every field of a card as it stands in its file."""

from collections.abc import Sequence

from tui.model import Story
from tui.session import Session
from tui.ui.dialogs.dialog import Dialog
from tui.ui.messages import FieldsRead
from tui.ui.widgets.lines import BLANK, Line, left, rule, styled, wrap
from tui.ui.workers import Jobs, Ticket

_NAME_COLUMN = 30
USUAL = "everyday-cc"
"""The tool of whose cards it need not be said how they were read."""


class InspectorScreen(Dialog[None]):
    """Shows the file and all keys of a card, known to newsdeck or not."""

    TITLE = "Card"
    LEAST_CELLS = 76

    def __init__(self, session: Session, story: Story, desk: Jobs, reasons: Sequence[str] = ()) -> None:
        super().__init__()
        self._reasons = reasons
        self._session = session
        self._story = story
        self._desk = desk
        self._fields: tuple[tuple[str, str], ...] | None = None
        self._origins: tuple[tuple[str, str], ...] = ()
        self._tool = ""

    def on_mount(self) -> None:
        """Read the card."""

        def job(ticket: Ticket) -> None:
            self.post_message(FieldsRead(self._session.read_card(self._story)))

        self._desk.start("fields", job)

    def on_fields_read(self, message: FieldsRead) -> None:
        """Show what was read."""
        card = message.card
        self._fields = card.fields if card is not None else ()
        if card is not None and card.tool != USUAL:
            self._origins = (*card.origins, *(("not read", key) for key in card.unread))
            self._tool = card.tool
        self.fit()
        self.pane.relayout()

    def lines(self, width: int) -> Sequence[Line]:
        """The file, then a row for each field."""
        story = self._story
        lines = styled(wrap(story.id, width - 2), "head", " ")
        if self._reasons:
            lines += [BLANK, rule("Why")]
            for reason in self._reasons:
                lines += styled(wrap(reason, width - 2), "text", " ")
        if note := self._session.marking.note(story):
            lines += [BLANK, rule("Note"), *styled(wrap(note, width - 2), "text", " ")]
        column = min(_NAME_COLUMN, width // 3)
        if self._tool:
            lines += [BLANK, rule(f"Read as {self._tool}")]
            for meaning, origin in self._origins:
                lines += _field_lines(meaning, origin, column, width)
        lines += [BLANK, rule("Fields")]
        if self._fields is None:
            return [*lines, *styled(["reading the file"], "dim", " ")]
        if not self._fields:
            return [*lines, *styled(["The file cannot be read any more."], "warn", " ")]
        for name, value in self._fields:
            lines += _field_lines(name, value, column, width)
        return lines


def _field_lines(name: str, value: str, column: int, width: int) -> list[Line]:
    names, values = wrap(name, column - 1), wrap(value, width - column - 2)
    rows = max(len(names), len(values))
    names += [""] * (rows - len(names))
    values += [""] * (rows - len(values))
    return [Line(((f" {left(key, column)}", "dim"), (text, "text"))) for key, text in zip(names, values, strict=True)]
