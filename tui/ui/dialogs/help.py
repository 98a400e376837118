"""All keys, by what they are for, from the registry of actions."""

from collections.abc import Sequence
from itertools import groupby

from tui.config.actions import ACTIONS, key_signs
from tui.ui.dialogs.dialog import Dialog
from tui.ui.widgets.lines import BLANK, Line, left, rule, wrap

_KEY_COLUMN = 14


class HelpScreen(Dialog[None]):
    """Every action that has a key."""

    TITLE = "Keys"
    HINT = "j k scroll · esc closes · ctrl+p searches every action"

    def lines(self, width: int) -> Sequence[Line]:
        """A table with a heading for each group."""
        lines: list[Line] = []
        for group, specs in groupby(ACTIONS, key=lambda spec: spec.group):
            lines += [BLANK, rule(group)] if lines else [rule(group)]
            for spec in specs:
                if not spec.keys:
                    continue
                texts = wrap(spec.help, width - _KEY_COLUMN - 2)
                lines.append(Line(((f" {left(key_signs(spec), _KEY_COLUMN)}", "accent"), (texts[0], "text"))))
                lines += [Line(((" " * (_KEY_COLUMN + 1), ""), (text, "text"))) for text in texts[1:]]
        return lines
