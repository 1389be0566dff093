"""Talks and messages as one reader meets them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from school.classes.seen import LookedAt, SeenPupil


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff and what they are to one pupil today."""

    id: uuid.UUID
    account_id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str
    subjects: tuple[str, ...] = ()
    leads: bool = False

    @property
    def name(self) -> str:
        """«Ольга Сергеевна Иванова»: how a family speaks of them."""
        return " ".join(part for part in (self.given_name, self.patronymic, self.family_name) if part)

    @property
    def is_near(self) -> bool:
        """Teaches the pupil or leads the class."""
        return self.leads or bool(self.subjects)


@dataclass(frozen=True, slots=True)
class SeenTalk:
    """What stands between a member of staff and a family; ``id`` is null before the first message."""

    pupil: SeenPupil
    staff: Staff
    id: uuid.UUID | None
    is_reported: bool
    """Somebody has asked the deputy heads to look."""

    @property
    def school_id(self) -> int:
        """Its school."""
        return self.pupil.school_id

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil.looked_at


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message of a talk."""

    id: uuid.UUID
    talk: SeenTalk
    from_id: uuid.UUID
    writer: str
    is_staff: bool
    text: str
    at: datetime
    arrives_at: datetime
    read_at: datetime | None
    reader: str
    """Who read it first, when read."""
    is_reported: bool

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.talk.looked_at


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A talk in a list."""

    school_id: int
    pupil_id: uuid.UUID
    staff_id: uuid.UUID
    pupil: str
    staff: str
    last_at: datetime
    unread: int
