"""`newsdeck topics`: the tree of topics with the number of stories in each."""

import argparse
from collections.abc import Iterator, Sequence

from tui.cli.arguments import add_paths
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.cli.loading import load_folder
from tui.deck.topics import TopicNode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_paths(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Print the topics that have stories, the broader above the narrower."""
    _session, loaded = load_folder(context)
    nodes = loaded.deck.topic_nodes
    if context.options.json:
        context.output.json(
            [{"name": node.name, "parent": parent, "stories": node.count} for node, parent in _with_parents(nodes)]
        )
    else:
        rows = [(f"{node.count:,}", "  " * node.depth + node.name) for node in nodes]
        context.output.table((Column("STORIES", right=True), Column("TOPIC", flexible=True)), rows)
    return ExitStatus.DONE


def _with_parents(nodes: Sequence[TopicNode]) -> Iterator[tuple[TopicNode, str | None]]:
    above: list[str] = []
    for node in nodes:
        del above[node.depth :]
        yield node, above[-1] if above else None
        above.append(node.name)
