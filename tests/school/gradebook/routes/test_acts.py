"""An act from draft to force: who writes, the rehearsal on real marks, the second person, old terms keep theirs."""

from datetime import timedelta

from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.gradebook.actions.drafting import rehearse_draft
from school.gradebook.drafting import Line, fields_of
from school.gradebook.models import ActDraft, MarkingAct
from school.gradebook.queries import find_act
from school.gradebook.scale import Rules
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room


def draft_of(at: Room) -> ActDraft:
    db.session.rollback()
    found = db.session.scalars(db.select(ActDraft).where(ActDraft.school_id == at.course.school_id)).one()
    db.session.refresh(found)
    return found


def rehearsed(draft: ActDraft) -> None:
    with unit_of_work():
        rehearse_draft({"school": draft.school_id, "draft": str(draft.id), "version": draft.version})


def test_an_act_is_written_rehearsed_and_approved_by_two(make: Make, client: SchoolClient) -> None:
    at = room(make)
    school = make.school_of(at.course)
    for n, value in enumerate((5, 5, 4, 4, 4)):
        make.mark(make.column(make.lesson(at.course, days=-2 - n, slot=2), "Ответ на уроке"), at.pupils[0], value)
    deputy, head = make.member(school, "deputy"), make.member(school, "head")
    client.sign_in(make.account_of(deputy))
    url = f"/s/{school.id}/acts"
    assert client.get(url).status_code == 200
    client.post(f"{url}/drafts")
    draft = draft_of(at)
    form = client.get(f"{url}/drafts/{draft.id}")
    assert form.status_code == 200
    fields = fields_from(draft)
    day = clock.today() + timedelta(days=5)
    fields |= {"from_on": day.isoformat(), "name": "Приказ № 7", "sure-5": "4,40", "possible-5": "4,40"}
    assert client.post(f"{url}/drafts/{draft.id}", data={**fields, "sure-4": "много"}).status_code == 422
    client.post(f"{url}/drafts/{draft.id}", data=fields)
    rehearsed(draft_of(at))
    text = client.get(f"{url}/drafts/{draft.id}").text
    assert "изменилась бы 1 отметка за период: 1 выше, 0 ниже" in text.replace("\xa0", " ")
    assert at.pupils[0].family_name in text
    assert client.post(f"{url}/drafts/{draft.id}/approve").status_code == 403
    client.sign_in(make.account_of(head))
    client.post(f"{url}/drafts/{draft.id}/approve")
    db.session.rollback()
    made = db.session.scalars(
        db.select(MarkingAct).where(MarkingAct.school_id == school.id, MarkingAct.from_on == day)
    ).one()
    assert made.name == "Приказ № 7"
    now, then = find_act(school.id, clock.today()), find_act(school.id, day)
    assert now is not None
    assert then is not None
    assert (now.rules.sure_from[5], then.rules.sure_from[5]) == (460, 440)
    assert [one.name for one in then.works] == [one.name for one in now.works]
    act = client.get(f"{url}/{made.id}").text
    assert act.index(f"Отвечает: {deputy.family_name}") < act.index(f"Утверждено: {head.family_name}"), "both persons"


def fields_from(draft: ActDraft) -> dict[str, str]:
    return fields_of(Rules.from_data(draft.rules), Line.all_of(draft.works))


def test_a_changed_draft_is_rehearsed_anew_before_it_is_approved(make: Make, client: SchoolClient) -> None:
    at = room(make)
    school = make.school_of(at.course)
    client.sign_in(make.account_of(make.member(school, "deputy")))
    url = f"/s/{school.id}/acts"
    client.post(f"{url}/drafts")
    draft = draft_of(at)
    fields = fields_from(draft) | {"name": "А", "from_on": (clock.today() + timedelta(days=2)).isoformat()}
    client.post(f"{url}/drafts/{draft.id}", data=fields)
    rehearsed(draft_of(at))
    client.post(f"{url}/drafts/{draft.id}", data=fields | {"edit_days": "3"})
    client.sign_in(make.account_of(make.member(school, "head")))
    client.post(f"{url}/drafts/{draft.id}/approve")
    assert draft_of(at).approved_at is None
    rehearsed(draft_of(at))
    client.post(f"{url}/drafts/{draft.id}", data=fields | {"edit_days": "3", "from_on": clock.today().isoformat()})
    rehearsed(draft_of(at))
    client.sign_in(make.account_of(make.member(school, "head")))
    client.post(f"{url}/drafts/{draft.id}/approve")
    assert draft_of(at).approved_at is None  # not from today: terms that have begun keep theirs


def test_teachers_and_families_read_acts_and_write_none(make: Make, client: SchoolClient) -> None:
    at = room(make)
    url = f"/s/{at.course.school_id}/acts"
    client.sign_in(make.account_of(at.teacher))
    assert client.get(url).status_code == 200
    assert client.post(f"{url}/drafts").status_code == 404
    client.sign_in(make.account_of(at.pupils[0]))
    assert client.get(url).status_code == 200


def test_a_late_change_is_agreed_on_its_page(make: Make, client: SchoolClient) -> None:
    at = room(make, days=-20)
    with later(hours=-1):
        at.save(at.entry(3))
    at.save(at.entry(4, seen=1, comment="Пересдача"))
    url = f"/s/{at.course.school_id}/corrections"
    client.sign_in(make.account_of(make.member(make.school_of(at.course), "deputy")))
    assert "Пересдача" in client.get(url).text
    draft = client.get(url).text
    action = draft.split('action="')[1:]
    agree = next(one.split('"')[0] for one in action if one.split('"')[0].endswith("/agree"))
    client.post(agree)
    assert at.mark().value == 4
