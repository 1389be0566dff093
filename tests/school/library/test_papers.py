"""Questions of every kind on paper: variants, and the right answers on a sheet apart that pupils never get."""

import re

from content_library import UnitKind
from school.core.database import db
from school.people.models import School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tasks.kinds.samples import SAMPLES


def test_every_kind_on_paper_and_solved(make: Make, client: SchoolClient) -> None:
    items = tuple((one.kind, one.spec) for one in SAMPLES.values())
    unit = make.unit(UnitKind.TEST, items=items)
    school = make.school()
    client.sign_in(make.account_of(make.teacher(school)))
    page = client.get(f"/library/{unit.id}/paper?variants=2").text
    questions, _, answers = page.partition('id="answers-heading"')
    assert questions.count('class="question"') == 2 * len(SAMPLES) and answers.count("answer-line") == 2 * len(SAMPLES)
    assert "Вариант 2" in questions and not re.search(r'<li class="answer-line"><b></b>', answers)
    for said in ("1147", "Совесть — внутренний судья", "Приведите к знаменателю 4."):
        assert said in answers
    assert "Совесть — внутренний судья" not in questions and "Приведите к знаменателю" not in questions
    numbers = re.findall(r"идёт (\d+) ч", questions)
    assert len(numbers) == 2
    assert "answer-line" not in client.get(f"/library/{unit.id}/paper?answers=no").text
    assert client.get(f"/library/{unit.id}/paper?variants=99").text.count('<section class="paper') == 6


def test_pupils_and_families_get_no_paper(make: Make, client: SchoolClient) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    unit = make.unit(UnitKind.TEST, items=(("number", SAMPLES["a second root"].spec),))
    for member in (pupil, make.parent(db.session.get_one(School, course.school_id), pupil)):
        client.sign_in(make.account_of(member))
        assert client.get(f"/library/{unit.id}/paper").status_code == 404
        assert "/paper" not in client.get(f"/library/{unit.id}").text


def test_the_author_sees_a_draft_solved(make: Make, client: SchoolClient) -> None:
    school = make.school()
    author, stranger = make.teacher(school), make.teacher(school)
    broken = {"version": 1, "prompt": "Недописано", "key": {}}
    items = (("number", SAMPLES["a second root"].spec), ("number", broken))
    draft = make.draft(UnitKind.TEST, by=author, items=items)
    client.sign_in(make.account_of(author))
    page = client.get(f"/library/{draft.id}/draft/paper").text
    assert page.count("answer-line") == 2 and "<b>2</b>" in page
    client.sign_in(make.account_of(stranger))
    assert client.get(f"/library/{draft.id}/draft/paper").status_code == 404
