"""How a school shows presence: every fact and reason in every way of writing, what an act may say, and where it is seen."""

import json
from datetime import date, timedelta

import pytest

from school.classes.models import Absence, AbsenceFact, AbsenceReason, Term
from school.classes.queries import get_group
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.gradebook.codes import code_fields, legend, read_codes
from school.gradebook.presence import LETTERS, USUAL, Codes, caps_of, codes_of_keys, letter, shown_by
from school.gradebook.queries import find_grid
from school.gradebook.queries.codes import codes_of_term
from school.gradebook.scale import Rules
from school.people.models import Member
from school.reports.papers.journals import printed_journal
from school.reports.queries.journals import journal_book
from school.reports.queries.periods import periods_of_class
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, room
from tests.statements import Statements

MES = Codes("Н", "НП", "Б", "УП", "УП", "УП", "О", "Д", "ОС")
ALIKE = Codes("Н", "Н", "Н", "Н", "Н", "Н", "О", "Д", "ОС")
REASONS = ["unknown", "illness", "family", "school", "order", "truancy"]
TABLE = {
    # fact and reason: Дневник.ру (as usual), МЭШ, all absences alike
    ("absent", "unknown"): ("н", "Н", "Н"),
    ("absent", "truancy"): ("н", "НП", "Н"),
    ("absent", "illness"): ("б", "Б", "Н"),
    ("absent", "family"): ("п", "УП", "Н"),
    ("absent", "school"): ("п", "УП", "Н"),
    ("absent", "order"): ("п", "УП", "Н"),
    **{("late", reason): ("о", "О", "О") for reason in REASONS},
    **{("remote", reason): ("д", "Д", "Д") for reason in REASONS},
    **{("exempt", reason): ("осв", "ОС", "ОС") for reason in REASONS},
}
WAYS = [USUAL, MES, ALIKE]
SAME = [way._replace(prints_all=True) for way in WAYS]


@pytest.mark.parametrize("way", range(3), ids=["usual", "of МЭШ", "alike"])
def test_the_code_of_every_fact_and_reason_in_every_alphabet(way: int) -> None:
    codes = WAYS[way]
    assert TABLE.keys() == {(fact, reason) for fact in AbsenceFact for reason in AbsenceReason}
    shown = shown_by(codes)
    assert {at: one.code for at, one in shown.items()} == {at: row[way] for at, row in TABLE.items()}
    assert {at: one.key for at, one in shown.items()} == {at: letter(*at) for at in TABLE}, "keys are every school's"
    others = {at for at, one in shown.items() if one.is_other}
    assert others == ({("absent", "truancy")} if codes is MES else set()), "typing н would show Н, not НП"


@pytest.mark.parametrize("way", range(3), ids=["usual", "of МЭШ", "alike"])
def test_paper_shows_absences_alike_unless_the_act_says_else(way: int) -> None:
    for (fact, reason), row in TABLE.items():
        assert WAYS[way].on_paper(fact, reason) == (("н", "Н", "Н")[way] if fact == "absent" else "")
        assert SAME[way].on_paper(fact, reason) == row[way]


def test_keys_carry_codes_that_differ() -> None:
    assert caps_of(USUAL) == {key: key for key in LETTERS}
    assert caps_of(MES) == {"н": "Н", "б": "Б", "п": "УП", "о": "О"}
    assert caps_of(ALIKE) == {"н": "н", "б": "б", "п": "п", "о": "О"}, "three keys «Н» would not be told apart"
    assert codes_of_keys(MES) == {"н": "Н", "б": "Б", "п": "УП", "о": "О", "д": "Д", "осв": "ОС"}
    assert [code for code, _words in legend(MES)] == ["Н", "НП", "Б", "УП", "О", "Д", "ОС"]


@pytest.mark.parametrize("codes", WAYS + SAME)
def test_an_act_keeps_its_codes(codes: Codes) -> None:
    rules = Rules(presence=codes)
    assert Rules.from_data(json.loads(json.dumps(rules.to_data()))) == rules
    errors: dict[str, str] = {}
    assert (read_codes(code_fields(codes), errors), errors) == (codes, {})


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"unknown": "Н", "truancy": "НП"}, set()),
        ({"truancy": "Н"}, {"truancy"}),  # beside «н»: one letter to the eye
        ({"illness": "н"}, {"illness"}),
        ({"illness": "п"}, {"family", "school", "order"}),
        ({"family": "уп", "school": "оп"}, set()),
        (dict.fromkeys(REASONS, "н"), set()),
        (dict.fromkeys(REASONS, "о"), {"late"}),
        ({**dict.fromkeys(REASONS, "н"), "order": "Н"}, {"order"}),
        ({"late": "д"}, {"remote"}),
        ({"remote": "п"}, {"remote"}),
        ({"exempt": "зч"}, {"exempt"}),
        ({"order": "НЗ"}, {"order"}),
        ({"late": ""}, {"late"}),
        ({"late": "ОПЗ"}, {"late"}),
        ({"late": "H"}, {"late"}),  # the English letter
        ({"late": "4"}, {"late"}),
        ({"late": "<b"}, {"late"}),
        ({"exempt": "осв"}, set()),
    ],
)
def test_what_must_be_told_apart_has_codes_of_its_own(written: dict[str, str], wrong: set[str]) -> None:
    errors: dict[str, str] = {}
    read_codes({**code_fields(USUAL), **{f"code-{name}": code for name, code in written.items()}}, errors)
    assert set(errors) == {f"code-{name}" for name in wrong}


def note(at: Room, pupil: Member, fact: str, reason: str) -> None:
    at.make.absent(at.lesson, pupil, reason)
    with unit_of_work():
        mine = db.select(Absence).where(Absence.school_id == at.course.school_id, Absence.pupil_id == pupil.id)
        db.session.scalars(mine).one().fact = fact


def noted(make: Make, codes: Codes) -> Room:
    """Absent without a good reason, ill, at an olympiad, late; another school writes as usual."""
    at = room(make, pupils=5)
    make.act(make.school_of(at.course), from_on=term_of(at).starts_on, rules=Rules(presence=codes))
    facts = (("absent", "truancy"), ("absent", "illness"), ("absent", "school"), ("late", "unknown"))
    for pupil, (fact, reason) in zip(at.pupils, facts, strict=False):
        note(at, pupil, fact, reason)
    return at


def term_of(at: Room) -> Term:
    found = db.session.get(Term, (at.course.school_id, at.lesson.term_id))
    assert found is not None
    return found


def test_journal_and_diary_show_the_codes_of_the_act(make: Make, client: SchoolClient, statements: Statements) -> None:
    at = noted(make, MES)
    other = room(make)
    make.absent(other.lesson, other.pupils[0])
    client.sign_in(make.account_of(at.teacher))
    page = client.get(f"/s/{at.course.school_id}/courses/{at.course.id}/journal").text
    assert '<td data-p="н" data-q="НП"><i>НП</i></td>' in page
    assert '<td data-p="б"><i>Б</i></td>' in page
    assert '<td data-p="п"><i>УП</i></td>' in page
    assert '<td data-p="о"><i>О</i></td>' in page
    assert "&#34;п&#34;: &#34;УП&#34;" in page
    assert 'data-letter="п" aria-label="УП: ' in page
    assert "<b>НП</b> – пропуск без уважительной причины" in page
    year, week, _day = at.lesson.on_date.isocalendar()
    for school, pupil, code in (
        (at, at.pupils[2], ">УП<"),
        (other, other.pupils[0], ">б<"),
        (at, at.pupils[0], ">НП<"),
    ):
        client.sign_in(make.account_of(pupil))
        url = f"/s/{school.course.school_id}/diary?week={year}-W{week:02}"
        assert code in client.get(url).text
        with statements.counted() as sent:
            client.get(url)
        assert not [one for one in sent if "marking_act" in one], "the codes of a school are kept"


def test_terms_that_have_begun_keep_their_codes(make: Make) -> None:
    at = noted(make, MES)
    term = term_of(at)
    make.act(make.school_of(at.course), from_on=term.starts_on + timedelta(days=1), rules=Rules(presence=ALIKE))
    later = make.save(
        Term(
            school_id=term.school_id,
            regime_id=term.regime_id,
            number=term.number + 20,
            name="Следующая",
            starts_on=term.ends_on + timedelta(days=200),
            ends_on=term.ends_on + timedelta(days=250),
            locked_at=None,
        )
    )
    assert (codes_of_term(term.school_id, term.id), codes_of_term(term.school_id, later.id)) == (MES, ALIKE)
    grid = find_grid(at.journal)
    assert grid is not None
    assert grid.rules.presence == MES


@pytest.mark.parametrize(
    ("codes", "cells", "told"),
    [
        (MES, ["Н", "Н/4", "Н", "5", None], "«Н»: не был на уроке"),
        (MES._replace(prints_all=True), ["НП", "Б/4", "УП", "О/5", None], "«УП»: пропуск по семейным причинам"),
    ],
)
def test_the_printed_journal_follows_the_act(
    make: Make, client: SchoolClient, codes: Codes, cells: list[str | None], told: str
) -> None:
    at = noted(make, codes)
    make.mark(at.column, at.pupils[1], 4)
    make.mark(at.column, at.pupils[3], 5)
    head = make.actor(make.member(make.school_of(at.course), "head"), "head")
    group = get_group(head, make.group_of(at.course).id)
    assert group is not None
    book = journal_book(at.journal.course, periods_of_class(group)[0])
    assert [book.cells.get((pupil.id, at.lesson.id)) for pupil in at.pupils] == cells
    assert told in str(printed_journal(book))


def test_the_act_says_how_presence_is_shown(make: Make, client: SchoolClient) -> None:
    school = make.school()
    act = make.act(school, from_on=date(2020, 9, 1), rules=Rules(presence=MES))
    client.sign_in(make.account_of(make.member(school, "deputy")))
    page = client.get(f"/s/{school.id}/acts/{act.id}").text
    assert "НП – пропуск без уважительной причины" in page
    assert "любой пропуск – «Н»" in page
    client.post(f"/s/{school.id}/acts/drafts")
    form = client.get(f"/s/{school.id}/acts").text.split("/acts/drafts/")[1].split('"')[0]
    url = f"/s/{school.id}/acts/drafts/{form}"
    assert 'name="code-truancy" type="text" value="НП"' in client.get(url).text
    wrong = client.post(url, data={"name": "А", "from_on": clock.today().isoformat(), "code-illness": "н"})
    assert wrong.status_code == 422
    assert "уже значит «пропуск, причина пока не известна»" in wrong.text
