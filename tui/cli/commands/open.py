"""`newsdeck open`: hand a story's link, or those of what covers it, to the browser."""

import argparse
from collections.abc import Sequence
from typing import NamedTuple

from tui.cli.arguments import add_story
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.loading import events_of, load_story
from tui.cli.options import Options
from tui.deck.deck import Deck
from tui.errors import NewsdeckError, ProgramError, UrlRefusedError
from tui.export.coverage import whole_coverage
from tui.model import Story
from tui.programs import failure_of
from tui.session import ASK_ABOVE, Link, LoadedFolder, Session, checked_link
from tui.text.wording import counted


class _Piece(NamedTuple):
    """A page to open, and whose it is."""

    url: str
    outlet: str
    domain: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_story(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--nth", metavar="N", type=int, help="the Nth piece of coverage, as `newsdeck show` numbers it")
    which.add_argument("--all", action="store_true", help="the story and everything that covers it")
    which.add_argument("--amp", action="store_true", help="the story's AMP page")
    parser.add_argument("--print", action="store_true", help="print the links instead of opening them")
    parser.add_argument("--yes", action="store_true", help="open without asking, also a link to an unexpected host")


def run(context: Context) -> int:
    """Open or print the links; those that are refused are reported on stderr, and the status is NEGATIVE then."""
    session, loaded, story = load_story(context)
    pieces = _wanted(loaded, story, context.options)
    links, status = _checked(context, loaded.deck, pieces)
    if context.options.print:
        for link in links:
            if link.question:
                context.output.note(link.question)
            context.output.line(link.url)
        return status
    if len(links) > ASK_ABOVE and not _agreed(context, f"These are {len(links)} links."):
        return ExitStatus.NEGATIVE
    for link in links:
        if (link.question and not _agreed(context, link.question)) or not _opened(context, session, link):
            status = ExitStatus.NEGATIVE
    return status


def _wanted(loaded: LoadedFolder, story: Story, options: Options) -> list[_Piece]:
    """The pieces to open. Raises NewsdeckError if there is no such piece."""
    own = _Piece(story.url, story.outlet.name, story.outlet.domain)
    if options.amp:
        return [own._replace(url=story.details.amp_url or story.details.cdn_amp_url)]
    if not options.all and options.nth is None:
        return [own]
    rows = [row for row in whole_coverage(events_of(loaded), story) if not row.this_story]
    coverage = [_Piece(row.url, row.outlet, row.domain) for row in rows]
    if options.all:
        return [piece for piece in (own, *coverage) if piece.url] or [own]
    if not 1 <= options.nth <= len(coverage):
        raise NewsdeckError(f"There is no piece {options.nth}: the coverage has {counted(len(coverage), 'piece')}.")
    return [coverage[options.nth - 1]]


def _checked(context: Context, deck: Deck, pieces: Sequence[_Piece]) -> tuple[list[Link], ExitStatus]:
    """The links that may be opened, each once; NEGATIVE if one may not."""
    links: dict[str, Link] = {}
    status = ExitStatus.DONE
    for piece in pieces:
        if not piece.url:
            context.output.note("This story has no AMP page." if context.options.amp else "There is no link to open.")
            status = ExitStatus.NEGATIVE
            continue
        try:
            link = checked_link(deck, piece.url, piece.outlet, piece.domain)
        except UrlRefusedError as error:
            context.output.note(str(error))
            status = ExitStatus.NEGATIVE
        else:
            links.setdefault(link.url, link)
    return list(links.values()), status


def _agreed(context: Context, question: str) -> bool:
    """Whether to go on: by option, or by the answer of whoever sits at the terminal."""
    if context.options.yes:
        return True
    if context.environment.can_answer:
        return context.output.ask(f"{question} Open?")
    context.output.note(f"{question} Nothing was opened; --yes opens it all the same.")
    return False


def _opened(context: Context, session: Session, link: Link) -> bool:
    try:
        command = session.programs.console_browser(link.url)
        if command is None:
            context.output.note(f"{session.programs.open_url(link.url)} opens {link.url}")
        else:
            failure = failure_of(command, session.programs.run_in_terminal(command))
            if failure:
                context.output.note(f"{failure} The link is {link.url}")
            return not failure
    except ProgramError as error:
        context.output.note(f"{error} The link is {link.url}")
        return False
    return True
