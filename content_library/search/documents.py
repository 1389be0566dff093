"""What the index knows of each unit, read from the database. Questions and their keys are never read here."""

import logging
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import sheets
from content_library.models import (
    FileRole,
    Subject,
    Topic,
    Unit,
    UnitFacts,
    UnitKind,
    UnitState,
    UnitTopic,
    UnitVersion,
    VersionFile,
)
from content_library.search.places import Place, cues, pages, sections, slides, stages
from content_library.storage import NoSuchFile, StorageUnavailable

log = logging.getLogger(__name__)

OpenFile = Callable[[str], BinaryIO]
"""Opens a stored file by its key."""

_LARGEST_SUBTITLES = 2_000_000
_SLIDE_BREAK = "\n---\n"
KIND_WORDS = {
    UnitKind.TEXTBOOK: "учебник параграф textbook",
    UnitKind.ASSIGNMENT: "задание задача assignment",
    UnitKind.TEST: "тест проверочная контрольная test quiz",
    UnitKind.PRESENTATION: "презентация слайды presentation slides",
    UnitKind.VIDEO: "видео фильм ролик video",
    UnitKind.SCENARIO: "сценарий урока конспект lesson scenario",
    UnitKind.PACKAGE: "интерактив интерактивный пакет тренажёр упражнение interactive package",
    UnitKind.MODEL: "3d модель объёмная трёхмерная model",
}
"""People type the kind among the words: «тест по дробям»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitText:
    """A unit as the index sees it."""

    id: uuid.UUID
    title: str
    summary: str = ""
    kind: UnitKind
    subject_id: int
    subject_names: tuple[str, ...] = ()
    year_from: int
    year_to: int
    language: str = "ru"
    author: str = ""
    topics: tuple[str, ...] = ()
    topic_ids: Collection[int] = ()
    """Of its topics and of the wider ones above them."""
    tags: tuple[str, ...] = ()
    liked: int = 0
    """How much it is used, 0 to 5."""
    places: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit that has changed, and what is to be found of it now."""

    id: uuid.UUID
    number: int
    text: UnitText | None
    """None when readers see it no more."""


_UNITS = (
    select(
        Unit.id,
        Unit.changed,
        Unit.state,
        Unit.kind,
        Unit.subject_id,
        Unit.year_from,
        Unit.year_to,
        Unit.language,
        Unit.author_name,
        UnitVersion.id,
        UnitVersion.title,
        UnitVersion.summary,
        UnitVersion.body_markdown,
        UnitVersion.details,
        Subject.name_ru,
        Subject.name_en,
        UnitFacts.liked,
    )
    .outerjoin(UnitVersion, UnitVersion.id == Unit.published_version_id)
    .join(Subject, Subject.id == Unit.subject_id)
    .outerjoin(UnitFacts, UnitFacts.unit_id == Unit.id)
)


class UnitReader:
    """Reads units in batches: a few statements each, whatever the number of units."""

    def __init__(self, session: Session, open_file: OpenFile | None = None) -> None:
        self._session = session
        self._open_file = open_file
        self.without_words: set[uuid.UUID] = set()
        """Units whose subtitles could not be read now: the storage was away."""

    @cached_property
    def _topics(self) -> dict[int, tuple[int | None, str]]:
        rows = self._session.execute(select(Topic.id, Topic.parent_id, Topic.title))
        return {row[0]: (row[1], row[2]) for row in rows}

    def since(self, number: int, limit: int) -> list[Changed]:
        """The next units that have changed after a number, in the order of their changes."""
        # Whole numbers only: one change may touch many units, and half of it must not count as seen.
        last = self._session.scalars(
            select(Unit.changed).where(Unit.changed > number).order_by(Unit.changed).limit(1).offset(limit - 1)
        ).first()
        ids = select(Unit.id).where(Unit.changed > number).order_by(Unit.changed, Unit.id)
        found = self._session.scalars(ids if last is None else ids.where(Unit.changed <= last)).all()
        return [one for at in range(0, len(found), limit) for one in self._read(found[at : at + limit])]

    def these(self, ids: Collection[uuid.UUID]) -> list[Changed]:
        """Units by their ids."""
        return self._read(ids)

    def published(self, size: int) -> Iterator[list[Changed]]:
        """Every published unit, in batches."""
        after: uuid.UUID | None = None
        while True:
            # By the key alone: asked for the state as well, a database may sort all published units anew for each batch.
            ids = select(Unit.id, Unit.state).order_by(Unit.id).limit(size)
            batch = self._session.execute(ids if after is None else ids.where(Unit.id > after)).all()
            if not batch:
                return
            after = batch[-1][0]
            yield self._read([row[0] for row in batch if row[1] is UnitState.PUBLISHED])

    def _read(self, ids: Collection[uuid.UUID]) -> list[Changed]:
        rows = self._session.execute(_UNITS.where(Unit.id.in_(ids)).order_by(Unit.changed, Unit.id)).all()
        shown = [row for row in rows if row[2] is UnitState.PUBLISHED]
        hung = self._hung([row[0] for row in shown])
        said = self._subtitles([row for row in shown if row[3] is UnitKind.VIDEO])
        for unit_id, places in self._sheets(shown).items():
            said.setdefault(unit_id, []).extend(places)
        texts = {row[0]: self._text(row, hung.get(row[0], []), said.get(row[0], [])) for row in shown}
        return [Changed(row[0], row[1], texts.get(row[0])) for row in rows]

    def _hung(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[int]]:
        found: dict[uuid.UUID, list[int]] = {}
        for unit_id, topic_id in self._session.execute(
            select(UnitTopic.unit_id, UnitTopic.topic_id).where(UnitTopic.unit_id.in_(ids))
        ):
            found.setdefault(unit_id, []).append(topic_id)
        return found

    def _subtitles(self, films: Sequence[Any]) -> dict[uuid.UUID, list[Place]]:
        if not films or self._open_file is None:
            return {}
        units = {row[9]: row[0] for row in films}
        found: dict[uuid.UUID, list[Place]] = {}
        for version_id, sha256 in self._session.execute(
            select(VersionFile.version_id, VersionFile.sha256)
            .where(VersionFile.version_id.in_(units), VersionFile.role == FileRole.SUBTITLES)
            .order_by(VersionFile.position)
        ):
            unit_id = units[version_id]
            try:
                with self._open_file(sha256) as file:
                    found.setdefault(unit_id, []).extend(cues(file.read(_LARGEST_SUBTITLES).decode("utf-8", "replace")))
            except StorageUnavailable:
                self.without_words.add(unit_id)
            except NoSuchFile:
                log.warning("the subtitles %s of unit %s are not in the storage", sha256, unit_id)
        return found

    def _sheets(self, shown: Sequence[Any]) -> dict[uuid.UUID, list[Place]]:
        units = {row[9]: row[0] for row in shown}
        found: dict[uuid.UUID, list[Place]] = {}
        for version_id, position, number, text in sheets.words_of(self._session, units):
            if text.strip():
                found.setdefault(units[version_id], []).extend(pages(text, f"sheet-{position}-{number}"))
        return found

    def _text(self, row: Any, hung: Sequence[int], said: Sequence[Place]) -> UnitText:
        body, details = row[12], row[13]
        written = details.get("slides") or body.split(_SLIDE_BREAK) if row[3] is UnitKind.PRESENTATION else []
        tags = details.get("keywords")
        return UnitText(
            id=row[0],
            kind=row[3],
            subject_id=row[4],
            year_from=row[5],
            year_to=row[6],
            language=row[7],
            author=row[8],
            title=row[10],
            summary=row[11],
            subject_names=(row[14], row[15]),
            topics=tuple(self._topics[one][1] for one in hung if one in self._topics),
            topic_ids=self._with_wider(hung),
            liked=row[16] or 0,
            tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
            places=[*(slides(written) if written else sections(body)), *stages(details), *said],
        )

    def _with_wider(self, hung: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for topic_id in hung:
            at: int | None = topic_id
            while at is not None and at not in found:
                found.add(at)
                at = self._topics.get(at, (None, ""))[0]
        return found
