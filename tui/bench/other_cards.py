"""Cards as other tools write them, to measure on: as long and as different as those in real folders.

Measured over public folders, in bytes, as the 10th, 25th, 50th, 75th and 90th percentile:

- a vault of 369 clippings of a web clipper: heads 210 to 650, the median 404, of seven keys; 42 of 100 without a time,
  35 without an author, 15 without a description, 58 with one tag and the others with three to five; bodies of 2,682,
  7,916, 16,735, 26,935 and 41,103; 92 of 100 with other letters than ASCII, 37 in their heads;
- the news of a large Jekyll site, 1,872 posts: heads 135 to 183, the median 155 (and no link, of which one is added
  here); bodies of 424, 744, 1,650, 3,013 and 4,525; 22 of 100 with other letters;
- a public notebook, 13 notes: heads 74 to 271, the median 177, of six keys and four items of lists; bodies of 0, 1, 95,
  1,106 and 3,856; 38 of 100 with other letters;
- a Hugo site that announces what others publish, 272 posts: heads 790 to 1,726, the median 1,200, with comments and
  texts of several lines; no bodies; 54 of 100 with other letters.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from tui.bench.cards import demand_room

_IN_A_ROW: Final = 8
_MEAN_BYTES: Final = 6_200
_FIRST_DAY: Final = date(2026, 1, 1)
_PARAGRAPH: Final = """\
## Day {day} on the quay

The ferries run again, says the [harbour office](https://quay.example/days/{day}), and the café at the pier is open.
Nobody knows for how long: the wall was built in 1911, and its last repair is older than most of those who cross the
water every morning. “We wait for the engineers”, says the office – they come on Monday.

- The first ferry leaves at six, the last one at eleven.
- Tickets of last week are still good.

![The quay in the morning](https://quay.example/images/{day}.jpg)

Whoever wants to see the old quay before it goes has until the end of the month. Guides walk along the wall at noon and
at three; the way takes an hour, and dogs are welcome. The museum keeps the plans, the letters and four of the lamps.

"""
_BODY: Final = "".join(_PARAGRAPH.format(day=day) for day in range(60))
_PLAIN_BODY: Final = _BODY.encode("ascii", "replace").decode()
_TOPICS: Final = ("harbour", "ferries", "quays and piers", "old walls", "timetables")


def make_other_cards(target: Path, count: int) -> None:
    """Write `count` cards into the empty folder `target`, as four other tools write them, each some in a row.

    Raises FolderError if the disk has no room.
    """
    demand_room(target, count, _MEAN_BYTES)
    for number in range(count):
        row, place = divmod(number, _IN_A_ROW * len(_TOOLS))
        text = _TOOLS[place // _IN_A_ROW](row * _IN_A_ROW + place % _IN_A_ROW)
        (target / f"Quay {number} reopens for ferries.md").write_bytes(text.encode())


def _clipping(number: int) -> str:
    mark = "’" if number % 100 < 37 else "'"
    author = "" if number % 20 < 7 else f'\n  - "[[Ann Example {number % 90}]]"'
    published = "" if number % 50 < 21 else f" {_day(number)}"
    about = f"What is known of the town{mark}s quay number {number}, what is not, and whom one may ask on a weekday"
    description = "" if number % 20 >= 17 else f' "{about} between nine and five"'
    tags = "".join(
        f'\n  - "{topic}"' for topic in ("clippings", *_topics(number)[: (0, 0, 0, 3, 4, 0, 3, 2, 0, 0)[number % 10]])
    )
    return f"""---
title: "Quay {number}, the town{mark}s oldest, reopens for all ferries"
source: "https://www.quay.example/news/{_day(number).replace("-", "/")}/quay-{number}-reopens-for-all-ferries"
author:{author}
published:{published}
created: {_day(number)}
description:{description}
tags:{tags}
---
{_body(number, (2682, 7916, 16735, 26935, 41103), 92)}"""


def _post(number: int) -> str:
    return f"""---
layout: post
title: "Quay {number} reopens for all ferries"
categories: news
author: ann{number % 12}
published: true
date: {_day(number)} 10:00:00 +0000
link: https://quay.example/news/{number}
---
{_body(number, (424, 744, 1650, 3013, 4525), 22)}"""


def _note(number: int) -> str:
    one, other = _topics(number)[:2]
    return f"""---
categories:
  - "[[Clippings]]"
author:
  - "[[Ann Example {number % 90}]]"
url: https://quay.example/pages/{number}
created: {_day(number)}
rating: {number % 7 + 1}
topics:
  - "[[{one}]]"
  - "[[{other}]]"
---
{_body(number, (0, 1, 95, 1106, 3856), 38)}"""


def _announcement(number: int) -> str:
    mark = "’" if number % 100 < 54 else "'"
    topics = "".join(f"\n  - {topic.replace(' ', '-')}" for topic in _topics(number)[: 1 + number % 4])
    more = "".join(
        f"\n  In part {part} the office tells of the wall{mark}s repair, of what it costs, and of whom it helps."
        for part in range(1, number % 5 + 1)
    )
    return f"""---
# Where this was published at first
source_url: https://www.harbour.example/blog/{_day(number).replace("-", "/")}/quay-{number}-reopens
source: harbour-office
date: {_day(number)} 10:00:00 -0500
title: "Quay {number} reopens for all ferries this spring"
deck: The town{mark}s quay number {number} was closed for a winter. It opens again, with a new wall and the lamps that
  everybody knows, and the ferries leave as they did.{more}
summary: What is known of quay number {number}, what is not, and whom one may ask on a weekday between nine and five,
  in the office or on the pier.
slug: quay-{number}-reopens-for-all-ferries-this-spring

# What it is about: see the list of all topics beside the menu
topics:{topics}

# Who wrote it, by the names of the files in the folder of people
authors:
  - ann-example-{number % 30}

# Whether it is shown on the front page of the site
# 0: nowhere
# 1: in its place by date
# 2: above all others
weight: {number % 3}

primary_image: quay-{number}-in-the-morning
---
"""


def _day(number: int) -> str:
    return (_FIRST_DAY - timedelta(days=number % 1000)).isoformat()


def _topics(number: int) -> tuple[str, ...]:
    begin = number // 7 % len(_TOPICS)
    return _TOPICS[begin:] + _TOPICS[:begin]


def _body(number: int, sizes: tuple[int, ...], others_in_100: int) -> str:
    """A body of one of the sizes; so many in a hundred have letters other than ASCII."""
    text = _BODY if number % 100 < others_in_100 else _PLAIN_BODY
    return text[: sizes[number // 3 % len(sizes)]]


_TOOLS: Final[tuple[Callable[[int], str], ...]] = (_clipping, _post, _note, _announcement)
