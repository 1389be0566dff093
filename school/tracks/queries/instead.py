"""What a pupil is asked first in the place of topics that go wrong, as their pages say it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from school.mastery.queries import KnownTopic, needs_of, topics_named
from school.mastery.queries.mapping import Stamp
from school.tracks.basis import Basis, bases, is_failing
from school.tracks.queries.materials import subjects_asked
from school.tracks.queries.planning import learned_subjects

KEPT = 512
_kept: dict[tuple[int, uuid.UUID, datetime, Stamp], dict[int, Basis]] = {}


def bases_of_hour(
    school_id: int, pupil_id: uuid.UUID, topics: Sequence[KnownTopic], stamp: Stamp, now: datetime
) -> dict[int, Basis]:
    """By topic that goes wrong. No statement for who has none, nor while nothing new was answered or said this hour.

    ``topics`` and ``stamp`` are those of ``map_of_hour``.
    """
    if not any(map(is_failing, topics)):
        return {}
    key = school_id, pupil_id, now.replace(minute=0, second=0, microsecond=0), stamp
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[key] = bases_of(school_id, pupil_id, topics)
    return found


def bases_of(school_id: int, pupil_id: uuid.UUID, topics: Sequence[KnownTopic]) -> dict[int, Basis]:
    """The same of a map of this moment. A handful of statements where a topic goes wrong."""
    failing = [one.topic.id for one in topics if is_failing(one)]
    if not failing:
        return {}
    needs = needs_of(failing)
    below = {one for ones in needs.values() for one in ones}
    asked = subjects_asked(below)
    if not asked:
        return {}
    known = {one.topic.id: one for one in topics}
    subjects = {one.topic.subject_id for one in topics} | learned_subjects(school_id, pupil_id)
    may_ask = {topic for topic, subject_id in asked.items() if subject_id in subjects}
    return bases(known, needs, topics_named(may_ask), may_ask)
