"""The head's page: sentences counted by hand, results by year level exactly at the act's thresholds."""

from datetime import timedelta

import pytest

from school.classes.models import AbsenceReason, Course
from school.core import clock
from school.gradebook.models import SubjectTotal
from school.gradebook.scale import Rules
from school.home.figures import recount
from school.home.queries.deputy import journals_behind
from school.home.queries.head import levels_of, presence_today, unfilled_lessons
from school.home.queries.results import Thresholds, level_results, thresholds_of
from school.people.models import Member, School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.home.rooms import take_presence
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("noon")


def a_school(make: Make, pupils: int = 4) -> tuple[School, Course, Member]:
    school = make.school()
    return school, make.course(make.school_class(school), pupils=pupils), make.member(school, "head")


def total(make: Make, course: Course, pupil: Member, values: int, weights: int, subject_id: int | None = None) -> None:
    """Marks of a pupil in the running term, as their sums."""
    make.save(
        SubjectTotal(
            school_id=course.school_id,
            pupil_id=pupil.id,
            subject_id=subject_id or course.subject_id,
            term_id=make.term_of(course).id,
            marks=1,
            weight_sum=weights,
            value_sum=values,
        )
    )


def test_presence_speaks_of_lessons_where_it_was_taken(make: Make) -> None:
    _school, course, head = a_school(make)
    one, two, *_ = make.pupils_of(course)
    take_presence(make, make.lesson(course, slot=1), one, two)
    take_presence(make, make.lesson(course, slot=2), one, reason=AbsenceReason.FAMILY)
    take_presence(make, make.lesson(course, slot=3), two, fact="remote")
    make.lesson(course, slot=4)
    take_presence(make, make.lesson(course, slot=5, state="cancelled"), two)
    take_presence(make, make.lesson(course, days=-1), two)
    _, other, _ = a_school(make)
    take_presence(make, make.lesson(other), *make.pupils_of(other))
    found = presence_today(make.actor(head, "head"))
    assert (found.expected, found.missed) == (12, 3)
    assert (found.absent, found.unexplained) == (2, 2)


@pytest.mark.parametrize(
    ("sums", "passing", "good"),
    [
        ((350, 100), 1, 1),  # exactly enough for a 4
        ((349, 100), 1, 0),
        ((250, 100), 1, 0),
        ((249, 100), 0, 0),
        ((7, 2), 1, 1),
        ((6999, 2000), 1, 0),  # a hair below 3.5, in whole numbers
    ],
)
def test_a_year_passes_at_the_acts_thresholds(make: Make, sums: tuple[int, int], passing: int, good: int) -> None:
    _, course, _head = a_school(make, pupils=1)
    total(make, course, make.pupils_of(course)[0], *sums)
    (level,) = level_results(make.school_of(course), Thresholds(250, 350))
    assert (level.year_level, level.pupils, level.passing, level.good) == (7, 1, passing, good)


def test_the_worst_subject_decides_and_only_those_on_the_roll_count(make: Make) -> None:
    school, course, _head = a_school(make)
    excellent, uneven, failing, silent = make.pupils_of(course)
    second = make.subject().id
    for pupil, first_mark, second_mark in ((excellent, 5, 5), (uneven, 5, 3), (failing, 4, 2)):
        total(make, course, pupil, first_mark, 1)
        total(make, course, pupil, second_mark, 1, second)
    total(make, course, silent, 0, 0)
    gone = make.pupil(school)
    total(make, course, gone, 2, 1)
    ninth = make.course(make.school_class(school, year_level=9), pupils=1)
    total(make, ninth, make.pupils_of(ninth)[0], 3, 1)
    _, other, _ = a_school(make)
    total(make, other, make.pupils_of(other)[0], 5, 1)
    levels = level_results(make.school_of(course), Thresholds(250, 350))
    assert [(one.year_level, one.pupils, one.passing, one.good) for one in levels] == [(7, 3, 2, 1), (9, 1, 1, 0)]
    assert levels[0].term == "1-я четверть"


def test_last_years_open_enrolment_counts_for_nothing(make: Make) -> None:
    school, course, _head = a_school(make, pupils=1)
    pupil = make.pupils_of(course)[0]
    today = clock.today()
    last = make.year(school, starts_on=today - timedelta(days=400), ends_on=today - timedelta(days=120))
    make.enrol(make.school_class(school, year_level=6, year=last), pupil)
    total(make, course, pupil, 5, 1)
    levels = level_results(make.school_of(course), Thresholds(250, 350))
    assert [(one.year_level, one.pupils) for one in levels] == [(7, 1)]


def test_thresholds_are_the_schools(make: Make) -> None:
    school, _course, _head = a_school(make)
    assert thresholds_of(school) == Thresholds(250, 350)
    make.act(school, rules=Rules(possible_from={5: 465, 4: 365, 3: 265}))
    assert thresholds_of(school) == Thresholds(265, 365)


def test_the_page_tells_the_day_in_sentences(client: SchoolClient, make: Make, statements: Statements) -> None:
    school, course, head = a_school(make)
    pupils = make.pupils_of(course)
    take_presence(make, make.lesson(course, slot=1), pupils[0], reason=AbsenceReason.ILLNESS)
    make.lesson(course, slot=2)
    make.lesson(course, slot=7, state="cancelled")
    for back, n in ((1, 2), (8, 1)):
        lesson = make.lesson(course, days=-back, topic="Сумма")
        take_presence(make, lesson)
        column = make.column(lesson)
        for pupil in pupils[:n]:
            make.mark(column, pupil)
    total(make, course, pupils[0], 4, 1)
    recount(clock.today() - timedelta(days=15))
    client.sign_in(make.account_of(head))
    with statements.counted() as seen:
        text = client.get(f"/s/{school.id}/head").text
    assert "Сегодня 2 урока, 1 отменён." in text
    assert "На уроках 75,0 % учеников. 1 ученик пропустил урок, все причины известны." in text
    assert "Присутствие отмечено на 1 из 2 начавшихся уроков." in text
    assert "Журналы за последние семь дней заполнены." in text
    assert "2 отметки, на 1 больше, чем неделей раньше." in text
    assert "Сейчас решать нечего" in text
    assert pupils[0].family_name not in text
    assert len(seen) <= 7
    assert "100,0 %" in text
    assert "Успеваемость: ученики, у которых" in text


def test_the_kept_results_follow_their_totals(make: Make) -> None:
    _school, course, head = a_school(make)
    one, two, *_ = make.pupils_of(course)
    total(make, course, one, 5, 1)
    recount(clock.today())
    total(make, course, two, 2, 1)
    actor = make.actor(head, "head")
    assert [(level.pupils, level.passing) for level in levels_of(actor)] == [(1, 1)]
    recount(clock.today())
    (level,) = levels_of(actor)
    assert (level.pupils, level.passing, level.good, level.enough, level.good_from) == (2, 1, 1, 250, 350)
    assert level.counted_at == clock.now()
    assert levels_of(make.actor(make.member(make.school(), "head"), "head")) == []


def test_unfilled_lessons_are_those_of_the_deputys_list(make: Make) -> None:
    school, course, head = a_school(make)
    complete = make.lesson(course, days=-1, topic="Сумма")
    take_presence(make, complete)
    make.lesson(course, days=-2, topic="Разность")
    take_presence(make, make.lesson(course, days=-3))
    substituted = make.lesson(course, days=-7)
    make.substitute(substituted, make.teacher(school))
    make.lesson(course, days=-8)
    make.lesson(course, days=-2, slot=2, state="cancelled")
    make.lesson(course, slot=1)
    _, other, _ = a_school(make)
    make.lesson(other, days=-1)
    actor = make.actor(head, "head")
    found = unfilled_lessons(actor)
    assert (found.lessons, found.teachers) == (3, 2)
    behind = [one for one in journals_behind(actor) if one.unfilled]
    assert (sum(one.unfilled for one in behind), len(behind)) == (found.lessons, found.teachers)


def test_the_head_is_told_first_what_to_decide(client: SchoolClient, make: Make) -> None:
    school, course, head = a_school(make)
    client.sign_in(make.account_of(head))
    make.lesson(course, days=-1)
    text = client.get(f"/s/{school.id}/head").text
    assert "В журнале не заполнен 1 урок" in text
    assert f'href="/s/{school.id}/unfilled"' in text, "which lessons, one press away"
    take_presence(make, make.lesson(course, slot=1), make.pupils_of(course)[0])
    text = client.get(f"/s/{school.id}/head").text
    assert "1 ученика нет, и никто не сказал почему" in text
    assert text.count(f'href="/s/{school.id}/missing"') == 2, (
        "the names, one press away: from what to decide and beside the sentences"
    )


def test_a_new_school_is_greeted(client: SchoolClient, make: Make) -> None:
    school = make.school()
    client.sign_in(make.account_of(make.member(school, "head")))
    assert "Первый шаг за администратором" in client.get(f"/s/{school.id}/head").text


def test_a_school_without_lessons_and_figures_has_a_calm_page(client: SchoolClient, make: Make) -> None:
    school, _course, head = a_school(make, pupils=0)
    client.sign_in(make.account_of(head))
    text = client.get(f"/s/{school.id}/head").text
    assert "Сегодня уроков нет." in text
    assert "Отметки за неделю ещё не посчитаны." in text
    assert "Отметки этого периода ещё не посчитаны." in text


def test_the_page_is_the_heads_alone(client: SchoolClient, make: Make) -> None:
    school, course, head = a_school(make)
    for member, status in (
        (head, 200),
        (make.member(school, "deputy"), 404),
        (make.teacher_of(course), 404),
        (make.member(make.school(), "head"), 404),
    ):
        client.sign_in(make.account_of(member))
        assert client.get(f"/s/{school.id}/head").status_code == status
