"""What every command is given: its options, the settings, a session, and the only way to write."""

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.environment import Environment
from tui.cli.options import Options
from tui.cli.output import Output
from tui.config.settings import Settings, load_settings
from tui.config.themes import load_theme
from tui.paths import cache_dir, config_file, state_dir

if TYPE_CHECKING:
    from tui.session import ContentRoot, Session
    from tui.session.starting import StartedFolder
    from tui.state.store import Store
    from tui.state.values import ChangeTaker, Folder, NoticeTaker

STORE_NAME = "state.db"
"""The file of the reader's marks in the state folder."""


class Context:
    """One run of one command. What costs time or may fail is made when a command asks for it."""

    def __init__(self, environment: Environment, output: Output, options: Options) -> None:
        self.environment = environment
        self.output = output
        self.options = options

    @property
    def config_path(self) -> Path:
        """The configuration file that was named, else the one in its customary place; it need not exist."""
        return Path(self.options.config) if self.options.config is not None else config_file()

    @cached_property
    def settings(self) -> Settings:
        """Options, then the environment, then the configuration file, then defaults. Raises ConfigError."""
        options = self.options
        file = Path(os.devnull) if options.no_config else self.config_path
        settings = load_settings(file, self.environment.environ, required=options.config is not None)
        if options.theme is not None:
            settings = settings._replace(theme=load_theme(options.theme).name)
        settings = settings._replace(
            ascii=settings.ascii or options.ascii,
            mouse=settings.mouse and not options.no_mouse,
            plain=settings.plain or options.plain,
        )
        if settings.ascii:
            self.output.use_ascii()
        return settings

    def roots(self, paths: Sequence[str] = ()) -> "Sequence[ContentRoot]":
        """The folders named, else the configured one, else the demo. Raises ConfigError or FolderError."""
        from tui.session.roots import content_roots

        return content_roots(paths, self.settings)

    def session(self, paths: Sequence[str] = ()) -> "Session":
        """A session on the `roots` of these paths. Raises ConfigError or FolderError."""
        return self._session(self.roots(paths))

    def started_session(self, roots: "Sequence[ContentRoot]") -> "Session":
        """A session on these folders, with which it is begun before what the session needs is loaded."""
        from tui.session.starting import start_folder

        return self._session(roots, [start_folder(root, self._cache_dir) for root in roots])

    @property
    def _cache_dir(self) -> Path | None:
        """The folder of cache files; a cache file shows what was read, so that a private session leaves none."""
        return None if self.options.private or self.options.no_cache else cache_dir()

    def _session(self, roots: "Sequence[ContentRoot]", started: "Sequence[StartedFolder]" = ()) -> "Session":
        from tui.programs import Programs
        from tui.session import Session

        settings, environment = self.settings, self.environment
        programs = Programs(environment.environ, browser=settings.browser)
        open_store = None if self.options.private else self.open_store
        return Session(
            roots,
            settings,
            programs,
            open_store=open_store,
            remember_demo=self.options.remember,
            known_folders=tuple if self.options.private else self._known_folders,
            cache_dir=self._cache_dir,
            started=started,
            clock=environment.clock,
            zone=environment.zone,
        )

    @property
    def state_file(self) -> Path:
        """The file that the reader's marks are kept in."""
        return state_dir() / STORE_NAME

    def _known_folders(self) -> "Iterable[Folder]":
        """The folders that were open before, as far as they can be read; nothing is made for it."""
        from tui.state.database import folders_in

        return folders_in(self.state_file)

    def open_store(self, on_notice: "NoticeTaker", on_change: "ChangeTaker") -> "Store":
        """Open the store of the reader's marks; the two are called from its thread."""
        from tui.state.sqlite import SqliteStore

        return SqliteStore(self.state_file, on_notice, on_change, clock=self.environment.clock).start()
