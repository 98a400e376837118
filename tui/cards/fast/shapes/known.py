"""The plans for the shapes of heads that a folder was found to have."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

from tui.cards.fast.body import CardBody
from tui.cards.fast.shapes.filling import Filler, Heads, UnfilledError
from tui.cards.fast.shapes.forms import CutHead
from tui.cards.fast.shapes.plan import FieldPlan, plan_of
from tui.model import Story

# A folder with more of them repeats none so often that looking for a plan would pay.
_MOST_SHAPES: Final = 1000
_MOST_LETTERS: Final = 2000
_MOST_TEMPLATES: Final = 10

NewTemplate = Callable[[CutHead], re.Pattern[str] | None]
"""Makes the expression for cards whose heads are of the same shape, which gives the values as its groups."""


class KnownShapes:
    """Reads the heads that `heads` cuts, if their shapes are known; times without a zone are local to `zone`.

    A shape that `often` heads had gets a template.
    """

    def __init__(self, heads: Heads, zone: tzinfo, new_template: NewTemplate, often: int) -> None:
        self._is_shared = heads.is_shared
        self._filler = Filler(heads, zone)
        self._plans: dict[tuple[str, ...], FieldPlan | None] = {}
        self._new_template = new_template
        self._often = often
        self._counts = Counter[tuple[str, ...]]()
        self._templates: list[tuple[re.Pattern[str], FieldPlan]] = []

    @property
    def has_templates(self) -> bool:
        """Whether there is a template for some heads."""
        return bool(self._templates)

    def match(self, text: str) -> tuple[re.Match[str], FieldPlan] | None:
        """The head that a card with this text begins with, and the plan for it; None without a template for it."""
        for place, (pattern, plan) in enumerate(self._templates):
            match = pattern.match(text)
            if match is not None:
                if place:  # cards of one tool come in rows
                    self._templates.insert(0, self._templates.pop(place))
                return match, plan
        return None

    def read_match(self, match: re.Match[str], plan: FieldPlan, id: str, body: CardBody) -> Story | None:
        """The story of a card whose head matched a template; None if it has to be judged with care."""
        return self._filled(plan, ("", *match.groups()), id, body)

    def read(self, head: CutHead, id: str, body: CardBody) -> Story | None:
        """The story of a card; None if its head is of no known shape, or has to be judged with care."""
        plan = self._plans.get(head.shape)
        if plan is None:
            return None
        count = self._counts[head.shape] = self._counts[head.shape] + 1
        if count == self._often and len(self._templates) < _MOST_TEMPLATES and (made := self._new_template(head)):
            self._templates.append((made, plan))
        return self._filled(plan, head.written, id, body)

    def learn(self, head: CutHead, story: Story, body: CardBody) -> None:
        """Know the shape of this head from now on; the card with this body was found to say `story`."""
        if head.shape in self._plans or len(self._plans) >= _MOST_SHAPES or sum(map(len, head.shape)) > _MOST_LETTERS:
            return
        plan = plan_of(head.shape, is_shared=self._is_shared)
        if plan and self._filled(plan, head.written, story.id, body) not in (None, story):
            plan = None
        self._plans[head.shape] = plan

    def _filled(self, plan: FieldPlan, written: Sequence[str], id: str, body: CardBody) -> Story | None:
        try:
            return self._filler.story(plan, written, id, body)
        except UnfilledError:
            return None
