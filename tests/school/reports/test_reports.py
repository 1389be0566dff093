"""Who opens which report, what stands in it, counted again by plain SQL, and that its files can be read."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import text

from school.classes.models import Absence, Enrolment, StudyGroup
from school.classes.queries import get_group
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.gradebook.models import TermMark, YearMark
from school.reports.papers import CLASS_PAPERS
from school.reports.queries import class_book, periods_of_class, periods_of_school, school_book
from school.reports.scale import Tally
from school.reports.seen import NOTHING_MISSED, ClassBook
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.reports.rooms import SUBJECTS, Room, a_room
from tests.statements import Statements


@pytest.fixture
def room(make: Make) -> Room:
    return a_room(make)


def book_of(room: Room) -> ClassBook:
    actor = room.make.actor(room.people["deputy"], "deputy")
    group = get_group(actor, room.group.id)
    assert group is not None
    return class_book(group, periods_of_class(group)[0])


def test_who_opens_what(client: SchoolClient, room: Room) -> None:
    teacher = room.people["teacher"]
    course = room.courses[0]
    urls = {
        "class": room.url("summary"),
        "school": f"/s/{room.school_id}/reports/school/results",
        "teacher": f"/s/{room.school_id}/members/{teacher.id}/teacher-report",
        "journal": f"/s/{room.school_id}/courses/{course.id}/printed-journal",
        "card": f"/s/{room.school_id}/pupils/{room.pupils['Антонова'].id}/report-card",
        "list": f"/s/{room.school_id}/reports",
    }
    everything = set(urls)
    expected = {
        "class teacher": {"class", "journal", "card", "list"},
        "teacher": {"teacher", "journal", "list"},
        "another teacher": {"list"},
        "deputy": everything,
        "head": everything,
        "admin": set(),
        "pupil": {"card"},
        "parent": {"card"},
        "another parent": set(),
        "head of another school": set(),
    }
    for who, opens in expected.items():
        client.sign_in(room.make.account_of(room.people[who]))
        codes = {name: client.get(url).status_code for name, url in urls.items()}
        assert {name for name, code in codes.items() if code == 200} == opens, who
        assert set(codes.values()) <= {200, 404}, who


@pytest.mark.parametrize("kind", CLASS_PAPERS)
def test_every_paper_of_a_class_is_a_page_and_two_files(client: SchoolClient, room: Room, kind: str) -> None:
    client.sign_in(room.make.account_of(room.people["class teacher"]))
    page = client.get(room.url(kind))
    assert page.status_code == 200
    pdf = client.get(room.url(kind, "pdf"))
    assert pdf.mimetype == "application/pdf"
    words = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(pdf.data))
    book = openpyxl.load_workbook(BytesIO(client.get(room.url(kind, "xlsx")).data))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    shown = {"one-short": "Борисов", "acknowledgement": "Ознакомление"}.get(kind, "Антонова")
    assert shown in page.text
    assert shown in words
    assert any(isinstance(cell, str) and shown in cell for cell in cells)
    assert client.get(room.url(kind, "docx")).status_code == 404


def test_papers_are_set_in_our_own_letters(client: SchoolClient, room: Room) -> None:
    client.sign_in(room.make.account_of(room.people["head"]))
    pdf = client.get(room.url("summary", "pdf")).data
    assert b"GolosText" in pdf
    assert b"Libertinus" not in pdf


def test_figures_are_those_of_an_independent_count(room: Room) -> None:
    """The same figures by plain SQL that knows nothing of the reports."""
    book = book_of(room)
    counts = db.session.execute(
        text(
            "SELECT s.name_ru, SUM(CASE WHEN t.value = 5 THEN 1 ELSE 0 END), SUM(CASE WHEN t.value = 4 THEN 1 ELSE 0 END),"
            " SUM(CASE WHEN t.value = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN t.value = 2 THEN 1 ELSE 0 END),"
            " SUM(CASE WHEN t.code = 'н/а' THEN 1 ELSE 0 END)"
            " FROM term_mark t JOIN course c ON c.school_id = t.school_id AND c.id = t.course_id"
            " JOIN subject s ON s.id = c.subject_id"
            " JOIN study_group g ON g.school_id = c.school_id AND g.id = c.group_id"
            " WHERE t.school_id = :school AND g.name = :name GROUP BY s.name_ru"
        ),
        {"school": room.school_id, "name": room.group.name},
    ).all()
    recount = {name: tuple(rest) for name, *rest in counts}
    tallies = {title: book.tally(subject_id, book.period.terms[0]) for subject_id, title in book.marked_subjects()}
    assert set(tallies) == set(SUBJECTS)
    for name, tally in tallies.items():
        assert (tally.fives, tally.fours, tally.threes, tally.twos, tally.away) == recount[name]
        n5, n4, n3, n2, away = recount[name]
        n = n5 + n4 + n3 + n2 + away
        assert float(tally.passing or 0) == pytest.approx((n5 + n4 + n3) / n)
        assert float(tally.learnedness or 0) == pytest.approx(
            (n5 + 0.64 * n4 + 0.36 * n3 + 0.16 * n2 + 0.07 * away) / n
        )


def test_the_school_counts_pupils_of_each_class(room: Room) -> None:
    actor = room.make.actor(room.people["deputy"], "deputy")
    book = school_book(actor, periods_of_school(room.school_id)[0][0])
    lines = {one.name: one for one in book.classes}
    ours = lines[room.group.name]
    assert (ours.pupils, ours.excellent, ours.good, ours.one_three, ours.failing, ours.without) == (7, 1, 2, 1, 2, 1)
    assert float(ours.passing or 0) == pytest.approx(4 / 6)
    (other,) = (one for name, one in lines.items() if name != room.group.name)
    assert (other.pupils, other.failing, other.tally) == (2, 2, Tally(twos=2))


def test_lists_of_those_one_mark_short(client: SchoolClient, room: Room) -> None:
    client.sign_in(room.make.account_of(room.people["class teacher"]))
    page = client.get(room.url("one-short")).text
    assert "С одной «4» (1)" in page
    assert "С одной «3» (1)" in page
    assert "Грачёв" in page
    assert "Васин" not in page


def test_who_left_is_not_counted(room: Room) -> None:
    gone = room.pupils["Антонова"]
    with unit_of_work():
        db.session.execute(
            db.update(Enrolment)
            .where(Enrolment.school_id == room.school_id, Enrolment.pupil_id == gone.id)
            .values(to_on=clock.today() - timedelta(days=1))
        )
    book = book_of(room)
    assert gone.id in {one.id for one in book.pupils}
    assert gone.id not in {one.id for one in book.roll}
    algebra = next(one for one, title in book.marked_subjects() if title == "Алгебра")
    assert book.tally(algebra, book.period.terms[0]) == Tally(1, 3, 1, 0, 0)


def test_a_day_is_missed_when_all_own_lessons_are(room: Room) -> None:
    first, second = (room.make.lesson(course, days=-2, slot=n) for n, course in enumerate(room.courses[:2], 1))
    third = room.make.lesson(room.courses[0], days=-3, slot=1)
    room.make.lesson(room.courses[1], days=-3, slot=2)
    ill, away = room.pupils["Борисов"], room.pupils["Васин"]
    for lesson in (first, second, third):
        room.make.absent(lesson, ill)
    room.make.absent(first, away, "unknown")
    missed = book_of(room).missed
    assert (missed[ill.id].days, missed[ill.id].lessons, missed[ill.id].ill) == (1, 3, 3)
    assert (missed[away.id].days, missed[away.id].lessons, missed[away.id].unexplained) == (0, 1, 1)


@pytest.mark.parametrize(
    ("day", "days", "lessons", "late"),
    [
        ("нн", 1, 2, 0),
        ("н.", 0, 1, 0),
        ("но", 0, 1, 1),
        ("нд", 0, 1, 0),
        ("нз", 0, 1, 0),
        ("н-", 1, 1, 0),
        ("нх", 1, 1, 0),
        ("оо", 0, 0, 2),
        ("зз", 0, 0, 0),
        ("--", 0, 0, 0),
    ],
    ids=[
        "all",
        "one",
        "late is there",
        "from home",
        "freed is there",
        "cancelled",
        "of a group of others",
        "late",
        "freed",
        "no lessons",
    ],
)
def test_a_day_counts_as_missed_by_the_pupils_own_lessons(
    room: Room, day: str, days: int, lessons: int, late: int
) -> None:
    """н absent, о late, д remote, з freed from the work, . there, - the lesson is cancelled, х a lesson of a group the pupil is not in."""
    make, pupil = room.make, room.pupils["Борисов"]
    facts = {"н": "absent", "о": "late", "д": "remote", "з": "exempt"}
    part = make.save(
        StudyGroup(
            school_id=room.school_id,
            year_id=room.group.year_id,
            kind="part",
            name="2-я группа",
            year_level=7,
            letter="Б",
            class_id=room.group.id,
            regime_id=room.group.regime_id,
            building_id=room.group.building_id,
        )
    )
    make.enrol(part, room.pupils["Васин"])
    other = make.course(part)
    for slot, sign in enumerate(day, 1):
        course = other if sign == "х" else room.courses[slot - 1]
        held = make.lesson(course, days=-2, slot=slot, state="cancelled" if sign == "-" else "planned")
        if sign in facts:
            make.absent(held, pupil)
            with unit_of_work():
                mine = db.select(Absence).where(Absence.school_id == room.school_id, Absence.lesson_id == held.id)
                db.session.scalars(mine).one().fact = facts[sign]
    missed = book_of(room).missed.get(pupil.id, NOTHING_MISSED)
    assert (missed.days, missed.lessons, missed.late) == (days, lessons, late)


def test_a_card_shows_only_what_families_were_shown(client: SchoolClient, room: Room) -> None:
    pupil = room.pupils["Антонова"]
    with unit_of_work():
        db.session.execute(
            db.update(TermMark)
            .where(TermMark.school_id == room.school_id, TermMark.pupil_id == pupil.id)
            .where(TermMark.course_id == room.courses[1].id)
            .values(value=2, released_value=None, released_at=clock.now() + timedelta(minutes=5))
        )
    client.sign_in(room.make.account_of(room.people["parent"]))
    page = client.get(f"/s/{room.school_id}/pupils/{pupil.id}/report-card?period=1").text
    assert 'data-mark="5"' in page
    assert 'data-mark="2"' not in page


def test_a_class_costs_few_statements_whatever_its_size(room: Room, statements: Statements) -> None:
    with statements.counted() as few:
        book_of(room)
    assert len(few) <= 16


def test_marks_of_the_year_stand_on_the_sheet_and_once_released_on_the_card(client: SchoolClient, room: Room) -> None:
    pupil, course = room.pupils["Антонова"], room.courses[0]
    at = clock.now() - timedelta(days=1)
    for kind, value, released in (("year", 4, at), ("final", 3, clock.now() + timedelta(minutes=9))):
        room.make.save(
            YearMark(
                school_id=room.school_id,
                pupil_id=pupil.id,
                course_id=course.id,
                kind=kind,
                value=value,
                released_at=released,
                set_at=at,
                set_by=pupil.account_id,
            )
        )
    client.sign_in(room.make.account_of(room.people["class teacher"]))
    sheet = client.get(room.url("year").replace("period=1", "period=year")).text
    assert "Итоговая" in sheet
    client.sign_in(room.make.account_of(room.people["parent"]))
    card = client.get(f"/s/{room.school_id}/pupils/{pupil.id}/report-card?period=year").text
    assert 'data-mark="4"' in card
    assert 'data-mark="3"' not in card
    assert "Итоговая" not in card
