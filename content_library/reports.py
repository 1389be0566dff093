"""Errors that readers have found: told, answered, and mended by the next version."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from content_library.models import ErrorReport, ReportState, Unit, UnitVersion


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with the unit it is about."""

    report: ErrorReport
    unit: Unit
    title: str
    """Of the version in which it was seen."""
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a reader says."""

    text: str
    place: str = ""
    place_title: str = ""


def tell(
    session: Session, unit: Unit, version: UnitVersion, found: Found, account_id: uuid.UUID, role: str, at: datetime
) -> ErrorReport:
    """Keep a report; the same words at the same place by the same reader are one report."""
    same = session.scalar(
        select(ErrorReport).where(
            ErrorReport.made_by == account_id,
            ErrorReport.unit_id == unit.id,
            ErrorReport.place == found.place,
            ErrorReport.text == found.text,
            ErrorReport.state.in_((ReportState.NEW, ReportState.ACCEPTED)),
        )
    )
    if same is not None:
        return same
    made = ErrorReport(
        unit_id=unit.id,
        version_id=version.id,
        place=found.place,
        place_title=found.place_title,
        text=found.text,
        made_at=at,
        made_by=account_id,
        made_as=role,
    )
    session.add(made)
    session.flush()
    return made


def accept(session: Session, report: ErrorReport, answer: str, by: uuid.UUID, at: datetime) -> None:
    """Its author agrees: the next version that is published counts as its mending."""
    _answer(session, report, ReportState.ACCEPTED, answer, by, at)


def decline(session: Session, report: ErrorReport, answer: str, by: uuid.UUID, at: datetime) -> None:
    """Nothing is wrong there; the answer says why."""
    _answer(session, report, ReportState.DECLINED, answer, by, at)


def fixed_by(session: Session, version: UnitVersion) -> None:
    """What was accepted is mended by this version. Publishing calls it."""
    session.execute(
        update(ErrorReport)
        .where(ErrorReport.unit_id == version.unit_id, ErrorReport.state == ReportState.ACCEPTED)
        .values(state=ReportState.FIXED, fixed_in=version.number)
        .execution_options(synchronize_session=False)
    )


_REPORTED = (
    select(ErrorReport, Unit, UnitVersion.title, UnitVersion.number)
    .join(Unit, Unit.id == ErrorReport.unit_id)
    .join(UnitVersion, UnitVersion.id == ErrorReport.version_id)
    .order_by(ErrorReport.id.desc())
)


def get_reported(session: Session, report_id: uuid.UUID) -> Reported | None:
    """One report with its unit."""
    row = session.execute(_REPORTED.where(ErrorReport.id == report_id)).first()
    return None if row is None else Reported(*row)


def told_by(session: Session, account_id: uuid.UUID, after: uuid.UUID | None = None, limit: int = 40) -> list[Reported]:
    """What a reader has reported, the newest first."""
    return _page(session, _REPORTED.where(ErrorReport.made_by == account_id), after, limit)


def about_author(
    session: Session, account_id: uuid.UUID, after: uuid.UUID | None = None, limit: int = 40
) -> list[Reported]:
    """What was reported of an author's units, the newest first."""
    return _page(session, _REPORTED.where(Unit.author_account_id == account_id), after, limit)


def all_open(session: Session, after: uuid.UUID | None = None, limit: int = 40) -> list[Reported]:
    """What nobody has answered yet, in the whole library."""
    return _page(session, _REPORTED.where(ErrorReport.state == ReportState.NEW), after, limit)


def own_on(session: Session, unit: Unit, account_id: uuid.UUID) -> Sequence[ErrorReport]:
    """What a reader has reported of one unit."""
    return session.scalars(
        select(ErrorReport)
        .where(ErrorReport.made_by == account_id, ErrorReport.unit_id == unit.id)
        .order_by(ErrorReport.id.desc())
        .limit(5)
    ).all()


def accepted_on(session: Session, unit: Unit) -> Sequence[ErrorReport]:
    """What the next version of a unit is to mend."""
    return session.scalars(
        select(ErrorReport)
        .where(ErrorReport.unit_id == unit.id, ErrorReport.state == ReportState.ACCEPTED)
        .order_by(ErrorReport.id)
    ).all()


def waiting_for_author(session: Session, account_id: uuid.UUID) -> int:
    """How many reports of an author's units have no answer yet."""
    counted = (
        select(func.count())
        .select_from(ErrorReport)
        .join(Unit, Unit.id == ErrorReport.unit_id)
        .where(Unit.author_account_id == account_id, ErrorReport.state == ReportState.NEW)
    )
    return session.scalar(counted) or 0


def _page(
    session: Session, wish: Select[ErrorReport, Unit, str, int], after: uuid.UUID | None, limit: int
) -> list[Reported]:
    if after is not None:
        wish = wish.where(ErrorReport.id < after)
    return [Reported(*row) for row in session.execute(wish.limit(limit))]


def _answer(
    session: Session, report: ErrorReport, state: ReportState, answer: str, by: uuid.UUID, at: datetime
) -> None:
    report.state, report.answer, report.answered_by, report.answered_at = state, answer, by, at
    session.flush()
