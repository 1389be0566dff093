"""The act a new school begins with; its deputy head changes it by a new act from a new day."""

import uuid
from datetime import date
from typing import Final

from school.core.access import Actor
from school.core.database import db, new_id
from school.gradebook.journal import Act, Journal
from school.gradebook.models import MarkingAct, WorkType
from school.gradebook.queries.acts import find_act
from school.gradebook.scale import Rules
from school.people.models import School

DEFAULT_NAME: Final = "Положение о текущем контроле и промежуточной аттестации"
DEFAULT_WORKS: Final = (
    # name, short, weight, is a control work
    ("Ответ на уроке", "Отв", 1, False),
    ("Домашняя работа", "ДЗ", 1, False),
    ("Работа на уроке", "Ур", 1, False),
    ("Самостоятельная работа", "СР", 2, False),
    ("Проверочная работа", "ПР", 2, False),
    ("Практическая работа", "Пр", 2, False),
    ("Лабораторная работа", "ЛР", 2, False),
    ("Диктант", "Дик", 2, False),
    ("Сочинение", "Соч", 2, False),
    ("Проект", "Пт", 2, False),
    ("Зачёт", "Зач", 3, True),
    ("Контрольная работа", "КР", 3, True),
)
"""The kinds of work most acts name; the first is the column that a mark in a lesson makes."""


def default_act(
    school: School | Journal, from_on: date, owner: uuid.UUID, rules: Rules | None = None
) -> tuple[MarkingAct, list[WorkType]]:
    """The rows of an ordinary act, not yet added to the session. ``owner``: the member who answers for it."""
    school_id = school.id if isinstance(school, School) else school.school_id
    act = MarkingAct(
        school_id=school_id,
        id=new_id(),
        name=DEFAULT_NAME,
        from_on=from_on,
        rules=(rules or Rules()).to_data(),
        owner=owner,
    )
    works = [
        WorkType(
            school_id=school_id,
            id=new_id(),
            act_id=act.id,
            name=name,
            short=short,
            weight=weight,
            position=position,
            is_control=is_control,
        )
        for position, (name, short, weight, is_control) in enumerate(DEFAULT_WORKS)
    ]
    return act, works


def act_for(actor: Actor, journal: Journal, on: date) -> Act:
    """The act in force on a day; a school without any takes the ordinary one at its first mark."""
    found = find_act(journal.school_id, on)
    if found is not None:
        return found
    if actor.member_id is None:
        raise ValueError("an act is owned by a member of the school")
    act, works = default_act(journal, on, actor.member_id)
    db.session.add(act)
    db.session.flush()
    db.session.add_all(works)
    db.session.flush()
    made = find_act(journal.school_id, on)
    if made is None:
        raise LookupError("the act has just been made")
    return made
