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


def fill_shelf(session: Session, *, textbook: dict[str, Any], english: str) -> None:
    """Five published units and a draft: three of maths, a textbook of physics for years 7 to 9, one in English."""
    published(session, title="Сложение дробей", summary="Общий знаменатель")
    published(
        session,
        title="Ёлка из дробей",
        summary="Новогодние задачи",
        place={"kind": UnitKind.ASSIGNMENT, "year_from": 5, "year_to": 5},
    )
    published(
        session,
        title="Отрицательные числа",
        summary="Температура и долги",
        place={"topic_ids": (11,), "year_from": 6, "year_to": 6},
    )
    place = {"kind": UnitKind.TEXTBOOK, "subject_id": 2, "topic_ids": (20,), "year_from": 7, "year_to": 9}
    published(session, place=place, **textbook)
    published(session, title=english, summary="Adding", place={"language": "en"})
    write(session, title="Сложение дробей, черновик", items=[WrittenItem(kind="text", spec={})])
