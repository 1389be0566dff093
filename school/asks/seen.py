"""What was asked, as staff and families meet it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from school.asks.models import AskKind
from school.classes.seen import LookedAt


@dataclass(frozen=True, slots=True)
class SeenAsk:
    """A question to the families of a class."""

    school_id: int
    id: uuid.UUID
    group_id: uuid.UUID
    group: str
    kind: str
    title: str
    text: str
    text_hash: str
    due_on: date
    made_by: str
    made_at: datetime
    about: str = ""
    """The result it is about, as ``asks.hooks`` knows it."""

    @property
    def wants_consent(self) -> bool:
        """Yes or no; else it is enough to have read it."""
        return self.kind == AskKind.CONSENT

    @property
    def looked_at(self) -> LookedAt:
        """The whole class."""
        return None, self.group_id


@dataclass(frozen=True, slots=True)
class Answered:
    """What a family said."""

    answer: str
    at: datetime
    by: str
    event_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PupilAsk:
    """A question to the family of one pupil, with what they said."""

    ask: SeenAsk
    pupil_id: uuid.UUID
    pupil: str
    answered: Answered | None

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil_id, None


@dataclass(frozen=True, slots=True)
class AskLine:
    """A question in the list of staff."""

    ask: SeenAsk
    pupils: int
    answered: int
