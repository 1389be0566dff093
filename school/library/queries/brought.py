"""What is in a file that was brought, as its bringer sees it before deciding."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from content_library import Unit, UnitKind, UnitVersion, drafts, interchange
from school.core.access import Actor
from school.core.database import db
from school.library.interchange.sorting import sort_questions
from school.library.models import BroughtFile

SHOWN = 30
"""Questions of a test that the preview lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A draft that would be made."""

    kind: UnitKind
    title: str
    count: int
    """Questions in it; 0 for what has none."""
    lines: Sequence[str]
    """How its first questions begin."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that accepting the file would do, and what it would not."""

    units: Sequence[FoundUnit]
    refused: Sequence[interchange.Refusal]
    categories: int
    """Folders of questions in it."""


def get_brought(_actor: Actor, brought_id: uuid.UUID) -> BroughtFile | None:
    """A waiting file by its id."""
    return db.session.get(BroughtFile, brought_id)


def brought_by(actor: Actor) -> Sequence[BroughtFile]:
    """The actor's files that wait, the newest first."""
    mine = select(BroughtFile).where(BroughtFile.brought_by == actor.account_id)
    return db.session.scalars(mine.order_by(BroughtFile.brought_at.desc()).limit(50)).all()


def preview_of(brought: BroughtFile) -> Preview:
    """What a waiting file holds."""
    found = interchange.load(brought.found)
    units: list[FoundUnit] = []
    refused = list(found.refused)
    categories = set()
    for thing in found.things:
        if isinstance(thing, interchange.Test):
            sorted_ = sort_questions(thing.questions)
            refused += sorted_.refused
            categories |= {question.category for question in thing.questions if question.category}
            if sorted_.items:
                lines = [_beginning(item.spec["prompt"]) for item in sorted_.items[:SHOWN]]
                units.append(FoundUnit(UnitKind.TEST, thing.title, len(sorted_.items), lines))
            if sorted_.open:
                lines = [_beginning(question.prompt) for question in sorted_.open[:SHOWN]]
                units.append(FoundUnit(UnitKind.ASSIGNMENT, thing.title, len(sorted_.open), lines))
            if sorted_.told and not (sorted_.items or sorted_.open):
                units.append(FoundUnit(UnitKind.TEXTBOOK, thing.title, 0, ()))
        elif isinstance(thing, interchange.Text):
            units.append(FoundUnit(UnitKind.ASSIGNMENT if thing.is_task else UnitKind.TEXTBOOK, thing.title, 0, ()))
        elif isinstance(thing, interchange.Slides):
            units.append(FoundUnit(UnitKind.PRESENTATION, thing.title, 0, ()))
        elif thing.files:
            units.append(FoundUnit(UnitKind.PACKAGE, thing.title, 0, ()))
        else:
            place = interchange.Place(name=thing.title[:120])
            refused.append(interchange.Refusal(place, interchange.Why.PACKAGE_ELSEWHERE))
    return Preview(units, refused, len(categories))


def _beginning(prompt: str) -> str:
    """A question in a line of a list, without the marks of its text."""
    return interchange.plain_of_markdown(prompt)[:160]


def exported_version(unit: Unit) -> UnitVersion | None:
    """What saving a unit as a file gives: the published version, or the draft of a unit that has none."""
    if unit.published_version_id is not None:
        return db.session.get(UnitVersion, unit.published_version_id)
    return drafts.open_version(db.session(), unit)
