"""A school's week as it stands before a timetable comes in. Values, no database."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from school.roster.planning.snapshot import CourseRow, Ground, GroupRow, LinkRow, MemberRow
from school.roster.subjects import SubjectRow


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A place of the week that is open."""

    id: uuid.UUID
    course_id: uuid.UUID
    weekday: int
    slot: int
    room: str
    teacher_id: uuid.UUID
    from_on: date
    to_on: date | None


@dataclass(slots=True)
class WeekSnapshot:
    """A school's week before an import."""

    today: date
    school_id: int
    school_name: str
    ground: Ground | None = None
    groups: dict[uuid.UUID, GroupRow] = field(default_factory=dict)
    courses: list[CourseRow] = field(default_factory=list)
    staff: dict[uuid.UUID, MemberRow] = field(default_factory=dict)
    logins: dict[str, uuid.UUID] = field(default_factory=dict)
    """Member by login."""
    posts: list[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=list)
    """Course and teacher of each open post."""
    slots: dict[uuid.UUID, SlotRow] = field(default_factory=dict)
    links: dict[str, LinkRow] = field(default_factory=dict)
    subjects: list[SubjectRow] = field(default_factory=list)
