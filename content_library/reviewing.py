"""Reading a version that was handed in: criteria, remarks, a second reader, an appeal."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content_library.drafts import Author, WrongState
from content_library.models import (
    Criterion,
    ReviewRemark,
    ReviewRound,
    Unit,
    UnitVersion,
    Verdict,
    WhyOther,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a reader writes."""

    criterion: Criterion
    text: str
    place: str = ""
    place_title: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A version that waits, with its round."""

    unit: Unit
    version: UnitVersion
    round: ReviewRound | None
    """None for one that was handed in before rounds were kept."""
    remarks: int
    """Open ones."""


def open_round(session: Session, version: UnitVersion) -> ReviewRound | None:
    """The round that waits for an answer."""
    return session.scalar(
        select(ReviewRound)
        .where(ReviewRound.version_id == version.id, ReviewRound.verdict.is_(None))
        .order_by(ReviewRound.id.desc())
        .limit(1)
    )


def rounds_of(session: Session, version: UnitVersion) -> Sequence[ReviewRound]:
    """All rounds of a version, the first first."""
    return session.scalars(
        select(ReviewRound).where(ReviewRound.version_id == version.id).order_by(ReviewRound.id)
    ).all()


def begin(session: Session, version: UnitVersion, at: datetime) -> ReviewRound:
    """Open a round; the one that is open goes on."""
    found = open_round(session, version)
    if found is None:
        found = ReviewRound(version_id=version.id, sent_at=at, fine=[])
        session.add(found)
        session.flush()
    return found


def close(session: Session, version: UnitVersion, verdict: Verdict, at: datetime, by: Author | None, note: str) -> None:
    """Write down how the open round ended; nothing happens where there is none."""
    found = open_round(session, version)
    if found is None:
        return
    found.verdict, found.closed_at, found.note = verdict, at, note
    if by is not None:
        found.reader_id, found.reader_name = by.account_id, by.name
    session.flush()


def ask_second(session: Session, version: UnitVersion, by: Author, words: str) -> ReviewRound:
    """A reader who is not sure leaves the decision to another one."""
    if version.sent_at is None:
        raise WrongState("the version is not under review")
    found = begin(session, version, version.sent_at)
    found.why_other, found.other_than, found.other_name, found.words = WhyOther.SECOND, by.account_id, by.name, words
    session.flush()
    return found


def against(session: Session, version: UnitVersion) -> ReviewRound | None:
    """The answer that an author may appeal against: the last one, if it sent the version back; once a version."""
    rounds = rounds_of(session, version)
    if not rounds or rounds[-1].verdict is not Verdict.RETURNED:
        return None
    return None if any(one.why_other is WhyOther.APPEAL for one in rounds) else rounds[-1]


def appeal(session: Session, version: UnitVersion, words: str, at: datetime) -> ReviewRound:
    """Hand the version in once more as it is, to another reader. The caller has sent it. Raises ``WrongState``."""
    last = against(session, version)
    if last is None:
        raise WrongState("there is nothing to appeal against")
    made = begin(session, version, at)
    made.why_other, made.other_than, made.other_name = WhyOther.APPEAL, last.reader_id, last.reader_name
    made.words = words
    session.flush()
    return made


def tick(session: Session, version: UnitVersion, criterion: Criterion, at: datetime) -> None:
    """Say that a criterion is met, or take that back."""
    found = begin(session, version, version.sent_at or at)
    there = set(found.fine)
    there ^= {criterion.value}
    found.fine = [one.value for one in Criterion if one.value in there]
    session.flush()


def remark(session: Session, version: UnitVersion, said: Remark, by: Author, at: datetime) -> ReviewRemark:
    """Ask to mend something at a place; its criterion is no longer met."""
    made = ReviewRemark(
        version_id=version.id,
        criterion=said.criterion,
        place=said.place,
        place_title=said.place_title,
        text=said.text,
        made_at=at,
        made_by=by.account_id,
        made_name=by.name,
    )
    session.add(made)
    found = open_round(session, version)
    if found is not None and said.criterion.value in found.fine:
        found.fine = [one for one in found.fine if one != said.criterion.value]
    session.flush()
    return made


def settle(session: Session, remark: ReviewRemark, answer: str, at: datetime | None) -> None:
    """Say that it is mended, or with no moment that it is not after all."""
    remark.settled_at, remark.answer = at, answer
    session.flush()


def remarks_of(session: Session, version: UnitVersion) -> Sequence[ReviewRemark]:
    """All remarks on a version, in the order of writing."""
    return session.scalars(
        select(ReviewRemark).where(ReviewRemark.version_id == version.id).order_by(ReviewRemark.id)
    ).all()


def get_remark(session: Session, remark_id: uuid.UUID) -> ReviewRemark | None:
    """One remark."""
    return session.get(ReviewRemark, remark_id)


def queue(
    session: Session, subject_id: int | None = None, after: tuple[datetime, uuid.UUID] | None = None, limit: int = 40
) -> list[Queued]:
    """Versions that their authors handed in, the longest waiting first; ``after`` is the last of the page before."""
    wish = (
        select(Unit, UnitVersion)
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(UnitVersion.sent_at.is_not(None))
        .order_by(UnitVersion.sent_at, UnitVersion.id)
        .limit(limit)
    )
    if subject_id is not None:
        wish = wish.where(Unit.subject_id == subject_id)
    if after is not None:
        sent_at, version_id = after
        wish = wish.where(
            (UnitVersion.sent_at > sent_at) | ((UnitVersion.sent_at == sent_at) & (UnitVersion.id > version_id))
        )
    rows = session.execute(wish).all()
    ids = [version.id for _, version in rows]
    rounds = {
        one.version_id: one
        for one in session.scalars(
            select(ReviewRound)
            .where(ReviewRound.version_id.in_(ids), ReviewRound.verdict.is_(None))
            .order_by(ReviewRound.id)
        )
    }
    remarks = _open_remarks(session, ids)
    return [Queued(unit, version, rounds.get(version.id), remarks.get(version.id, 0)) for unit, version in rows]


def _open_remarks(session: Session, version_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    counted = (
        select(ReviewRemark.version_id, func.count())
        .where(ReviewRemark.version_id.in_(version_ids), ReviewRemark.settled_at.is_(None))
        .group_by(ReviewRemark.version_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
