"""A version of a unit as its reader sees it: texts as safe HTML, files as links for some hours, questions without keys."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from content_library import (
    IN_WORDS,
    KEYBOARD,
    MODEL_TYPE,
    PACKAGE_TYPE,
    SILENT,
    FileOfVersion,
    FileRole,
    Item,
    Unit,
    UnitKind,
    UnitState,
    UnitVersion,
    sheets,
    shelf,
    subjects,
)
from school.core.database import db
from school.core.files import storage
from school.core.prose import Prose, prose
from school.library.queries.films import films_in, length_of
from school.library.queries.packages import PackageFile, package_in
from school.tasks import kinds

SHOWN_FOR = 6 * 3600
"""Seconds that the addresses of pictures and films live: a school day, for a page left open or a film paused."""
LESSON_MINUTES = 45
SLIDE_BREAK = "\n---\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that does not stand in the text."""

    name: str
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Film:
    """A film to be played in the page."""

    file: FileOfVersion
    """The rendition for any browser; players of HLS ask for the playlist."""
    url: str
    content_type: str
    seconds: int
    """0 for a film from before renditions: it has no playlist."""
    heights: tuple[int, ...]
    """Of the renditions to choose from, the smallest first."""
    poster: str | None
    subtitles: tuple[FileOfVersion, ...]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A page of a PDF file."""

    position: int
    """Of the file."""
    number: int
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Model:
    """A 3D model to be turned in the page."""

    url: str
    alt: str
    size: int
    poster: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a lesson."""

    title: str
    minutes: int
    since: int
    """The minute of the lesson at which it begins."""
    teacher: Prose
    panel: Prose
    pupils: Prose


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question without its key."""

    id: uuid.UUID
    kind: str
    points: int
    prompt: Prose
    variant: Mapping[str, Any]
    """What the kind shows before an answer; empty when the question is broken."""
    picture: Picture | None
    is_broken: bool = False
    """Its specification does not hold; its author sees why on the page of the question."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the page of a unit shows."""

    unit_id: uuid.UUID
    version_id: uuid.UUID
    number: int
    is_newest: bool
    kind: UnitKind
    title: str
    summary: str
    minutes: int
    language: str
    licence: str
    author: str
    subject: str
    subject_id: int
    tint: int
    """The design system's, 1 to 12."""
    year_from: int
    year_to: int
    is_retired: bool
    published_at: datetime | None
    topics: tuple[tuple[int, str], ...]
    body: Prose
    slides: tuple[Prose, ...]
    stages: tuple[Stage, ...]
    stage_minutes: int
    film: Film | None
    silent: str
    """Why the film has no subtitles, in its author's words."""
    package: PackageFile | None
    is_for_mouse: bool
    """Whether parts of the package can't be done by keyboard, and the text says what to do instead."""
    model: Model | None
    pictures: tuple[Picture, ...]
    documents: tuple[FileOfVersion, ...]
    sheets: tuple[ShownSheet, ...]
    """Pages of its PDF files."""
    items: tuple[ShownItem, ...]

    @property
    def deck(self) -> tuple[ShownSheet, ...]:
        """The slides of a presentation that came as a PDF."""
        return self.sheets if self.kind is UnitKind.PRESENTATION and not self.slides else ()

    @property
    def points(self) -> int:
        """What all questions together are worth."""
        return sum(item.points for item in self.items)


def read_unit(unit: Unit, version: UnitVersion, locale: str) -> Reading:
    """Prepare a version for reading: four statements, five when it may have questions."""
    files = shelf.files_of(db.session(), version)
    addresses, alts = _pictures(files)
    subject = subjects.get_subject(db.session(), unit.subject_id)
    stages = _stages(version.details, addresses)
    items = (
        [item_on_paper(item, addresses, alts) for item in shelf.items_of(db.session(), version)]
        if _asks(unit.kind)
        else []
    )
    slides = _slides(unit.kind, version, addresses)
    body = Prose(prose("").html) if slides else prose(version.body_markdown, addresses)
    used = body.shown.union(*(slide.shown for slide in slides))
    used |= {item.picture.name for item in items if item.picture}
    used = used.union(*(text.shown for stage in stages for text in (stage.teacher, stage.panel, stage.pupils)))
    return Reading(
        unit_id=unit.id,
        version_id=version.id,
        number=version.number,
        is_newest=version.id == unit.published_version_id,
        kind=unit.kind,
        title=version.title,
        summary=version.summary,
        minutes=version.minutes,
        language=unit.language,
        licence=unit.licence,
        author=unit.author_name,
        subject="" if subject is None else subject.name_en if locale == "en" else subject.name_ru,
        subject_id=unit.subject_id,
        tint=0 if subject is None else subject.tint + 1,
        year_from=unit.year_from,
        year_to=unit.year_to,
        is_retired=unit.state is UnitState.RETIRED,
        published_at=version.published_at,
        topics=tuple((topic.id, topic.title) for topic in shelf.topics_of_unit(db.session(), unit)),
        body=body,
        slides=slides,
        stages=stages,
        stage_minutes=sum(stage.minutes for stage in stages),
        film=_film(files),
        silent=str(version.details.get(SILENT, "")),
        package=package_in(files),
        is_for_mouse=version.details.get(KEYBOARD) == IN_WORDS,
        model=_model(files),
        pictures=tuple(
            Picture(file.name, addresses[file.name], file.alt)
            for file in files
            if file.role is FileRole.PICTURE and file.name not in used
        ),
        sheets=_sheets(version, files),
        documents=tuple(file for file in files if is_document(file)),
        items=tuple(items),
    )


def is_document(file: FileOfVersion) -> bool:
    """Whether a file is one to open or download: attachments, and a body that is not shown in the page."""
    is_shown = file.content_type.startswith("video/") or file.content_type in {PACKAGE_TYPE, MODEL_TYPE}
    return file.role is FileRole.ATTACHMENT or (file.role is FileRole.BODY and not is_shown)


def link(file: FileOfVersion, *, download: bool = False, seconds: int = SHOWN_FOR) -> str:
    """An address of a file's bytes."""
    return storage().link(file.sha256, file.name, file.content_type, seconds, download=download)


def picture_addresses(version: UnitVersion) -> dict[str, str]:
    """The addresses of a version's pictures by their names."""
    return _pictures(shelf.files_of(db.session(), version))[0]


def _asks(kind: UnitKind) -> bool:
    return kind in {UnitKind.TEST, UnitKind.ASSIGNMENT}


def _pictures(files: Sequence[FileOfVersion]) -> tuple[dict[str, str], dict[str, str]]:
    """Addresses and descriptions of the pictures by their names."""
    pictures = [file for file in files if file.role is FileRole.PICTURE]
    return {file.name: link(file) for file in pictures}, {file.name: file.alt for file in pictures}


def _film(files: Sequence[FileOfVersion]) -> Film | None:
    films = films_in(files)
    if not films:
        return None
    film = films[0]
    poster = next((file for file in files if file.role is FileRole.POSTER), None)
    subtitles = tuple(file for file in files if file.role is FileRole.SUBTITLES)
    heights = tuple(sorted(one.facts["height"] for one in films if one.facts))
    poster_url = link(poster) if poster else None
    return Film(film, link(film), film.content_type, length_of(film), heights, poster_url, subtitles)


def _model(files: Sequence[FileOfVersion]) -> Model | None:
    found = next((file for file in files if file.content_type == MODEL_TYPE), None)
    if found is None:
        return None
    poster = next((file for file in files if file.role is FileRole.POSTER), None)
    return Model(link(found), found.alt, found.size, link(poster) if poster else None)


def _sheets(version: UnitVersion, files: Sequence[FileOfVersion]) -> tuple[ShownSheet, ...]:
    if not any(file.content_type == "application/pdf" for file in files):
        return ()
    return tuple(
        ShownSheet(one.position, one.number, storage().link(one.picture, "page.jpg", "image/jpeg", SHOWN_FOR), one.text)
        for one in sheets.of_version(db.session(), version.id)
    )


def _slides(kind: UnitKind, version: UnitVersion, addresses: Mapping[str, str]) -> tuple[Prose, ...]:
    if kind is not UnitKind.PRESENTATION:
        return ()
    written = version.details.get("slides") or version.body_markdown.split(SLIDE_BREAK)
    texts = [str(slide.get("body", "") if isinstance(slide, dict) else slide).strip() for slide in written]
    return tuple(prose(text, addresses, anchor=f"slide-{n}") for n, text in enumerate(texts, 1) if text)


def _stages(details: Mapping[str, Any], addresses: Mapping[str, str]) -> tuple[Stage, ...]:
    made, since = [], 0
    for n, stage in enumerate(details.get("stages") or (), 1):
        minutes = stage.get("minutes")
        minutes = minutes if isinstance(minutes, int) else 0
        texts = [
            prose(str(stage.get(who, "")), addresses, anchor=f"{who}-{n}") for who in ("teacher", "panel", "pupils")
        ]
        made.append(Stage(str(stage.get("title", "")), minutes, since, *texts))
        since += minutes
    return tuple(made)


def picture_files(version: UnitVersion) -> tuple[dict[str, str], dict[str, str]]:
    """Addresses and descriptions of a version's pictures by their names."""
    return _pictures(shelf.files_of(db.session(), version))


def item_on_paper(item: Item, addresses: Mapping[str, str], alts: Mapping[str, str], seed: int = 0) -> ShownItem:
    """A question without its key, as the paper of its kind shows it."""
    kind = kinds.KINDS.get(item.kind)
    if kind is None or kind.check(item.spec):
        said = prose(str(item.spec.get("prompt", "")))
        return ShownItem(item.id, item.kind, item.points, said, {}, None, is_broken=True)
    # What a kind prepares depends on nothing secret; a test of the kinds holds it to that.
    shown = kind.prepare(item.spec, seed)
    return ShownItem(
        item.id,
        shown.get("as", item.kind),
        item.points,
        prose(shown["prompt"], addresses, anchor=f"item-{item.position}"),
        shown,
        _picture_of(shown.get("picture"), addresses, alts),
    )


def _picture_of(
    named: Mapping[str, str] | None, addresses: Mapping[str, str], alts: Mapping[str, str]
) -> Picture | None:
    """The picture of a question: its author names it with or without the ending."""
    if named is None:
        return None
    for name, url in addresses.items():
        if named["name"] in {name, name.rpartition(".")[0]}:
            return Picture(name, url, named["alt"] or alts[name])
    return None
