"""What a registration is held to: classes, days, tests that nobody has met, and the city's words where they are the city's."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from content_library import holding
from content_library.models import UnitVersion
from school.core import clock
from school.core.database import db
from school.core.languages import gettext as _
from school.pilots.errors import CannotPilot
from school.pilots.models import Pilot, PilotCourse, PilotTest, SharedPilot, Sitting
from school.pilots.queries import answered_outside, strange_of, tests_of, twins
from school.pilots.seen import SeenPilot

SAME: Final = (
    "title",
    "question",
    "subject_id",
    "main_test",
    "arms",
    "tasks",
    "sets",
    "weeks",
    "n_planned",
    "stop_rule",
    "most_minutes",
    "most_lost",
    "other_year",
)
"""What no school says for itself."""


def check_ready(pilot: SeenPilot, row: Pilot, tests: Mapping[str, PilotTest]) -> None:
    """Everything that a registration needs. Raises ``CannotPilot``."""
    if not pilot.courses:
        raise CannotPilot(_("Choose at least one class."))
    if len({one.year_level for one in pilot.courses}) > 1:
        raise CannotPilot(_("Choose classes of one year: the tests are the same for all."))
    if row.consent_until <= clock.today():
        raise CannotPilot(_("Families need time to answer: the last day to answer must lie ahead."))
    _check_tests(row, tests)
    for test in tests.values():
        _check_year_of(test.unit_version_id, row.subject_id, pilot.courses[0].year_level, row.other_year)
    _check_free(pilot, row)


def _check_tests(row: Pilot, tests: Mapping[str, PilotTest]) -> None:
    """Three, kept back, and met by nobody."""
    versions = [one.unit_version_id for one in tests.values()]
    if len(versions) < len(Sitting):
        raise CannotPilot(_("First choose three different tests in the protocol, with the button “Change”."))
    if len(set(versions)) < len(Sitting):
        raise CannotPilot(_("Choose three different tests: who meets a question twice remembers it."))
    for version_id in versions:
        check_kept_back(db.session.get_one(UnitVersion, version_id))
    if answered_outside(row.school_id, versions):
        raise CannotPilot(_("Pupils of this school have met questions of these tests already."))


def check_same(row: Pilot, shared: SharedPilot) -> None:
    """Word for word what the city gave out: else schools could not be read together."""
    tests = {kind: str(one.unit_version_id) for kind, one in tests_of(row.school_id, row.id).items()}
    if any(getattr(row, name) != getattr(shared, name) for name in SAME) or tests != shared.tests:
        raise CannotPilot(_("This draft differs from the city’s protocol. Open it with “Change” and keep it again."))


def check_kept_back(version: UnitVersion) -> None:
    """A test that nobody can practise. Raises ``CannotPilot``."""
    if not holding.is_held(db.session(), version):
        raise CannotPilot(_("“%(title)s” is not kept back any more. Choose another test.", title=version.title))
    if found := twins(version.id):
        raise CannotPilot(
            _(
                "Questions of “%(title)s” can be practised: they stand in “%(where)s” too.",
                title=version.title,
                where=found[0],
            )
        )


def check_test(version: UnitVersion, subject: int, year: int, other_year: str) -> None:
    """Kept back, of the subject, and of what a year learns; another year's only where the protocol says why. Raises ``CannotPilot``."""
    check_kept_back(version)
    _check_year_of(version.id, subject, year, other_year)


def _check_year_of(version_id: uuid.UUID, subject: int, year: int, other_year: str) -> None:
    strange = strange_of(version_id, subject, year)
    if strange is None:
        return
    if strange.is_subject:
        raise CannotPilot(_("“%(title)s” is a test of another subject. Choose another test.", title=strange.title))
    if not other_year:
        raise CannotPilot(
            _(
                "“%(title)s” is of year %(years)s, and the classes are in year %(year)s. Choose another test, or say in the protocol why it fits.",
                title=strange.title,
                years=strange.years,
                year=year,
            )
        )


def _check_free(pilot: SeenPilot, row: Pilot) -> None:
    """A class takes part in one pilot of a subject at a time."""
    busy = set(
        db.session.scalars(
            select(PilotCourse.course_id)
            .join(Pilot, (Pilot.school_id == PilotCourse.school_id) & (Pilot.id == PilotCourse.pilot_id))
            .where(
                PilotCourse.school_id == row.school_id,
                Pilot.school_id == row.school_id,
                Pilot.registered_at.is_not(None),
                Pilot.stopped_at.is_(None),
                Pilot.starts_on > clock.today() - timedelta(200),
                Pilot.id != row.id,
            )
        )
    )
    for one in pilot.courses:
        if one.id in busy:
            raise CannotPilot(_("%(group)s takes part in another pilot of this subject.", group=one.group))
