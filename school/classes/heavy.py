"""Subjects with heavy homework that meet on one day: dated data of the school (domain 1.7). Pure."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

MOST = 4
"""More heavy subjects of a day than that is no rule."""


@dataclass(frozen=True, slots=True)
class Heavy:
    """What the school's document says from a day on."""

    from_on: date
    source: str
    subjects: frozenset[int]
    most: int
    owner: str


Meetings = dict[int, tuple[int, ...]]
"""ISO weekday -> ids of the heavy subjects that meet there."""


def heavy_on(on: date, own: Iterable[Heavy]) -> Heavy | None:
    """The newest word that has begun; None where the school has none, or has ended its rule."""
    begun = max((one for one in own if one.from_on <= on), key=lambda one: one.from_on, default=None)
    return begun if begun and begun.subjects else None


def meetings(
    places: Iterable[tuple[uuid.UUID, int, int]], bundles: Iterable[frozenset[uuid.UUID]], heavy: Heavy
) -> Meetings:
    """Days on which a pupil has more heavy subjects than the rule allows.

    ``places`` are (group, weekday, subject) of the week; ``bundles`` the sets of groups that pupils learn in. Halves of a class that
    have two subjects on one day are no meeting: no pupil has both.
    """
    by_group: Mapping[uuid.UUID, set[tuple[int, int]]] = defaultdict(set)
    for group, weekday, subject in places:
        if subject in heavy.subjects:
            by_group[group].add((weekday, subject))
    found: dict[int, set[int]] = defaultdict(set)
    for bundle in set(bundles):
        days: dict[int, set[int]] = defaultdict(set)
        for group in bundle & by_group.keys():
            for weekday, subject in by_group[group]:
                days[weekday].add(subject)
        for weekday, subjects in days.items():
            if len(subjects) > heavy.most:
                found[weekday] |= subjects
    return {weekday: tuple(sorted(subjects)) for weekday, subjects in sorted(found.items())}
