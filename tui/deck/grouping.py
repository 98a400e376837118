"""One row for each event: which stories of a list stand for an event, and which are folded into it."""

from array import array
from collections.abc import Collection, Iterable, Sequence

import msgspec


class Grouping(msgspec.Struct, frozen=True, eq=False):
    """The event of each story as a number, by doc, and the doc that leads each event, by number.

    `ahead` are the rows of all stories that are not removed, where that was worked out before.
    """

    numbers: Sequence[int]
    leads: Sequence[int]
    ahead: Sequence[int] | None = None

    def rows(
        self, found: Sequence[int], unfolded: Collection[int] = (), held: int | None = None
    ) -> "tuple[array[int], bytes]":
        """The docs of `found` that have a row, in order, and the depth of each: 1 for a member of an unfolded event.

        An event stands where its lead does, or where its first story that was found does. `unfolded` are numbers of
        events whose other stories follow it. The story `held` stands for its event itself, unless that is unfolded.
        """
        held_event = self.numbers[held] if held is not None else None
        if held_event in unfolded:
            held_event = None
        members: dict[int, list[int]] = {}
        numbers = self.numbers
        for doc in found:
            members.setdefault(numbers[doc], []).append(doc)
        docs, depths = array("I"), bytearray()
        for doc in found:
            inside = members[numbers[doc]]
            if len(inside) > 1:
                lead = self.leads[numbers[doc]]
                if held is not None and numbers[doc] == held_event and held in inside:
                    lead = held
                if doc != (lead if lead in inside else inside[0]):
                    continue
            docs.append(doc)
            depths.append(0)
            if len(inside) > 1 and numbers[doc] in unfolded:
                docs.extend(other for other in inside if other != doc)
                depths.extend(b"\1" * (len(inside) - 1))
        return docs, bytes(depths)


def grouping_of(members: Iterable[Sequence[int]], size: int) -> Grouping:
    """The grouping of `size` stories by events, of each of which the docs are given, the lead first.

    A story of none is an event of its own.
    """
    nobody = 0xFFFFFFFF
    numbers = array("I", [nobody]) * size
    leads = array("I")
    for docs in members:
        for doc in docs:
            numbers[doc] = len(leads)
        leads.append(docs[0])
    for doc in range(size):
        if numbers[doc] == nobody:
            numbers[doc] = len(leads)
            leads.append(doc)
    return Grouping(numbers, leads)
