"""Acts and their drafts, for those who read and those who write them; a rehearsal with names instead of ids."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select

from content_library.models import Subject
from school.classes.models import Course, StudyGroup, Term
from school.core.access import Actor
from school.core.database import db
from school.gradebook.journal import Act
from school.gradebook.models import ActDraft, MarkingAct
from school.gradebook.queries.acts import find_act
from school.people.models import Member
from school.people.names import short_name


@dataclass(frozen=True, slots=True)
class SeenAct:
    """An act with who answers for it and when it holds."""

    school_id: int
    id: uuid.UUID
    act: Act
    owner: str
    until: date | None
    """The day on which the next act begins."""
    approved_by: str
    """The second person; empty for an act that came with the school."""
    approved_at: datetime | None


def acts_of(school_id: int) -> list[SeenAct]:
    """All acts of a school, the newest first."""
    rows = db.session.execute(
        select(MarkingAct.id, MarkingAct.from_on, MarkingAct.owner, ActDraft.approved_by, ActDraft.approved_at)
        .outerjoin(ActDraft, and_(ActDraft.school_id == MarkingAct.school_id, ActDraft.act_id == MarkingAct.id))
        .where(MarkingAct.school_id == school_id)
        .order_by(MarkingAct.from_on)
    ).all()
    names = names_of(school_id, [one for row in rows for one in (row[2], row[3]) if one])
    made = []
    for n, (act_id, from_on, owner, second, at) in enumerate(rows):
        act = find_act(school_id, from_on)
        if act is not None:
            until = rows[n + 1][1] if n + 1 < len(rows) else None
            made.append(
                SeenAct(school_id, act_id, act, names.get(owner, ""), until, names[second] if second else "", at)
            )
    return made[::-1]


def get_act(actor: Actor, act_id: uuid.UUID) -> SeenAct | None:
    """An act of the actor's school."""
    if actor.school_id is None:
        return None
    return next((one for one in acts_of(actor.school_id) if one.id == act_id), None)


def get_draft(actor: Actor, draft_id: uuid.UUID) -> ActDraft | None:
    """A draft of the actor's school that is not approved yet."""
    return db.session.scalars(
        select(ActDraft).where(
            ActDraft.school_id == actor.school_id, ActDraft.id == draft_id, ActDraft.approved_at.is_(None)
        )
    ).first()


def drafts_of(school_id: int) -> list[ActDraft]:
    """What is in preparation."""
    return list(
        db.session.scalars(
            select(ActDraft)
            .where(ActDraft.school_id == school_id, ActDraft.approved_at.is_(None))
            .order_by(ActDraft.changed_at.desc())
        )
    )


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """A mark of a term that would be another one."""

    pupil: str
    group: str
    subject: str
    term: str
    old: str
    new: str
    is_up: bool


def changes_of(draft: ActDraft, locale: str) -> list[ChangedMark]:
    """The rehearsal's changes with names, by class, subject and pupil. Four statements."""
    changes: list[dict[str, Any]] = (draft.rehearsal or {}).get("changes", [])
    if not changes:
        return []
    pupils = names_of(draft.school_id, {uuid.UUID(one["pupil"]) for one in changes})
    courses = {
        str(row[0]): (row[1], row[2] if locale != "en" else row[3], row[4])
        for row in db.session.execute(
            select(Course.id, StudyGroup.name, Subject.name_ru, Subject.name_en, StudyGroup.year_level)
            .join(StudyGroup, (StudyGroup.school_id == Course.school_id) & (StudyGroup.id == Course.group_id))
            .join(Subject, Subject.id == Course.subject_id)
            .where(Course.school_id == draft.school_id, StudyGroup.school_id == draft.school_id)
        )
    }
    terms = {
        str(row[0]): row[1]
        for row in db.session.execute(select(Term.id, Term.name).where(Term.school_id == draft.school_id))
    }
    found = []
    for one in changes:
        group, subject, level = courses.get(one["course"], ("", "", 0))
        name = pupils.get(uuid.UUID(one["pupil"]), "")
        made = ChangedMark(name, group, subject, terms.get(one["term"], ""), one["old"], one["new"], one["up"])
        found.append(((level, group, subject, name, made.term), made))
    return [made for _key, made in sorted(found, key=lambda pair: pair[0])]


def names_of(school_id: int, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """«Петрова Алёна» by id."""
    rows = db.session.execute(
        select(Member.id, Member.family_name, Member.given_name).where(
            Member.school_id == school_id, Member.id.in_(list(ids))
        )
    )
    return {row[0]: short_name(row[1], row[2]) for row in rows}
