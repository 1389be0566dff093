"""A school on a Tuesday at noon: who was there, who was not, and whose lesson it was."""

from datetime import UTC, datetime
from typing import Any

from school.classes.models import Absence, AbsenceFact, AbsenceReason, Lesson, PresenceTaken
from school.core import clock
from school.core.access import Actor, Standing
from school.core.database import new_id
from school.people.models import Account, Member
from tests.factories import Make

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, twelve o'clock in Moscow. Lessons of slot 4 (11:30) run, those of slot 5 have not begun."""


def take_presence(
    make: Make, lesson: Lesson, *absent: Member, reason: str = AbsenceReason.UNKNOWN, **values: Any
) -> None:
    """The teacher has looked who is there; ``absent`` were not (or were late, with ``fact``)."""
    by = absent[0].account_id if absent else new_id()
    make.save(PresenceTaken(school_id=lesson.school_id, lesson_id=lesson.id, taken_at=clock.now(), taken_by=by))
    for pupil in absent:
        make.save(
            Absence(
                school_id=lesson.school_id,
                lesson_id=lesson.id,
                pupil_id=pupil.id,
                on_date=lesson.on_date,
                reason=reason,
                noted_at=clock.now(),
                noted_by=by,
                **{"fact": AbsenceFact.ABSENT.value, **values},
            )
        )


def city_actor(account: Account, role: str) -> Actor:
    """Somebody of the city on a page outside schools."""
    return Actor(
        account_id=account.id,
        sign_in_id=new_id(),
        name=account.name,
        locale="ru",
        theme="auto",
        standings=(Standing(role, None, None),),
        roles=frozenset({role}),
    )
