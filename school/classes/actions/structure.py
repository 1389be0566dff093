"""Classes, their parts, groups across classes, and what they are taught."""

from datetime import date

from sqlalchemy import or_, select

from content_library import Subject
from school.classes.actions.foreseeing import settle
from school.classes.actions.people import appoint_teacher
from school.classes.errors import CannotDo
from school.classes.models import BellSchedule, Building, Course, GroupKind, Regime, SchoolYear, StudyGroup
from school.classes.queries.loading import get_course
from school.classes.queries.stands import stands_to_come
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.people.models import Member


def open_class(
    actor: Actor, year: SchoolYear, year_level: int, letter: str, *, building: Building, shift: int, regime: Regime
) -> StudyGroup:
    """A new class of a year, named as people write it: 7 «Б»."""
    letter = letter.strip().upper()
    name = f"{year_level} «{letter}»" if letter else str(year_level)
    return _open(actor, year, name, GroupKind.CLASS, year_level, letter, building, shift, regime)


def open_cross_group(
    actor: Actor, year: SchoolYear, name: str, year_level: int, *, building: Building, shift: int, regime: Regime
) -> StudyGroup:
    """A group of pupils of several classes; its year level is the lowest of them."""
    return _open(actor, year, name.strip(), GroupKind.CROSS, year_level, "", building, shift, regime)


def open_part(_actor: Actor, of: SeenGroup, name: str) -> StudyGroup:
    """A part of a class, such as «англ. 1»; it learns where and when its class does."""
    if of.kind != GroupKind.CLASS:
        raise CannotDo(_("Only a class has teaching groups."))
    part = StudyGroup(
        school_id=of.school_id,
        id=new_id(),
        year_id=of.year_id,
        kind=GroupKind.PART,
        name=f"{of.name}, {name.strip()}",
        year_level=of.year_level,
        letter=of.letter,
        class_id=of.id,
        regime_id=of.regime_id,
        building_id=of.building_id,
        shift=of.shift,
    )
    _refuse_name(part)
    db.session.add(part)
    db.session.flush()
    return part


def change_place(
    actor: Actor, of: SeenGroup, *, building: Building, shift: int, regime: Regime, agreed: str | None = None
) -> None:
    """Where and by which bells and terms a group learns from now on; the parts of a class go with it.

    Its lessons to come go with their numbers to the new bells, and what hangs on them stays with them. Raises ``CannotDo`` where
    that building and shift have no bells (all coming lessons would go), ``ManyClashes`` where somebody would be in two lessons,
    ``ToAgree`` until ``agreed`` is the mark of what will happen; None asks nobody.
    """
    bells = select(BellSchedule.id).where(
        BellSchedule.school_id == of.school_id,
        BellSchedule.building_id == building.id,
        BellSchedule.shift == shift,
        or_(BellSchedule.to_on.is_(None), BellSchedule.to_on > clock.today()),
    )
    if db.session.scalars(bells.limit(1)).first() is None:
        raise CannotDo(
            _(
                "This building and shift have no bells yet. Write them down first: without them the class would lose its lessons."
            )
        )
    before = stands_to_come(of.school_id)
    with db.session.begin_nested():
        rows = db.session.scalars(
            select(StudyGroup).where(
                StudyGroup.school_id == of.school_id, (StudyGroup.id == of.id) | (StudyGroup.class_id == of.id)
            )
        ).all()
        for one in rows:
            one.building_id, one.shift, one.regime_id = building.id, shift, regime.id
        db.session.flush()
        settle(actor, before, [one.id for one in rows], agreed)


def open_course(
    actor: Actor, of: SeenGroup, subject: Subject, *, name: str, hours_a_week: int, teacher: Member | None
) -> Course:
    """A subject taught to a group through its year."""
    name = name.strip()
    same = db.session.scalar(
        select(Course.id).where(
            Course.school_id == of.school_id,
            Course.group_id == of.id,
            Course.subject_id == subject.id,
            Course.name == name,
        )
    )
    if same is not None:
        raise CannotDo(_("This group already has that course. Give the second one a name of its own."))
    course = Course(
        school_id=of.school_id,
        id=new_id(),
        group_id=of.id,
        subject_id=subject.id,
        name=name,
        hours_a_week=hours_a_week,
    )
    db.session.add(course)
    db.session.flush()
    seen = get_course(actor, course.id)
    if teacher is not None and seen is not None:
        year = db.session.scalars(
            select(SchoolYear).where(SchoolYear.school_id == of.school_id, SchoolYear.id == of.year_id)
        ).one()
        appoint_teacher(actor, seen, teacher, _first_day(year))
    return course


def _first_day(year: SchoolYear) -> date:
    """From the beginning of a year to come; from today in one that runs."""
    return max(year.starts_on, min(clock.today(), year.ends_on))


def _open(
    actor: Actor,
    year: SchoolYear,
    name: str,
    kind: GroupKind,
    year_level: int,
    letter: str,
    building: Building,
    shift: int,
    regime: Regime,
) -> StudyGroup:
    group = StudyGroup(
        school_id=actor.school_id,
        id=new_id(),
        year_id=year.id,
        kind=kind,
        name=name,
        year_level=year_level,
        letter=letter,
        regime_id=regime.id,
        building_id=building.id,
        shift=shift,
    )
    _refuse_name(group)
    db.session.add(group)
    db.session.flush()
    return group


def _refuse_name(group: StudyGroup) -> None:
    same = db.session.scalar(
        select(StudyGroup.id).where(
            StudyGroup.school_id == group.school_id,
            StudyGroup.year_id == group.year_id,
            StudyGroup.name == group.name,
        )
    )
    if same is not None:
        raise CannotDo(_("There is already a class or group %(name)s this year.", name=group.name))
