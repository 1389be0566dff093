"""Copies that are adapted: they keep their author, licence and chain, and may take what the original mends.

A correction comes as a patch, part by part. A part that the copy has changed itself is shown and never taken over it.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from content_library.comparing import Difference, differences, parts_of, with_parts
from content_library.drafts import About, Author, WrongState, draft, text_of, write
from content_library.models import Unit, UnitTopic, UnitVersion

ALL_RIGHTS = "own"
FREE_FOR_ALL = "CC0-1.0"
LONGEST_CHAIN = 20


class NotAllowed(Exception):
    """The licence keeps all rights with the author."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One link of the chain of copies."""

    unit_id: uuid.UUID
    title: str
    number: int
    author: str
    licence: str


class Fate(StrEnum):
    """What a patch does with a part."""

    CLEAN = "clean"
    """Only the original has changed it: it may be taken."""
    OWN = "own"
    """The copy has changed it too: its own words stay."""


@dataclass(frozen=True, slots=True)
class Change:
    """A part that the original has changed since it was copied or last looked at."""

    difference: Difference
    fate: Fate
    mine: Any


@dataclass(frozen=True, slots=True)
class Patch:
    """What came of the original since then."""

    base: UnitVersion
    newest: UnitVersion
    changes: Sequence[Change]


def may_copy(unit: Unit, account_id: uuid.UUID | None) -> bool:
    """Whether the licence lets this person make something of a unit."""
    return unit.published_version_id is not None and (
        unit.licence != ALL_RIGHTS or (account_id is not None and unit.author_account_id == account_id)
    )


def copy(session: Session, unit: Unit, author: Author, at: datetime) -> Unit:
    """A draft that says what the published version says, under the same licence. Raises ``NotAllowed``."""
    if not may_copy(unit, author.account_id):
        raise NotAllowed
    version = session.get_one(UnitVersion, unit.published_version_id)
    topics = session.scalars(select(UnitTopic.topic_id).where(UnitTopic.unit_id == unit.id)).all()
    about = About(
        kind=unit.kind,
        subject_id=unit.subject_id,
        year_from=unit.year_from,
        year_to=unit.year_to,
        topic_ids=topics,
        language=unit.language,
        licence=unit.licence,
    )
    made = draft(session, author, about, text_of(session, version), at)
    made.copied_from = made.merged_up_to = version.id
    session.flush()
    return made


def chain_of(session: Session, unit: Unit) -> list[Origin]:
    """What a unit was made of, the nearest first; one statement a link, none for a unit that is no copy."""
    made: list[Origin] = []
    version_id = unit.copied_from
    while version_id is not None and len(made) < LONGEST_CHAIN:
        row = session.execute(
            select(UnitVersion, Unit).join(Unit, Unit.id == UnitVersion.unit_id).where(UnitVersion.id == version_id)
        ).first()
        if row is None:
            break
        version, source = row
        made.append(Origin(source.id, version.title, version.number, source.author_name, source.licence))
        version_id = source.copied_from
    return made


def licence_kept(session: Session, unit: Unit) -> str | None:
    """The licence that a copy must keep; None where its author may choose."""
    chain = chain_of(session, unit)
    return None if not chain or chain[0].licence == FREE_FOR_ALL else chain[0].licence


def patch_for(session: Session, unit: Unit) -> Patch | None:
    """What the original says anew since this copy was made or last followed it; None where there is nothing."""
    base = session.get(UnitVersion, unit.merged_up_to) if unit.merged_up_to else None
    if base is None:
        return None
    source = session.get_one(Unit, base.unit_id)
    if source.published_version_id is None or source.published_version_id == base.id:
        return None
    newest = session.get_one(UnitVersion, source.published_version_id)
    mine = parts_of(text_of(session, _written_in(session, unit)))
    there = parts_of(text_of(session, base))
    made = []
    for one in differences(text_of(session, base), text_of(session, newest)):
        own = mine.get(one.part)
        if own == one.after:
            continue
        made.append(Change(one, Fate.CLEAN if own == there.get(one.part) else Fate.OWN, own))
    return Patch(base, newest, made)


def take(session: Session, unit: Unit, version: UnitVersion, parts: Collection[str]) -> int:
    """Take the chosen parts of the patch into the open version of the copy, and count the original as looked at; how many.

    Parts that the copy has changed are left as they are, whatever was chosen. Raises ``WrongState`` without a patch.
    """
    patch = patch_for(session, unit)
    if patch is None:
        raise WrongState("the original says nothing new")
    if version.unit_id != unit.id or version.published_at is not None:
        raise WrongState("the version is not open")
    newest = text_of(session, patch.newest)
    taken = {
        one.difference.part: one.difference.after
        for one in patch.changes
        if one.fate is Fate.CLEAN and one.difference.part in parts
    }
    if taken:
        write(session, version, with_parts(text_of(session, version), taken, parts_of(newest), list(newest.items)))
    unit.merged_up_to = patch.newest.id
    session.flush()
    return len(taken)


def dismiss(session: Session, unit: Unit) -> int:
    """Count the original as looked at and take nothing. Raises ``WrongState`` without a patch."""
    patch = patch_for(session, unit)
    if patch is None:
        raise WrongState("the original says nothing new")
    unit.merged_up_to = patch.newest.id
    session.flush()
    return 0


def with_news(session: Session, units: Sequence[Unit]) -> set[uuid.UUID]:
    """Those of these copies whose original has a newer version: one statement."""
    copies = {one.merged_up_to: one.id for one in units if one.merged_up_to is not None}
    if not copies:
        return set()
    source = aliased(Unit)
    rows = session.execute(
        select(Unit.id)
        .join(UnitVersion, UnitVersion.id == Unit.merged_up_to)
        .join(source, source.id == UnitVersion.unit_id)
        .where(Unit.id.in_(copies.values()), source.published_version_id != Unit.merged_up_to)
    )
    return {row[0] for row in rows}


def _written_in(session: Session, unit: Unit) -> UnitVersion:
    newest = select(UnitVersion).where(UnitVersion.unit_id == unit.id).order_by(UnitVersion.number.desc()).limit(1)
    return session.scalars(newest).one()
