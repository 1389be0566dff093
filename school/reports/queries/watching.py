"""The school's rules of what is unusual about a mark."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from school.core.database import db
from school.people.models import Member
from school.people.names import initials
from school.reports.models import WatchRule
from school.reports.watch import Watch


@dataclass(frozen=True, slots=True)
class DatedWatch:
    """A rule from a day on, with who answers for it."""

    from_on: date
    watch: Watch
    owner: str


def watch_on(school_id: int, day: date) -> Watch:
    """The rule in force on a day; without one the defaults."""
    data = db.session.scalars(
        select(WatchRule.rules)
        .where(WatchRule.school_id == school_id, WatchRule.from_on <= day)
        .order_by(WatchRule.from_on.desc())
        .limit(1)
    ).first()
    return Watch.from_data(data) if data else Watch()


def watch_rules(school_id: int) -> list[DatedWatch]:
    """The school's own, the newest first."""
    rows = db.session.execute(
        select(WatchRule.from_on, WatchRule.rules, Member.family_name, Member.given_name, Member.patronymic)
        .join(Member, and_(Member.school_id == school_id, Member.id == WatchRule.owner))
        .where(WatchRule.school_id == school_id)
        .order_by(WatchRule.from_on.desc())
    )
    return [DatedWatch(from_on, Watch.from_data(data), initials(*name)) for from_on, data, *name in rows]
