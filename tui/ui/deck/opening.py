"""Opening other folders from inside the reader, and the list of what is wrong with those that are open."""

from tui.errors import NewsdeckError
from tui.session import content_roots
from tui.ui.deck.port import Commands, DeckPort
from tui.ui.messages import SessionChosen, ThenDo
from tui.ui.workers import Ticket


class OpeningController:
    """Lets the reader choose another folder; which ones there are is asked of the disk off the event loop."""

    def __init__(self, port: DeckPort) -> None:
        self._port = port
        self.commands: Commands = {"open_folder": self.open_folder, "problems": self.show_problems}

    def show_problems(self) -> None:
        """List the problems of the folder."""
        from tui.ui.dialogs.problems import ProblemsScreen

        self._port.ask(ProblemsScreen(self._port.state.problems))

    def open_folder(self) -> None:
        """Offer the folders of the configuration, those that were open before, and a field for a path."""
        from tui.ui.dialogs.folder_choice import FolderScreen

        screen = FolderScreen()

        def job(ticket: Ticket) -> None:
            choices = self._port.session.folder_choices()
            if not ticket.is_cancelled():
                self._port.post_message(ThenDo(lambda: screen.offer(choices)))

        self._port.ask(screen, self._open)
        self._port.jobs.start("folders", job)

    def _open(self, words: tuple[str, ...] | None) -> None:
        if words is None:
            return

        def job(ticket: Ticket) -> None:
            session = self._port.session
            try:
                other = session.beside(content_roots(words, session.settings))
                other.prefetch()
            except (NewsdeckError, OSError) as error:
                reason = str(error)
                self._port.post_message(ThenDo(lambda: self._refuse(reason)))
                return
            self._port.post_message(SessionChosen(other))

        self._port.jobs.start("open_folder", job)

    def _refuse(self, reason: str) -> None:
        self._port.say(reason, title="Not opened", severity="error", seconds=8)
