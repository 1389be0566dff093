"""The leak watch: better and faster at once is a leak; better alone is learning, and few answers say nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from content_library.models import ErrorReport, Item, ReportState
from school.core import clock
from school.core.database import db, new_id
from school.homework.actions.leaks import watch_for_leaks
from school.homework.leaks import Try, leak_in
from school.tasks.models import Answer, Attempt, ItemWatch, Verdict
from tests.factories import Make

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def tries(days: int, n: int, right: float, seconds: float) -> list[Try]:
    return [Try(NOW - timedelta(days=days), 1.0 if k < n * right else 0.0, seconds) for k in range(n)]


@pytest.mark.parametrize(
    ("n", "right", "seconds", "is_leak"),
    [(40, 0.95, 10, True), (40, 0.95, 50, False), (40, 0.55, 10, False), (20, 1.0, 5, False), (40, 0.2, 5, False)],
)
def test_only_better_and_faster_at_once(n: int, right: float, seconds: float, is_leak: bool) -> None:
    found = leak_in([*tries(40, 60, 0.5, 60), *tries(2, n, right, seconds)], NOW)
    assert (found is not None) is is_leak
    if found is not None:
        assert (found.n_before, found.n_since, found.share_before, found.seconds_since) == (60, n, 0.5, seconds)


def test_the_author_is_asked_and_may_keep_it(make: Make) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    version = make.task(course.subject_id)
    leaked, steady = db.session.scalars(
        select(Item).where(Item.version_id == version.id).order_by(Item.position)
    ).all()[:2]
    now = clock.now()
    for days, n, right, seconds in ((40, 40, 0.5, 60), (2, 40, 1.0, 10)):
        for k in range(n):
            at = now - timedelta(days=days, minutes=k)
            attempt = Attempt(school_id=pupil.school_id, id=new_id(), pupil_id=pupil.id, unit_version_id=version.id, seed=1, started_at=at, finished_at=at, points=1, max_points=2)  # fmt: skip
            db.session.add(attempt)
            db.session.flush()
            moment = at
            for item, share, took in ((leaked, float(k < n * right), seconds), (steady, float(k % 2), 30)):
                moment += timedelta(seconds=took)
                answer = Answer(school_id=pupil.school_id, id=new_id(), attempt_id=attempt.id, item_id=item.id, given={}, number=1, received_at=moment, given_by=pupil.account_id, payload_hash="x")  # fmt: skip
                db.session.add(answer)
                db.session.flush()
                db.session.add(Verdict(school_id=pupil.school_id, id=new_id(), attempt_id=attempt.id, item_id=item.id, answer_id=answer.id, points=share, max_points=1, correct=share == 1))  # fmt: skip
    db.session.commit()
    assert watch_for_leaks() == 1
    assert watch_for_leaks() == 0
    (watch,) = db.session.scalars(select(ItemWatch)).all()
    assert watch.item_id == leaked.id and (watch.n_before, watch.n_since) == (40, 40)
    assert (round(watch.seconds_before), round(watch.seconds_since)) == (60, 10)
    (report,) = db.session.scalars(select(ErrorReport)).all()
    assert report.unit_id == version.unit_id and "утёк" in report.text and "50%" in report.text
    report.state, report.answered_by = ReportState.DECLINED, new_id()
    db.session.commit()
    watch_for_leaks()
    db.session.expire_all()
    assert db.session.scalars(select(ItemWatch)).one().kept_at is not None
