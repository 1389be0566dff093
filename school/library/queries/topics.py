"""Topics in the order of their tree, as lists to choose from show them."""

from collections.abc import Sequence

from content_library import Topic, subjects
from school.core.database import db

_STEP = "\u2003"


def topics_to_choose(subject_id: int, first: int | None = None, last: int | None = None) -> list[tuple[int, str]]:
    """Number and title of the topics of a subject, of these year levels if they are said: each after the wider one it
    belongs to, and a step to the right of it."""
    found = subjects.topics_of(db.session(), subject_id)
    if first is not None and last is not None:
        found = [one for one in found if first <= one.year_level <= last]
    there = {one.id for one in found}
    below: dict[int | None, list[Topic]] = {}
    for one in found:
        below.setdefault(one.parent_id if one.parent_id in there else None, []).append(one)
    return _walk(below, None, "")


def _walk(below: dict[int | None, list[Topic]], parent: int | None, indent: str) -> list[tuple[int, str]]:
    made: list[tuple[int, str]] = []
    for one in _in_order(below.get(parent, ())):
        made.append((one.id, indent + one.title))
        made += _walk(below, one.id, indent + _STEP)
    return made


def _in_order(topics: Sequence[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda one: (one.year_level, one.position, one.code))
