"""A closed term: its marks and those of its year change by two persons, its pages say so, and years without marks ask for none."""

import re
from datetime import timedelta
from typing import Any

import pytest

from school.classes.models import Term
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.gradebook.actions.closing import close_term
from school.gradebook.actions.period_corrections import TERM, Wish, agree_on_period, ask_of_term, ask_of_year
from school.gradebook.entries import Status
from school.gradebook.errors import NotNow, ReasonNeeded
from school.gradebook.models import PeriodCorrection, TermMark, YearMark
from school.gradebook.queries import find_review, get_journal, term_among, terms_of_regime
from school.gradebook.queries.closing import differences, get_term, unset_journals
from school.gradebook.queries.terms import Review
from school.gradebook.release import Sign
from school.notices.models import Notice
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room
from tests.school.gradebook.routes.test_years import decide, review_of, with_terms
from tests.statements import Statements


def closed_room(make: Make, value: int = 3) -> tuple[Room, Member]:
    """A room whose first pupil has ``value`` for each term, long released; the deputy head has closed its last begun term."""
    at = room(make)
    make.mark(at.column, at.pupils[0], value)
    with_terms(at, [value])
    for row in db.session.scalars(db.select(TermMark).where(TermMark.school_id == at.course.school_id)):
        row.released_at = row.set_at = clock.now() - timedelta(days=1)
    db.session.commit()
    deputy = make.member(make.school_of(at.course), "deputy")
    shut(at, deputy)
    return at, deputy


def shut(at: Room, deputy: Member, *, whole_year: bool = False) -> None:
    actor = at.make.actor(deputy, "deputy")
    span = the_review(at).term
    found = get_term(actor, span.id)
    assert found is not None
    with unit_of_work():
        close_term(actor, found)
    if whole_year:
        last = terms_of_regime(at.course.school_id, at.journal.course.regime_id)[-1]
        at.make.lock(db.session.get_one(Term, (at.course.school_id, last.id)))


def the_review(at: Room) -> Review:
    term = term_among(terms_of_regime(at.course.school_id, at.journal.course.regime_id), None)
    assert term is not None
    return find_review(at.journal, term)


def url_of(at: Room, rest: str) -> str:
    return f"/s/{at.course.school_id}/courses/{at.course.id}/{rest}"


def standing(at: Room) -> TermMark:
    db.session.rollback()
    found = db.session.scalars(
        db.select(TermMark).where(
            TermMark.school_id == at.course.school_id,
            TermMark.pupil_id == at.pupils[0].id,
            TermMark.term_id == the_review(at).term.id,
        )
    ).one()
    db.session.refresh(found)
    return found


def the_correction(at: Room) -> PeriodCorrection:
    db.session.rollback()
    found = db.session.scalars(
        db.select(PeriodCorrection)
        .where(PeriodCorrection.school_id == at.course.school_id)
        .order_by(PeriodCorrection.asked_at.desc(), PeriodCorrection.id.desc())
    ).first()
    assert found is not None
    db.session.refresh(found)
    return found


def kinds_of(at: Room) -> list[tuple[str, Any]]:
    """The kinds of the record's events about periods, and whose account stands behind them."""
    rows = db.session.execute(
        db.select(RecordEvent.kind, RecordEvent.actor_account_id)
        .where(
            RecordEvent.school_id == at.course.school_id,
            RecordEvent.kind.like("period_correction.%") | (RecordEvent.kind == "term_mark.set"),
        )
        .order_by(RecordEvent.at, RecordEvent.id)
    )
    return [(row[0], row[1]) for row in rows]


def ask(at: Room, client: SchoolClient, sign: str = "4", reason: str = "Ошибка в расчёте", pupil: int = 0) -> str:
    term = the_review(at).term.number
    data = {"pupil": str(at.pupils[pupil].id), "sign": sign, "reason": reason, "order": "№ 12 от 05.11"}
    return client.post(url_of(at, f"term-marks/ask?term={term}"), data=data, follow_redirects=True).text


def test_a_closed_term_is_read_only_and_says_since_when_and_by_whom(make: Make, client: SchoolClient) -> None:
    at, deputy = closed_room(make)
    for who in (at.teacher, deputy):
        client.sign_in(make.account_of(who))
        text = client.get(url_of(at, "term-marks")).text
        assert "Период закрыт" in text
        assert f"{deputy.family_name} {deputy.given_name}" in text
        assert 'name="sign-' not in text, "nothing to set"
        assert "Попросить об исправлении" in text
    # a page that was opened before the close is answered once, in words, whatever its reasons
    key = at.pupils[0].id
    sent = client.post(url_of(at, "term-marks"), data={f"sign-{key}": "5", f"seen-{key}": "1", f"reason-{key}": "Так"})
    assert sent.status_code == 303
    assert "ничего не изменено" in client.get(sent.location).text
    assert standing(at).value == 3


def test_a_mark_of_a_closed_term_changes_when_a_second_person_agrees(make: Make, client: SchoolClient) -> None:
    at, deputy = closed_room(make)
    marks = f"/s/{at.course.school_id}/pupils/{at.pupils[0].id}/marks"
    client.sign_in(make.account_of(at.teacher))
    assert "второй человек" in ask(at, client)
    correction = the_correction(at)
    assert (correction.value, correction.old_value, correction.words) == (4, 3, "Ошибка в расчёте (№ 12 от 05.11)")
    assert standing(at).value == 3
    agree = url_of(at, f"period-corrections/{correction.id}/agree")
    assert client.post(agree).status_code == 403, "one person is not two"
    colleague = make.teacher(make.school_of(at.course))
    client.sign_in(make.account_of(colleague))
    assert client.post(agree).status_code == 404
    client.sign_in(make.account_of(deputy))
    page = client.get(f"/s/{at.course.school_id}/corrections").text
    assert "Ошибка в расчёте (№ 12 от 05.11)" in page
    assert agree in page
    assert "1 исправление отметки ждёт второго человека." in client.get(f"/s/{at.course.school_id}/journals").text
    client.post(agree)
    assert (standing(at).value, standing(at).reason) == (4, "Ошибка в расчёте (№ 12 от 05.11)")
    teacher, second = at.teacher.account_id, deputy.account_id
    assert kinds_of(at) == [
        ("period_correction.asked", teacher),
        ("term_mark.set", second),
        ("period_correction.agreed", second),
    ]
    client.sign_in(make.account_of(at.pupils[0]))
    assert "Ошибка в расчёте" not in client.get(marks).text, "the family sees what stands"
    with later(minutes=11):
        client.sign_in(make.account_of(at.pupils[0]))
        assert "Ошибка в расчёте" in client.get(marks).text
    client.sign_in(make.account_of(at.teacher))
    assert "второй человек согласился" in client.get(f"/s/{at.course.school_id}/corrections").text
    assert "второй человек согласился" in client.get(url_of(at, "term-marks")).text
    [notice] = db.session.scalars(
        db.select(Notice).where(Notice.school_id == at.course.school_id, Notice.account_id == teacher)
    )
    assert notice.about["state"] == "agreed"


def test_a_refused_wish_leaves_the_mark_and_the_asker_sees_it(make: Make, client: SchoolClient) -> None:
    at, deputy = closed_room(make)
    client.sign_in(make.account_of(at.teacher))
    ask(at, client)
    client.sign_in(make.account_of(deputy))
    client.post(url_of(at, f"period-corrections/{the_correction(at).id}/refuse"))
    assert (standing(at).value, the_correction(at).state) == (3, "refused")
    client.sign_in(make.account_of(at.teacher))
    assert "оставлено как было" in client.get(url_of(at, "term-marks")).text
    text = client.get("/notices").text
    assert "оставил отметку прежней" in text


def test_the_deputy_head_alone_changes_nothing_after_the_close(make: Make, client: SchoolClient) -> None:
    at, deputy = closed_room(make)
    client.sign_in(make.account_of(deputy))
    ask(at, client)
    agree = url_of(at, f"period-corrections/{the_correction(at).id}/agree")
    assert client.post(agree).status_code == 403
    assert standing(at).value == 3
    client.sign_in(make.account_of(at.teacher))
    client.post(agree)
    assert standing(at).value == 4, "the course's teacher is a second person"


@pytest.mark.parametrize(
    ("sign", "reason", "error"),
    [(Sign(4), "", ReasonNeeded), (Sign(3), "Так", NotNow), (Sign(), "Так", NotNow), (Sign(None, "•"), "Так", NotNow)],
)
def test_what_is_not_asked_for(make: Make, sign: Sign, reason: str, error: type[Exception]) -> None:
    at, _deputy = closed_room(make)
    with pytest.raises(error):
        ask_of_term(at.actor, at.journal, the_review(at), Wish(at.pupils[0].id, TERM, sign, reason))


def test_the_newest_wish_counts_and_a_mark_changed_meanwhile_stays(make: Make) -> None:
    at, deputy = closed_room(make)
    wish = Wish(at.pupils[0].id, TERM, Sign(4), "Ошибка")
    with unit_of_work():
        first = ask_of_term(at.actor, at.journal, the_review(at), wish).id
        assert ask_of_term(at.actor, at.journal, the_review(at), wish).id == first, "sent twice, it is one"
        second = ask_of_term(at.actor, at.journal, the_review(at), Wish(at.pupils[0].id, TERM, Sign(5), "Описка"))
    assert db.session.get_one(PeriodCorrection, (at.course.school_id, first)).state == "replaced"
    row = standing(at)
    row.version += 1
    db.session.commit()
    actor = make.actor(deputy, "deputy")
    journal = get_journal(actor, at.course.id)
    assert journal is not None
    with unit_of_work():
        assert agree_on_period(actor, journal, db.session.merge(second)) is Status.CONFLICT
    assert (standing(at).value, the_correction(at).state) == (3, "outdated")


def test_a_term_mark_forgotten_before_the_close_is_asked_for_too(make: Make, client: SchoolClient) -> None:
    at, deputy = closed_room(make)
    client.sign_in(make.account_of(at.teacher))
    ask(at, client, "5", pupil=1)
    client.sign_in(make.account_of(deputy))
    client.post(url_of(at, f"period-corrections/{the_correction(at).id}/agree"))
    lines = {line.pupil_id: line for line in the_review(at).lines}
    decided = lines[at.pupils[1].id].decided
    assert decided is not None
    assert decided.sign.value == 5


def test_marks_of_a_closed_year_are_set_by_one_and_changed_by_two(make: Make, client: SchoolClient) -> None:
    at, deputy = closed_room(make, 4)
    shut(at, deputy, whole_year=True)
    assert decide(at, "year", 4) is Status.SAVED, "first marks of the year are made of closed terms"
    with later(minutes=1):
        assert decide(at, "year", 5, "Описка", seen=1) is Status.SAVED, "a slip nobody has seen"
    with later(minutes=20):
        assert decide(at, "year", 4, "Ещё раз", seen=2) is Status.REFUSED
        client.sign_in(make.account_of(at.teacher))
        text = client.get(url_of(at, "year-marks")).text
        assert "Год закрыт" in text
        assert f'name="sign-year-{at.pupils[0].id}"' not in text
        assert f'name="sign-year-{at.pupils[1].id}"' in text, "a mark not set yet is set"
        data = {"pupil": f"year.{at.pupils[0].id}", "sign": "4", "reason": "Пересчёт"}
        assert "второй человек" in client.post(url_of(at, "year-marks/ask"), data=data, follow_redirects=True).text
        client.sign_in(make.account_of(deputy))
        client.post(url_of(at, f"period-corrections/{the_correction(at).id}/agree"))
        db.session.rollback()
        [row] = db.session.scalars(db.select(YearMark).where(YearMark.school_id == at.course.school_id))
        assert (row.value, row.reason, row.version) == (4, "Пересчёт", 3)
        with pytest.raises(NotNow):  # of a pupil without a mark there is nothing to correct
            ask_of_year(at.actor, at.journal, review_of(at), Wish(at.pupils[1].id, "year", Sign(4), "Так"))
        # the quiet window of an agreed change is no way around the second person
        assert decide(at, "year", 5, "Ещё раз", seen=3) is Status.REFUSED


def test_year_decisions_stand_in_the_deputys_list_with_one_filter(make: Make, client: SchoolClient) -> None:
    at = room(make)
    with_terms(at, [3])
    assert decide(at, "year", 5, "Победа в олимпиаде") is Status.SAVED
    deputy = make.member(make.school_of(at.course), "deputy")
    seen = get_term(make.actor(deputy, "deputy"), the_review(at).term.id)
    assert seen is not None
    assert [(one.kind, one.reason) for one in differences(seen, "ru")] == [
        ("term", "Так решил совет"),
        ("year", "Победа в олимпиаде"),
    ]
    client.sign_in(make.account_of(deputy))
    url = f"/s/{at.course.school_id}/terms/{seen.term.id}"
    whole, of_term, of_year = (client.get(f"{url}{of}").text for of in ("", "?of=term", "?of=year"))
    assert "Победа в олимпиаде" in whole
    assert "Так решил совет" in whole
    assert "Победа в олимпиаде" not in of_term
    assert "Так решил совет" not in of_year
    assert "Победа в олимпиаде" in of_year


def test_a_year_mark_as_proposed_is_no_difference(make: Make) -> None:
    at = room(make)
    with_terms(at, [4])
    assert decide(at, "year", 4, "Слова к аттестату") is Status.SAVED
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    seen = get_term(deputy, the_review(at).term.id)
    assert seen is not None
    assert not differences(seen, "ru")


def test_saving_the_review_again_says_how_many_were_changed(make: Make, client: SchoolClient) -> None:
    at = room(make)
    client.sign_in(make.account_of(at.teacher))
    one, two = at.pupils[0].id, at.pupils[1].id
    sent = {f"sign-{one}": "осв", f"seen-{one}": "0", f"reason-{one}": "Приказ"}
    url = url_of(at, "term-marks")
    assert "1 отметка" in client.post(url, data=sent, follow_redirects=True).text
    assert "Изменений нет" in client.post(url, data=sent, follow_redirects=True).text
    both = sent | {f"sign-{two}": "осв", f"seen-{two}": "0", f"reason-{two}": "Приказ"}
    assert "1 отметка" in client.post(url, data=both, follow_redirects=True).text
    with_terms(at_other := room(make), [4])
    key = f"year-{at_other.pupils[0].id}"
    client.sign_in(make.account_of(at_other.teacher))
    year = url_of(at_other, "year-marks")
    data = {f"sign-{key}": "4", f"seen-{key}": "0"}
    assert "1 отметка" in client.post(year, data=data, follow_redirects=True).text
    assert "Изменений нет" in client.post(year, data=data, follow_redirects=True).text


def test_the_journal_of_a_closed_term_is_visibly_closed(
    make: Make, client: SchoolClient, statements: Statements
) -> None:
    at = room(make)
    url = url_of(at, "journal")
    client.sign_in(make.account_of(at.teacher))
    client.get(url)
    with statements.counted() as before:
        text = client.get(url).text
    assert "data-locked" not in text
    deputy = make.member(make.school_of(at.course), "deputy")
    shut(at, deputy)
    client.sign_in(make.account_of(at.teacher))
    client.get(url)
    with statements.counted() as after:
        text = client.get(url).text
    assert len(after) == len(before), "the hot page asks nothing more for it"
    assert "data-shut" in text
    assert 'aria-readonly="true"' in text
    assert re.search(r"data-line>Период закрыт", text)
    assert "закрыто для отметок" in text
    client.sign_in(make.account_of(deputy))
    text = client.get(url).text
    assert "data-shut" not in text, "the deputy head asks for changes here"
    assert "data-locked" in text


def test_years_without_marks_offer_no_pages_of_marks(make: Make, client: SchoolClient) -> None:
    course = make.course(make.school_class(make.school(), 1, "А"), pupils=1)
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    client.sign_in(make.account_of(at.teacher))
    assert "term-marks" not in client.get(url_of(at, "journal")).text
    assert "В этом периоде отметок не ставят" in client.get(url_of(at, "term-marks")).text
    assert "В этом году отметок не ставят" in client.get(url_of(at, "year-marks")).text
    page = f"/s/{course.school_id}/lessons/{lesson.id}"
    assert 'id="answers"' not in client.get(page).text
    assert "отметок пока не ставят" in client.post(f"{page}/answers", data={}, follow_redirects=True).text
    deputy = make.actor(make.member(make.school_of(course), "deputy"), "deputy")
    seen = get_term(deputy, the_review(at).term.id)
    assert seen is not None
    assert not unset_journals(seen, "ru"), "nothing is missing where nothing is put"


def test_what_stands_in_a_year_without_marks_is_only_read(make: Make, client: SchoolClient) -> None:
    course = make.course(make.school_class(make.school(), 1, "А"), pupils=1)
    lesson = make.lesson(course, days=-1)
    at = Room(make, course, make.teacher_of(course), make.pupils_of(course), lesson, make.column(lesson))
    with_terms(at, [4])
    client.sign_in(make.account_of(at.teacher))
    text = client.get(url_of(at, "term-marks")).text
    assert "В этом периоде отметок не ставят" in text
    assert "Выставлена" in text, "what stands is shown"
    assert 'name="sign-' not in text


def test_where_marks_are_put_all_of_it_is_offered(make: Make, client: SchoolClient) -> None:
    at = room(make)
    client.sign_in(make.account_of(at.teacher))
    assert "term-marks" in client.get(url_of(at, "journal")).text
    assert 'name="sign-' in client.get(url_of(at, "term-marks")).text
    assert 'id="answers"' in client.get(f"/s/{at.course.school_id}/lessons/{at.lesson.id}").text
