"""The strata of the analysis: classes, and small classes together, so that what the page says can be counted again from a file. Pure.

A class, an arm and a score would name a child where an arm has few of the class. Such classes are joined with the next ones in the order of their
ids until every arm has five: the draw gave each class the same shares, so comparing inside a joined stratum stays fair.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Final

from school.pilots.models import PilotPlace

SMALL: Final = 5
"""Pupils of an arm, below which a class does not stand alone."""


def strata_of(places: Sequence[PilotPlace]) -> dict[uuid.UUID, uuid.UUID]:
    """By class: the first class of its stratum. Only who was drawn counts, whoever left later too: strata never change after the draw."""
    counts = Counter((one.course_id, one.arm) for one in places if one.arm is not None)
    arms = {arm for _course, arm in counts}
    courses = sorted({course for course, _arm in counts})
    found = {one: one for one in courses if all(counts[one, arm] >= SMALL for arm in arms)}
    large, open_ = list(found), []
    for one in (one for one in courses if one not in found):
        open_.append(one)
        if all(sum(counts[course, arm] for course in open_) >= SMALL for arm in arms):
            found |= dict.fromkeys(open_, open_[0])
            large.append(open_[0])
            open_ = []
    if open_:
        # What is left over goes to a joined stratum, else to the last class; a pilot with no more is one stratum.
        found |= dict.fromkeys(open_, large[-1] if large else open_[0])
    return found
