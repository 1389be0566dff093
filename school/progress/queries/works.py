"""Work done and owed: a pupil's homework of the term, sorted by what is asked of the pupil now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from school.homework.models import AssignmentState
from school.homework.queries import homework_between
from school.homework.seen import PupilHomework
from school.progress.seen import SeenLearning
from school.progress.words import Due

AHEAD = timedelta(days=14)


@dataclass(slots=True)
class Works:
    """Four heaps, each in the order of days."""

    done: list[PupilHomework] = field(default_factory=list)
    returned: list[PupilHomework] = field(default_factory=list)
    owed: list[PupilHomework] = field(default_factory=list)
    """Its day has passed and nothing was handed in."""
    coming: list[PupilHomework] = field(default_factory=list)

    @property
    def waiting(self) -> list[PupilHomework]:
        """What the pupil can act on: returned first, then owed, then to come."""
        return [*self.returned, *self.owed, *self.coming]


def works_of(learning: SeenLearning, since: date, today: date, locale: str) -> list[PupilHomework]:
    """The pupil's homework due since a day and in the next two weeks, all subjects. One statement."""
    return homework_between(learning.school_id, learning.id, since, today + AHEAD, locale)


def sorted_out(homework: Iterable[PupilHomework], today: date) -> Works:
    """Done, returned, owed and to come."""
    works = Works()
    for one in homework:
        if one.is_done:
            works.done.append(one)
        elif one.state == AssignmentState.RETURNED:
            works.returned.append(one)
        elif one.due_on < today:
            works.owed.append(one)
        else:
            works.coming.append(one)
    return works


def due(homework: Iterable[PupilHomework]) -> list[Due]:
    """As far as the next step is concerned."""
    return [Due(one.title, one.due_on) for one in homework]
