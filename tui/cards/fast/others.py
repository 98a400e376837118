"""Plain cards of other dialects than the one that defines the format.

They are read by a plan if heads like theirs are known, else by the table.
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from tui.cards.fast.body import CardBody
from tui.cards.fast.parts import PartReader
from tui.cards.fast.sections import Section
from tui.cards.fast.shapes.known import KnownShapes
from tui.cards.fast.shapes.templates import toml_template, yaml_template
from tui.cards.fast.shapes.toml_heads import TomlHeads
from tui.cards.fast.shapes.yaml_heads import YamlHeads
from tui.cards.fast.toml import MOST_DOTS, cut_lines, toml_tree
from tui.cards.fast.yaml import is_plain_text
from tui.cards.format.dialects.frames import is_template
from tui.cards.format.dialects.reading import read_any_story
from tui.cards.format.fields import Fields, Node
from tui.cards.format.problems import Warnings
from tui.model import Story

# So few bytes that they hold fewer lines and values than any limit.
_SHORT: Final = 16 * 1024


class OtherReader:
    """Reads such cards of one folder; `blocks` reads lists in YAML, and times without a zone are of `zone`.

    After `often` heads of the same shape there is a template for it.
    """

    def __init__(self, blocks: PartReader, zone: tzinfo, often: int) -> None:
        self._zone = zone
        self._yaml_heads, self._toml_heads = YamlHeads(blocks), TomlHeads()
        self._yaml = KnownShapes(self._yaml_heads, zone, yaml_template, often)
        self._toml = KnownShapes(self._toml_heads, zone, toml_template, often)

    def of_template(self, data: bytes, id: str) -> Story | None:
        """The story of a whole card whose head matches a template; None for any other.

        Raises UnicodeDecodeError for what is not UTF-8.
        """
        is_toml = data[:1] == b"+"
        known = self._toml if is_toml else self._yaml
        if not known.has_templates:
            return None
        end = data.find(b"\n+++" if is_toml else b"\n---", 3) + 5
        if not 5 <= end <= _SHORT:
            return None
        head = data[:end].decode()
        if not is_plain_text(head) or (is_toml and head.count(".") > MOST_DOTS):
            return None
        found = known.match(head)
        return None if found is None else known.read_match(*found, id, CardBody(data, end))

    def of_known(self, sections: Sequence[Section], id: str, body: CardBody) -> Story | None:
        """The story of a card whose head in YAML is of a known shape; None for any other."""
        head = self._yaml_heads.cut(sections)
        return None if head is None else self._yaml.read(head, id, body)

    def of_yaml(self, sections: Sequence[Section], mapping: dict[str, Node], id: str, body: CardBody) -> Story | None:
        """The story of a card whose sections say `mapping`; None if something has to be warned about."""
        story = self._by_the_table(mapping, id, body)
        if story is not None and (head := self._yaml_heads.cut(sections)):
            self._yaml.learn(head, story, body)
        return story

    def of_toml(self, text: str, id: str, body: CardBody) -> Story | None:
        """The story of a card with this head in TOML; None if it is refused or something has to be warned about."""
        if text.count(".") > MOST_DOTS:
            return None
        lines = cut_lines(text)
        head = self._toml_heads.cut(lines)
        if head is not None and (story := self._toml.read(head, id, body)):
            return story
        mapping = toml_tree(lines)
        story = None if mapping is None else self._by_the_table(mapping, id, body)
        if story is not None and head is not None:
            self._toml.learn(head, story, body)
        return story

    def _by_the_table(self, mapping: dict[str, Node], id: str, body: CardBody) -> Story | None:
        if is_template(mapping):
            return None
        fields = Fields(mapping, Warnings(id), zone=self._zone)
        story = read_any_story(fields, id, body.text, body.size)
        return None if fields.warned else story
