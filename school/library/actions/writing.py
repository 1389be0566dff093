"""Writing a unit: its place in the library, its text, its questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from content_library import (
    KEYBOARD,
    SILENT,
    About,
    Author,
    Item,
    PlacedFile,
    Subject,
    Text,
    Topic,
    Unit,
    UnitKind,
    UnitVersion,
    WrittenItem,
    drafts,
    shelf,
)
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.queries.reading import SLIDE_BREAK
from school.library.seen import Draft
from school.people.models import Member
from school.people.names import full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What an author says first of a unit."""

    kind: UnitKind
    title: str
    subject: Subject
    year_from: int
    year_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything of a version that is written in one form."""

    title: str
    summary: str
    minutes: int
    body_markdown: str
    subject: Subject
    year_from: int
    year_to: int
    topics: Sequence[Topic]
    language: str
    licence: str
    stages: Sequence[dict[str, Any]] = ()
    """Of a scenario: ``title``, ``minutes``, ``teacher``, ``panel``, ``pupils``."""
    silent: str = ""
    """Of a film: why it needs no subtitles."""
    keyboard: str = ""
    """Of a package: how it goes without a mouse, see ``content_library.kinds``."""


def begin_unit(actor: Actor, begun: Begun, stages: Sequence[tuple[str, int]] = ()) -> Unit:
    """Begin a unit; ``stages`` are the usual ones of a lesson, to be changed by the author."""
    about = About(
        kind=begun.kind, subject_id=begun.subject.id, year_from=begun.year_from, year_to=begun.year_to, topic_ids=()
    )
    details = {"stages": [{"title": title, "minutes": minutes} for title, minutes in stages]} if stages else {}
    text = Text(title=begun.title, minutes=sum(minutes for _, minutes in stages), details=details)
    return drafts.draft(db.session(), author_of(actor), about, text, clock.now())


def rewrite(actor: Actor, draft: Draft, said: Said) -> None:
    """Let the draft say this; its files and questions stay."""
    version = lock(draft)
    details = dict(version.details)
    if draft.unit.kind is UnitKind.SCENARIO:
        details["stages"] = list(said.stages)
    if draft.unit.kind is UnitKind.PRESENTATION:
        details["slides"] = [slide.strip() for slide in _lines(said.body_markdown).split(SLIDE_BREAK) if slide.strip()]
    if draft.unit.kind is UnitKind.VIDEO:
        details[SILENT] = said.silent
    if draft.unit.kind is UnitKind.PACKAGE:
        details[KEYBOARD] = said.keyboard
    about = About(
        kind=draft.unit.kind,
        subject_id=said.subject.id,
        year_from=said.year_from,
        year_to=said.year_to,
        topic_ids=[topic.id for topic in said.topics],
        language=said.language,
        licence=said.licence,
    )
    text = replace(
        text_of(version),
        title=said.title,
        summary=said.summary,
        minutes=said.minutes,
        body_markdown=_lines(said.body_markdown),
        details=details,
    )
    drafts.edit(db.session(), draft.unit, about, text)


def add_item(actor: Actor, draft: Draft, kind: str, spec: dict[str, Any]) -> None:
    """Put a question after the others."""
    version = lock(draft)
    text = text_of(version)
    item = WrittenItem(kind=kind, spec=spec, points=int(spec.get("points", 1)))
    drafts.write(db.session(), version, replace(text, items=[*text.items, item]))


def rewrite_item(actor: Actor, draft: Draft, item: Item, spec: dict[str, Any]) -> None:
    """Let a question be this; it keeps its place."""
    lock(draft)
    item.spec = spec
    item.points = int(spec.get("points", 1))
    db.session.flush()


def drop_item(actor: Actor, draft: Draft, item: Item) -> None:
    """Take a question out."""
    version = lock(draft)
    text = text_of(version)
    drafts.write(db.session(), version, replace(text, items=[one for one in text.items if one.id != item.id]))


def move_item(actor: Actor, draft: Draft, item: Item, by: int) -> None:
    """Move a question up (-1) or down (1); at the edge it stays where it is."""
    version = lock(draft)
    text = text_of(version)
    items = list(text.items)
    here = next(n for n, one in enumerate(items) if one.id == item.id)
    there = min(max(here + by, 0), len(items) - 1)
    items.insert(there, items.pop(here))
    drafts.write(db.session(), version, replace(text, items=items))


def author_of(actor: Actor) -> Author:
    """The actor as the library knows authors: by the whole name of their school's papers, where there is one."""
    for standing in actor.standings:
        if standing.school_id is None or standing.member_id is None:
            continue
        member = db.session.get(Member, (standing.school_id, standing.member_id))
        if member is not None:
            return Author(actor.account_id, full_name(member.family_name, member.given_name, member.patronymic))
    return Author(actor.account_id, actor.name)


def lock(draft: Draft) -> UnitVersion:
    """The open version, held against other writers until the end of the transaction: a film may arrive meanwhile.

    Raises ``PublishedVersionIsFixed`` by the library's own guard when it was published in the meantime.
    """
    db.session.refresh(draft.unit, with_for_update=True)
    db.session.refresh(draft.version)
    return draft.version


def text_of(version: UnitVersion) -> Text:
    """What the open version says; unlike in the next version, its questions stay the same questions."""
    files = [
        PlacedFile(sha256=file.sha256, name=file.name, role=file.role, alt=file.alt)
        for file in shelf.files_of(db.session(), version)
    ]
    items = [
        WrittenItem(id=item.id, kind=item.kind, spec=item.spec, points=item.points, topic_id=item.topic_id)
        for item in shelf.items_of(db.session(), version)
    ]
    return Text(
        title=version.title,
        summary=version.summary,
        minutes=version.minutes,
        body_markdown=version.body_markdown,
        details=version.details,
        files=files,
        items=items,
    )


def _lines(text: str) -> str:
    """Browsers send lines ended in the way of typewriters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
