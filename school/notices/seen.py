"""A notice as its reader meets it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """One line of news."""

    school_id: int
    id: uuid.UUID
    kind: str
    pupil_id: uuid.UUID | None
    thing_id: uuid.UUID | None
    about: dict[str, Any]
    urgent: bool
    made_at: datetime
    seen_at: datetime | None
