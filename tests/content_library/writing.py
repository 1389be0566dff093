"""Short ways to write units for tests."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from content_library import About, Author, Text, Unit, UnitKind, WrittenItem, drafts, publishing
from tests.content_library.conftest import AUTHOR, MORNING

ANNA = Author(AUTHOR, "Анна Петрова")
BORIS = Author(uuid.UUID("01990000-0000-7000-8000-000000000002"), "Борис Ильин")


def about(**changes: Any) -> About:
    return About(
        **{"kind": UnitKind.TEST, "subject_id": 1, "year_from": 5, "year_to": 6, "topic_ids": (12,), **changes}
    )


def text(**changes: Any) -> Text:
    return Text(
        **{
            "title": "Сложение дробей",
            "summary": "Складываем дроби с разными знаменателями.",
            "minutes": 15,
            "items": (WrittenItem(kind="number", spec={"text": "2 + 3", "key": "5"}),),
            **changes,
        }
    )


def write(session: Session, author: Author = ANNA, *, place: dict[str, Any] | None = None, **says: Any) -> Unit:
    return drafts.draft(session, author, about(**(place or {})), text(**says), MORNING)


def published(session: Session, *, place: dict[str, Any] | None = None, **says: Any) -> Unit:
    unit = write(session, place=place, **says)
    publishing.publish(session, unit, MORNING)
    return unit
