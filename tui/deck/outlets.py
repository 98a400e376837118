"""Who published something, as far as a card tells: what its outlet is called in lists, counts and queries.

And who a story is said to be by where it tells no outlet, which in a folder of posts is nearly every one.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from tui.model import Outlet, Story
from tui.text.urls import host_of

UNKNOWN: Final = "unknown outlet"
"""What stands for an outlet that a card does not tell, among those that do."""
_AUTHORS_FOR_OUTLET: Final = 2
_INDEX: Final = "index"


def called(outlet: Outlet, url: str) -> str:
    """The name of an outlet, else the domain it is known by; empty if nothing is known.

    `url` is the link of what it published.
    """
    return outlet.name or domain_of(outlet, url)


def domain_of(outlet: Outlet, url: str) -> str:
    """The domain of an outlet, else the host of the link, in lower case without `www.`; empty if neither is known."""
    return outlet.domain.lower().removeprefix("www.") or (host_of(url) if url else "")


def signed(outlet: Outlet, url: str) -> str:
    """What an outlet is called, else who wrote it; empty if nothing is known."""
    return called(outlet, url) or ", ".join(outlet.authors[:_AUTHORS_FOR_OUTLET])


def folder_of(story_id: str) -> str:
    """The folders on the way to a card that say something: `notes/2026/05/_drafts/a.md` lies in `notes/drafts`.

    Those of a year, month or day are left out, and the one that an `index.md` is the page of. Empty at the top.
    """
    *folders, name = story_id.split("/")
    stem = name.lower().partition(".")[0]
    # That of a whole site lies in it: it hides no folder of the others.
    if folders and (stem == _INDEX or (stem == f"_{_INDEX}" and len(folders) > 1)):
        folders.pop()
    named = (folder.lstrip("_").strip() for folder in folders)
    return "/".join(folder for folder in named if any(map(str.isalpha, folder)))


class Bylines(msgspec.Struct, frozen=True):
    """Who the stories of a folder are said to be by.

    In a folder in which most of them tell an outlet it is news that one does not: `names_outlets`. In any other a story
    without one has the folder it lies in, below the `shared` ones that all of them lie in, and perhaps nothing. A
    `sole` author of all of them is told with each story, but not in each row; empty without one.
    """

    names_outlets: bool = True
    shared: int = 0
    sole: str = ""

    @classmethod
    def of(
        cls, outlets: int, stories: int, folders: Iterable[str], authors: Mapping[str, int] | None = None
    ) -> "Bylines":
        """Of a folder where so many of the `stories` tell `outlets`, and those that nobody signed lie in `folders`.

        The others are signed by `authors`, each with the number of stories.
        """
        ways = [folder.split("/") if folder else [] for folder in folders]
        first, last = (min(ways), max(ways)) if ways else ([], [])
        shared = 0
        while shared < min(len(first), len(last)) and first[shared] == last[shared]:
            shared += 1
        sole = next((author for author, count in (authors or {}).items() if count == stories > 1), "")
        return cls(outlets * 2 >= stories, shared, sole)

    @property
    def unknown(self) -> str:
        """What stands for an outlet that is not known; empty where it would stand everywhere."""
        return UNKNOWN if self.names_outlets else ""

    def by(self, story: Story) -> str:
        """Who a story is said to be by: its outlet, else its authors, else its folder or that nothing is known."""
        return signed(story.outlet, story.url) or self.unknown or self._folder(story.id)

    def in_row(self, story: Story) -> str:
        """Who a row of a list says that a story is by; empty for whom all of them are by."""
        name = self.by(story)
        return "" if name == self.sole else name

    def _folder(self, story_id: str) -> str:
        return "".join(folder_of(story_id).split("/")[self.shared : self.shared + 1])


NAMED: Final = Bylines()
"""The bylines of a folder whose stories tell their outlets."""
