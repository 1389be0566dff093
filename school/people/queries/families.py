"""Legal representatives and their children."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from school.core.access import Actor
from school.core.database import db
from school.people.models import Guardianship, Member, Role
from school.people.names import full_name, short_name, sort_name
from school.people.seen import KeyHolder

FEW = 20

_tie, _member = Guardianship.__table__, Member.__table__


@dataclass(frozen=True, slots=True)
class Tie:
    """A guardianship seen from one side: ``other`` is the child of a representative, or the representative of a child."""

    school_id: int
    id: uuid.UUID
    guardian_id: uuid.UUID
    pupil_id: uuid.UUID
    relation: str
    sees_progress: bool
    from_on: date
    to_on: date | None
    note: str
    other_id: uuid.UUID
    other_name: str

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The child."""
        return self.pupil_id, None


@dataclass(frozen=True, slots=True)
class Ward:
    """A child of the actor, in one of the schools where the actor is a parent."""

    school_id: int
    school_name: str
    parent_id: uuid.UUID
    """The actor's member in that school."""
    id: uuid.UUID
    account_id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str
    sees_progress: bool

    @property
    def short_name(self) -> str:
        """«Петрова Алёна»."""
        return short_name(self.family_name, self.given_name)


def children_of(actor: Actor, on: date) -> list[Member]:
    """The pupils of this school whose progress the actor may follow as a legal representative on that day."""
    return list(
        db.session.scalars(
            select(Member)
            .join(
                Guardianship,
                (Guardianship.school_id == Member.school_id) & (Guardianship.pupil_id == Member.id),
            )
            .where(
                Member.school_id == actor.school_id,
                Guardianship.school_id == actor.school_id,
                Guardianship.guardian_id == actor.member_id,
                Guardianship.sees_progress,
                Guardianship.from_on <= on,
                or_(Guardianship.to_on.is_(None), Guardianship.to_on >= on),
            )
            .order_by(Member.sort_name)
        )
    )


def children_everywhere(actor: Actor, on: date) -> list[Ward]:
    """The actor's children in all schools, one statement a school, those without a right to progress too; by name."""
    found = []
    for standing in actor.standings:
        if standing.kind != "parent" or standing.school_id is None or standing.member_id is None:
            continue
        rows = db.session.execute(
            select(
                _member.c.id,
                _member.c.account_id,
                _member.c.family_name,
                _member.c.given_name,
                _member.c.patronymic,
                _tie.c.sees_progress,
            )
            .join(_tie, (_tie.c.school_id == standing.school_id) & (_tie.c.pupil_id == _member.c.id))
            .where(
                _member.c.school_id == standing.school_id,
                _tie.c.guardian_id == standing.member_id,
                _tie.c.from_on <= on,
                or_(_tie.c.to_on.is_(None), _tie.c.to_on >= on),
            )
        )
        found += [Ward(standing.school_id, standing.school_name, standing.member_id, *row) for row in rows]
    return sorted(found, key=lambda ward: (sort_name(ward.family_name, ward.given_name), ward.id))


def ties_of(holder: KeyHolder) -> tuple[list[Tie], list[Tie]]:
    """The representatives of a person, and the children they represent; ended ones last."""
    return _ties(holder, _tie.c.pupil_id, _tie.c.guardian_id), _ties(holder, _tie.c.guardian_id, _tie.c.pupil_id)


def get_tie(holder: KeyHolder, tie_id: uuid.UUID) -> Guardianship | None:
    """For addresses below a child: one of its guardianships."""
    return db.session.scalar(
        select(Guardianship).where(
            Guardianship.school_id == holder.school_id, Guardianship.pupil_id == holder.id, Guardianship.id == tie_id
        )
    )


def guardian_ids_of(school_id: int, pupil_ids: list[uuid.UUID], on: date) -> list[uuid.UUID]:
    """The representatives of these pupils on a day."""
    return list(
        db.session.scalars(
            select(_tie.c.guardian_id)
            .where(
                _tie.c.school_id == school_id,
                _tie.c.pupil_id.in_(pupil_ids),
                _tie.c.from_on <= on,
                or_(_tie.c.to_on.is_(None), _tie.c.to_on >= on),
            )
            .distinct()
        )
    )


def possible_guardians(holder: KeyHolder, beginning: str) -> list[Member]:
    """Grown-up members of the school whose family name begins so; a few."""
    start = sort_name(beginning.strip())
    if not start:
        return []
    pupils = select(Role.member_id).where(Role.school_id == holder.school_id, Role.kind == "pupil")
    return list(
        db.session.scalars(
            select(Member)
            .where(
                Member.school_id == holder.school_id,
                Member.sort_name >= start,
                Member.sort_name < start + "\U0010ffff",
                Member.id != holder.id,
                Member.closed_on.is_(None),
                Member.id.not_in(pupils),
            )
            .order_by(Member.sort_name, Member.id)
            .limit(FEW)
        )
    )


def _ties(holder: KeyHolder, mine: object, theirs: object) -> list[Tie]:
    own, other = _tie.c[mine.name], _tie.c[theirs.name]  # type: ignore[attr-defined]
    rows = db.session.execute(
        select(
            _tie.c.school_id,
            _tie.c.id,
            _tie.c.guardian_id,
            _tie.c.pupil_id,
            _tie.c.relation,
            _tie.c.sees_progress,
            _tie.c.from_on,
            _tie.c.to_on,
            _tie.c.note,
            _member.c.id,
            _member.c.family_name,
            _member.c.given_name,
            _member.c.patronymic,
        )
        .join(_member, (_member.c.school_id == holder.school_id) & (_member.c.id == other))
        .where(_tie.c.school_id == holder.school_id, own == holder.id)
        .order_by(_tie.c.to_on.is_not(None), _member.c.sort_name)
    )
    return [Tie(*row[:10], full_name(row[10], row[11], row[12])) for row in rows]
