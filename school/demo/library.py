"""Puts the demo library into the content library through its front door: written, published, findable."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import KEYBOARD, frameworks
from content_library.drafts import About, Author, Text, WrittenItem, draft
from content_library.models import Subject, Topic, Unit, UnitKind
from content_library.publishing import publish, send_for_review
from content_library.storage import Storage
from content_library.subjects import ensure_subjects
from school.demo.media import Media
from school.demo.unit_files import TOPICS, UnitFile, read_units

_EPOCH_MS = 1_785_542_400_000
"""1 August 2026: the moment that the fixed identifiers carry, before any school year of the demo."""

WAITING = "physics/7-friction"
FRICTION_BY = "Радченко Марина Сергеевна"
FRICTION = (
    "Сила трения: польза и вред",
    "Откуда берётся трение, от чего оно зависит и когда его увеличивают, а когда уменьшают.",
    """## Откуда берётся трение

Поверхности тел неровные: даже у гладкого стола есть бугорки и впадины. Когда одно тело скользит по другому, неровности цепляются
друг за друга. Если же поверхности отполированы, ближе подходят сами молекулы и притягиваются. Сила, которая при этом мешает
движению, называется силой трения. Она направлена против движения.

## От чего она зависит

Положим на брусок груз и потянем его динамометром: сила трения стала больше. Чем сильнее тело прижато к опоре, тем больше трение.
Заменим деревянную доску на стекло: сила трения уменьшилась, значит, важен и материал поверхностей. Трение качения меньше трения
скольжения, поэтому тяжёлое перевозят на колёсах.

## Полезно или вредно

Без трения нельзя ни идти, ни затормозить: зимой дорожки посыпают песком. В машинах трение стирает детали и греет их, поэтому оси
смазывают маслом и ставят подшипники.
""",
)

TopicIds = Mapping[tuple[str, str], int]


def load_library(
    session: Session,
    storage: Storage,
    author_ids: Mapping[str, uuid.UUID],
    at: datetime,
    *,
    cache: Path | None = None,
) -> dict[str, Unit]:
    """All units by their codes (``maths/5-order-practice``); what is there already is left as it is.

    ``author_ids`` are city accounts by full name; a name that is missing signs without an account. ``at`` is when the
    units were published. ``cache`` is a folder that keeps the drawn videos for the next set-up. Flushes, never commits.
    """
    ensure_subjects(session)
    subjects = {subject.code: subject.id for subject in session.scalars(select(Subject))}
    topics = load_topics(session)
    media = Media(session, storage, at, cache)
    loaded = {}
    for unit in read_units():
        there = session.get(Unit, unit_id(unit.code))
        loaded[unit.code] = there or _publish(media, unit, subjects[unit.subject], topics, author_ids)
    return loaded


def send_one_for_review(session: Session, author_ids: Mapping[str, uuid.UUID], at: datetime) -> None:
    """A textbook page that waits for the methodologist; nothing where it is already."""
    if session.get(Unit, unit_id(WAITING)) is not None:
        return
    subject = session.scalars(select(Subject).where(Subject.code == "physics")).one()
    topic = session.scalars(select(Topic.id).where(Topic.subject_id == subject.id, Topic.code == "7.2.4")).one()
    about = About(
        kind=UnitKind.TEXTBOOK, subject_id=subject.id, year_from=7, year_to=7, topic_ids=[topic], licence="CC-BY-4.0"
    )
    text = Text(title=FRICTION[0], summary=FRICTION[1], minutes=12, body_markdown=FRICTION[2])
    author = Author(author_ids.get(FRICTION_BY), FRICTION_BY)
    written = draft(session, author, about, text, at, unit_id=unit_id(WAITING))
    send_for_review(session, written, at)


def load_topics(session: Session) -> dict[tuple[str, str], int]:
    """The thematic framework; ids by subject code and topic code. Topics of other codes are left alone."""
    rows = frameworks.read_rows(TOPICS.name, TOPICS.read_bytes())
    plan = frameworks.plan(session, rows, None)
    if plan.refused:
        raise ValueError(f"the framework does not hold: {plan.refused}")
    frameworks.bring(session, plan)
    found = session.execute(select(Subject.code, Topic.code, Topic.id).join(Topic, Topic.subject_id == Subject.id))
    return {(subject, code): topic_id for subject, code, topic_id in found}


def authors() -> list[str]:
    """Full names of the teachers who signed the units, in alphabetical order."""
    return sorted({unit.author for unit in read_units()})


def unit_id(code: str) -> uuid.UUID:
    """The identifier of a unit of this code, the same in every demo school."""
    return _fixed_id(f"unit {code}")


def item_id(code: str, position: int) -> uuid.UUID:
    """The identifier of a question of a unit; positions count from 1."""
    return _fixed_id(f"item {code} {position}")


def _fixed_id(name: str) -> uuid.UUID:
    """A version 7 identifier whose random part is a hash of the name."""
    tail = int.from_bytes(sha256(f"demo library: {name}".encode()).digest()[:10], "big")
    value = _EPOCH_MS << 80 | tail
    value = value & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def _publish(
    media: Media, unit: UnitFile, subject_id: int, topics: TopicIds, author_ids: Mapping[str, uuid.UUID]
) -> Unit:
    about = About(
        kind=UnitKind(unit.kind),
        subject_id=subject_id,
        year_from=unit.year_from,
        year_to=unit.year_to,
        topic_ids=[topics[unit.subject, code] for code in unit.topics],
        licence=unit.licence,
    )
    text = Text(
        title=unit.title,
        summary=unit.summary,
        minutes=unit.minutes,
        body_markdown=unit.body,
        details=_details(unit),
        files=media.files_of(unit),
        items=[
            WrittenItem(kind=item.kind, spec=item.spec, points=item.points, id=item_id(unit.code, position))
            for position, item in enumerate(unit.items, 1)
        ],
    )
    author = Author(author_ids.get(unit.author), unit.author)
    written = draft(media.session, author, about, text, media.at, unit_id=unit_id(unit.code))
    publish(media.session, written, media.at)
    return written


def _details(unit: UnitFile) -> dict[str, object]:
    if unit.stages:
        return {"stages": [dict(stage) for stage in unit.stages]}
    if unit.keyboard:
        return {KEYBOARD: unit.keyboard}
    return {"slides": list(unit.slides)} if unit.slides else {}
