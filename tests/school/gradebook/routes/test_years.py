"""The year of a course, its certificate, and the closing of a term by the deputy head."""

from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.gradebook.actions import set_term_mark
from school.gradebook.actions.years import YearDecision, set_year_marks
from school.gradebook.entries import Status
from school.gradebook.models import MarkCode, TermMark, YearMark
from school.gradebook.queries import find_review, term_among, terms_of_regime
from school.gradebook.queries.years import YearReview, find_year
from school.gradebook.release import Sign
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room


def review_of(at: Room) -> YearReview:
    found = find_year(at.journal)
    assert found is not None
    return found


def with_terms(at: Room, values: list[int]) -> None:
    """The same mark of every term for the first pupil, from ``values`` in turn."""
    terms = terms_of_regime(at.course.school_id, at.journal.course.regime_id)
    for one, value in zip(terms, (values * len(terms))[: len(terms)], strict=True):
        at.make.save(
            TermMark(
                school_id=at.course.school_id,
                pupil_id=at.pupils[0].id,
                course_id=at.course.id,
                term_id=one.id,
                value=value,
                proposed=value,
                reason="Так решил совет" if value == 3 else "",
                released_at=clock.now(),
                set_at=clock.now(),
                set_by=at.teacher.account_id,
            )
        )


def decide(at: Room, kind: str, value: int, reason: str = "", seen: int = 0) -> Status:
    with unit_of_work():
        one = YearDecision(at.pupils[0].id, kind, Sign(value), reason, seen)
        [answer] = set_year_marks(at.actor, at.journal, review_of(at), [one])
    return answer.status


def test_the_year_is_proposed_from_whole_terms_only(make: Make) -> None:
    at = room(make)
    assert review_of(at).lines[0].choices["year"] == ()
    with_terms(at, [4])
    lines = {line.pupil_id: line for line in review_of(at).lines}
    assert lines[at.pupils[0].id].choices["year"] == (4,)
    assert lines[at.pupils[1].id].choices["year"] == ()


def test_a_year_other_than_the_acts_needs_a_reason(make: Make) -> None:
    at = room(make)
    with_terms(at, [4])
    assert decide(at, "year", 5) is Status.REASON
    assert decide(at, "final", 5) is Status.REFUSED  # not in this year level
    assert decide(at, "year", 5, "Победа в олимпиаде") is Status.SAVED
    assert decide(at, "year", 5, "Победа в олимпиаде", seen=1) is Status.SAVED
    assert decide(at, "year", 4, seen=0) is Status.CONFLICT
    [row] = db.session.scalars(db.select(YearMark).where(YearMark.school_id == at.course.school_id))
    assert (row.value, row.proposed, row.version) == (5, 4, 1)


def test_the_certificate_of_year_nine_takes_the_exam_in(make: Make) -> None:
    school = make.school()
    course = make.course(make.school_class(school, 9, "А"), pupils=1)
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    with_terms(at, [4])
    decide(at, "year", 4)
    assert review_of(at).lines[0].choices["final"] == (4,)
    decide(at, "exam", 5)
    assert review_of(at).lines[0].choices["final"] == (5,)
    assert decide(at, "final", 5) is Status.SAVED


def test_where_no_marks_are_put_none_is_set_for_a_term_or_the_year(make: Make) -> None:
    course = make.course(make.school_class(make.school(), 1, "А"), pupils=1)
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    term = term_among(terms_of_regime(course.school_id, at.journal.course.regime_id), None)
    assert term is not None
    review = find_review(at.journal, term)
    with unit_of_work():
        answer = set_term_mark(at.actor, at.journal, review, review.lines[0], Sign(5), "Так вышло")
        exempt = set_term_mark(at.actor, at.journal, review, review.lines[0], Sign(None, MarkCode.EXEMPT), "Приказ")
    assert (answer.status, exempt.status) == (Status.REFUSED, Status.SAVED)
    assert "отметок пока не ставят" in answer.why
    assert decide(at, "year", 5, "Так вышло") is Status.REFUSED


def test_the_year_is_set_on_its_screen_and_seen_by_the_family(make: Make, client: SchoolClient) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 4)
    with_terms(at, [4])
    client.sign_in(make.account_of(at.teacher))
    url = f"/s/{at.course.school_id}/courses/{at.course.id}/year-marks"
    assert client.get(url).status_code == 200
    key = f"year-{at.pupils[0].id}"
    refused = client.post(url, data={f"sign-{key}": "5", f"seen-{key}": "0"})
    assert "почему отметка другая" in refused.text
    client.post(url, data={f"sign-{key}": "4", f"seen-{key}": "0"})
    client.sign_in(make.account_of(at.pupils[0]))
    marks = f"/s/{at.course.school_id}/pupils/{at.pupils[0].id}/marks"
    assert "за год" not in client.get(marks).text
    with later(minutes=11):
        client.sign_in(make.account_of(at.pupils[0]))
        assert "за год" in client.get(marks).text


def test_a_term_is_closed_and_opened_by_the_deputy_head(make: Make, client: SchoolClient) -> None:
    at = room(make)
    with_terms(at, [3])
    term = make.term_of(at.course)
    url = f"/s/{at.course.school_id}/terms/{term.id}"
    client.sign_in(make.account_of(at.teacher))
    assert client.get(url).status_code == 404
    client.sign_in(make.account_of(make.member(make.school_of(at.course), "deputy")))
    text = client.get(f"/s/{at.course.school_id}/terms", follow_redirects=True).text
    first = term.starts_on.year - (term.starts_on.month < 8)
    assert f"{term.name}, {first}/{(first + 1) % 100:02}" in text, (
        "the school year, which quarters of one calendar year do not share"
    )
    assert "1 из 3" in text
    assert "Так решил совет" in text
    client.post(f"{url}/close")
    db.session.rollback()
    db.session.refresh(term := db.session.merge(term))
    assert term.locked_at is not None
    client.post(f"{url}/reopen", data={"reason": ""})
    db.session.refresh(term)
    assert term.locked_at is not None
    client.post(f"{url}/reopen", data={"reason": "Приказ № 12"})
    db.session.refresh(term)
    assert term.locked_at is None
