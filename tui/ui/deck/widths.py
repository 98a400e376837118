"""How wide the panes are, by what the reader made of them with keys or by pulling their borders."""

from collections.abc import Mapping

from textual.containers import Horizontal, Vertical

from tui.ui.messages import BorderPulled
from tui.ui.toolkit import unscrolled

SHARES = (333, 400, 454, 545, 600, 667)
"""The widths of the list that keys step through, in thousandths of what list and story share."""
_USUAL_SHARE = 455
"""Stands for the widths of the style sheet, which are others on other screens."""
_SAME = 20
"""Thousandths by which a width may miss a step and still be taken for it."""
_WHOLE = 1000
_FEWEST_CELLS = 16
_SHARE, _TOPICS, _STEP = "share", "topics", "list"


class Middle(Vertical):
    """What stands between the topics and the story."""

    virtual_size = unscrolled()


class PaneRow(Horizontal):
    """The panes side by side. Widths that are not the usual ones are set on the panes themselves."""

    virtual_size = unscrolled()

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._share = _USUAL_SHARE
        self._topics = 0

    @property
    def widths(self) -> dict[str, int]:
        """The widths to keep, by name: a share in thousandths, and cells where the topics have been pulled."""
        return {_SHARE: self._share, **({_TOPICS: self._topics} if self._topics else {})}

    @widths.setter
    def widths(self, kept: Mapping[str, int]) -> None:
        step = kept.get(_STEP)
        stepped = SHARES[step] if step is not None and 0 <= step < len(SHARES) else self._share
        self._show(kept.get(_SHARE, stepped), kept.get(_TOPICS, 0))

    def step(self, by: int) -> None:
        """Make the list wider (1) or narrower (-1) than it is by a step, where it stands beside the story."""
        middle, story = (self.query_one(f"#{name}").region.width for name in ("middle", "story"))
        if not middle or not story:
            return
        here = round(_WHOLE * middle / (middle + story))
        beyond = [share for share in SHARES if (share - here) * by > _SAME]
        if beyond:
            self._show(min(beyond, key=lambda share: abs(share - here)), self._topics)

    def on_border_pulled(self, message: BorderPulled) -> None:
        """Let the panes on both sides of a border meet where it was pulled to."""
        message.stop()
        topics, middle, story = (self.query_one(f"#{name}").region for name in ("topics", "middle", "story"))
        at = message.column + (message.side > 0)
        if message.pane == "topics" or (message.pane == "stories" and message.side < 0):
            if topics and message.column < self.region.right - _FEWEST_CELLS:
                self._show(self._share, max(at - topics.x, _FEWEST_CELLS))
        elif middle and story:
            both = story.right - middle.x
            cells = min(max(at - middle.x, _FEWEST_CELLS), both - _FEWEST_CELLS)
            share = round(_WHOLE * cells / both)
            self._show(share + (share == _USUAL_SHARE), self._topics)

    def _show(self, share: int, topics: int) -> None:
        self._share, self._topics = min(max(share, 1), _WHOLE - 1), min(max(topics, 0), 1000)
        usual = self._share == _USUAL_SHARE
        for name, part in (("middle", self._share), ("story", _WHOLE - self._share)):
            self.query_one(f"#{name}").styles.width = None if usual else f"{part}fr"
        self.query_one("#topics").styles.width = self._topics or None
