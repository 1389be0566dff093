"""Making an order part by part: the database is asked before each part and told after it, never held while pages are set."""

import logging
import re
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from sqlalchemy import exists, select, update
from sqlalchemy.exc import DBAPIError

from content_library.storage import StorageUnavailable
from school.core import clock
from school.core.database import db, read_engine
from school.core.files import storage
from school.core.jobs import every, handler, outside_database
from school.core.transactions import on_commit, unit_of_work
from school.people.models import School
from school.reports.models import OrderState, ReportOrder
from school.reports.orders import SETS, WITH_TEACHERS
from school.reports.papers import CLASS_PAPERS, teacher_report
from school.reports.printing import Paper, to_pdf, to_xlsx
from school.reports.queries.classes import class_book
from school.reports.queries.orders import classes_in, teachers_in
from school.reports.queries.periods import period_of
from school.reports.queries.teachers import teacher_book
from school.reports.seen import OfClass, Period, SeenTeacher

log = logging.getLogger(__name__)

KIND = "reports.make"
KEPT = timedelta(hours=24)
"""How long a finished file can be fetched. It holds children's marks: whoever needs it later orders it again."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*«»\x00-\x1f]+')

Part = tuple[str, Callable[[], list[Paper]]]
"""What a part is called, and how its papers are gathered."""


@handler(KIND, lane="slow", max_tries=4, lease=120)
def make_report(payload: dict[str, Any]) -> None:
    """Do all parts of an order, put them into one file, keep it. What fails is said by the name of its part."""
    key = (int(payload["school_id"]), uuid.UUID(payload["order_id"]))
    order = db.session.get(ReportOrder, key)
    if order is None or order.state not in {OrderState.WAITING, OrderState.MAKING}:
        return
    with force_locale(order.locale):
        _make(key, order.title, _parts(order))


def _parts(order: ReportOrder) -> list[Part]:
    period = period_of(order.school_id, order.term_ids, is_year=order.is_year)
    if period is None:
        return []
    classes = [one for one in classes_in(order.school_id, period) if order.class_id in (None, one.id)]
    parts: list[Part] = [_class_part(one, period, order.kind, order.locale) for one in classes if SETS[order.kind]]
    if order.kind in WITH_TEACHERS and order.class_id is None:
        parts += [_teacher_part(one, period, order.locale) for one in teachers_in(order.school_id, period)]
    return parts


def _class_part(one: OfClass, period: Period, kind: str, locale: str) -> Part:
    names = SETS[kind]
    if period.is_year and "summary" in names:
        names = (*names, "year")

    def papers() -> list[Paper]:
        book = class_book(one, period, locale)
        return [CLASS_PAPERS[name](book) for name in names]

    return one.name, papers


def _teacher_part(one: SeenTeacher, period: Period, locale: str) -> Part:
    return one.full_name, lambda: [teacher_report(teacher_book(one, period, locale))]


def _make(key: tuple[int, uuid.UUID], title: str, parts: list[Part]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files: list[Path] = []
        _tell(key, state=OrderState.MAKING, total=len(parts), done=0)
        for number, (name, gather) in enumerate(parts, 1):
            try:
                papers = gather()
                with outside_database():
                    files += list(_print(papers, Path(folder)))
            except DBAPIError:
                raise
            except Exception:
                log.exception("a part of the report order %s could not be made", key[1])
                _tell(key, state=OrderState.FAILED, failure=name, finished_at=clock.now())
                return
            _tell(key, done=number)
        if not files:
            _tell(key, state=OrderState.FAILED, failure="", finished_at=clock.now())
            return
        with outside_database():
            whole = files[0] if len(files) == 1 else _bind(files, Path(folder))
            try:
                with whole.open("rb") as source:
                    saved = storage().save(source)
            except StorageUnavailable:
                log.exception("no place for the report order %s", key[1])
                _tell(key, state=OrderState.FAILED, failure="", finished_at=clock.now())
                return
        now = clock.now()
        name = f"{file_name(title)}{whole.suffix}"
        _tell(
            key,
            state=OrderState.READY,
            file_key=saved.key,
            file_size=saved.size,
            file_name=name,
            finished_at=now,
            expires_at=now + KEPT,
        )


def _print(papers: list[Paper], folder: Path) -> Iterator[Path]:
    for paper in papers:
        path = folder / f"{file_name(paper.name)}.pdf"
        if path.exists():  # two teachers of one name
            path = folder / f"{path.stem} {sum(1 for _one in folder.iterdir())}.pdf"
        path.write_bytes(to_pdf(paper))
        yield path
        if paper.is_sheet:
            sheet = path.with_suffix(".xlsx")
            sheet.write_bytes(to_xlsx(paper))
            yield sheet


def _bind(files: list[Path], folder: Path) -> Path:
    """One file of all; PDF and XLSX are packed already."""
    whole = folder / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for path in files:
            archive.write(path, path.name)
    return whole


def file_name(text: str) -> str:
    """A name that every computer takes."""
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:120].strip(". ") or "report"


def _tell(key: tuple[int, uuid.UUID], **values: Any) -> None:
    """Say how far it is, in a transaction of its own, so that its asker sees it."""
    with unit_of_work():
        db.session.execute(
            update(ReportOrder).where(ReportOrder.school_id == key[0], ReportOrder.id == key[1]).values(**values)
        )


_OLD = (
    select(ReportOrder.school_id, ReportOrder.id, ReportOrder.file_key)
    .join(School, School.id == ReportOrder.school_id)
    .limit(100)
)


def has_old() -> bool:
    """Whether a file's time is over."""
    old = exists().where(School.id == ReportOrder.school_id, ReportOrder.expires_at < clock.now())
    with read_engine().connect() as reading:
        return bool(reading.execute(select(old)).scalar())


@every(300, "reports.expire", when=has_old)
def expire() -> int:
    """Delete files whose time is over; the answer is how many."""
    gone = 0
    with unit_of_work():
        for school_id, order_id, key in db.session.execute(_OLD.where(ReportOrder.expires_at < clock.now())).all():
            this = ReportOrder.school_id == school_id
            values = {"state": OrderState.GONE, "file_key": None, "expires_at": None}
            db.session.execute(update(ReportOrder).where(this, ReportOrder.id == order_id).values(**values))
            still_named = select(ReportOrder.id).join(School, School.id == ReportOrder.school_id)
            if key and db.session.execute(still_named.where(ReportOrder.file_key == key)).first() is None:
                on_commit(partial(storage().delete, key))
            gone += 1
    return gone
