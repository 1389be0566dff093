"""A pupil changes school by the pages of two administrators."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import CannotDo, decline_offer, offer_transfer
from school.classes.models import Enrolment
from school.classes.queries import get_pupil
from school.classes.queries.offers import get_offer
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.notices.models import Notice
from school.people.models import Member, TransferOffer
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.fixture
def town(make: Make) -> SimpleNamespace:
    """Two schools with an administrator and a class each, a pupil with a parent in the first, and a third school beside."""
    here, there, beside = make.school(), make.school(name="Школа № 2005", short_name="Школа № 2005"), make.school()
    group, target = make.school_class(here), make.school_class(there, letter="Г")
    make.school_class(there, 5, "А")
    pupil = make.pupil(here)
    make.enrol(group, pupil)
    return SimpleNamespace(
        make=make,
        here=here,
        there=there,
        pupil=pupil,
        parent=make.parent(here, pupil),
        target=target,
        leaving=make.member(here, "admin"),
        receiving=make.member(there, "admin"),
        stranger=make.member(beside, "admin"),
        teacher=make.teacher(here),
        tomorrow=clock.today() + timedelta(days=1),
    )


def offer(town: SimpleNamespace) -> TransferOffer:
    actor = town.make.actor(town.leaving, "admin")
    with unit_of_work():
        made = offer_transfer(actor, get_pupil(actor, town.pupil.id), town.there, town.tomorrow, "заявление № 7")
        return SimpleNamespace(id=made.id)  # type: ignore[return-value]


def signed(client: SchoolClient, town: SimpleNamespace, member: Member) -> SchoolClient:
    return client.sign_in(town.make.account_of(member))


def notices(town: SimpleNamespace, member: Member) -> list[str]:
    schools = Notice.school_id.in_([town.here.id, town.there.id])
    return list(db.session.scalars(select(Notice.kind).where(schools, Notice.account_id == member.account_id)))


def test_one_hands_over_the_other_takes_in(client: SchoolClient, town: SimpleNamespace) -> None:
    s, t = f"/s/{town.here.id}", f"/s/{town.there.id}"
    signed(client, town, town.leaving)
    assert f"{s}/pupils/{town.pupil.id}/transfer" in client.get(f"{s}/people/{town.pupil.id}").text
    form = client.get(f"{s}/pupils/{town.pupil.id}/transfer?q=2005").text
    assert "Школа № 2005" in form
    sent = {"school": town.there.id, "on_date": town.tomorrow, "ground": "заявление № 7", "q": "2005"}
    assert client.post(f"{s}/pupils/{town.pupil.id}/transfer", data=sent).status_code == 303
    [waits] = db.session.scalars(select(TransferOffer)).all()
    address = f"/transfers/{waits.id}"
    assert client.get(s + address).status_code == 200
    assert client.post(f"{s}{address}/accept", data={"group": str(town.target.id)}).status_code == 404

    signed(client, town, town.receiving)
    assert town.pupil.family_name in client.get(f"{t}/transfers").text
    assert "придёт" in client.get("/notices").text
    page = client.get(t + address).text
    assert page.index("7 «Г»") < page.index("5 «А»"), "classes of the pupil's year come first"
    assert client.post(f"{t}{address}/accept", data={"group": ""}).status_code == 422
    assert client.post(f"{t}{address}/accept", data={"group": str(town.target.id)}).status_code == 303
    assert client.post(f"{t}{address}/accept", data={"group": str(town.target.id)}).status_code == 422
    new = db.session.scalars(
        select(Member).where(Member.school_id == town.there.id, Member.account_id == town.pupil.account_id)
    ).one()
    place = db.session.scalars(
        select(Enrolment).where(Enrolment.school_id == town.there.id, Enrolment.pupil_id == new.id)
    ).one()
    assert (place.group_id, place.from_on) == (town.target.id, town.tomorrow)
    assert "Что передала прежняя школа" in client.get(t + address).text

    assert notices(town, town.leaving) == ["transfer.decided"]
    assert notices(town, town.parent) == ["transfer.family"]
    signed(client, town, town.parent)
    assert "Школа № 2005" in client.get("/notices").text
    kinds = {
        school.id: list(
            db.session.scalars(
                select(RecordEvent.kind).where(RecordEvent.school_id == school.id, RecordEvent.thing_id == waits.id)
            )
        )
        for school in (town.here, town.there)
    }
    assert kinds == {town.here.id: ["transfer.offered"], town.there.id: ["transfer.accepted"]}


@pytest.mark.parametrize(
    ("who", "where", "status"),
    [
        ("leaving", "here", 200),
        ("receiving", "there", 200),
        ("stranger", "here", 404),
        ("teacher", "here", 404),
        ("parent", "here", 404),
    ],
)
def test_only_the_two_administrators_see_it(
    client: SchoolClient, town: SimpleNamespace, who: str, where: str, status: int
) -> None:
    made = offer(town)
    signed(client, town, getattr(town, who))
    assert client.get(f"/s/{getattr(town, where).id}/transfers/{made.id}").status_code == status


def test_a_refusal_is_read_by_the_leaving_school(client: SchoolClient, town: SimpleNamespace) -> None:
    made = offer(town)
    signed(client, town, town.receiving)
    address = f"/s/{town.there.id}/transfers/{made.id}/decline"
    assert client.post(address, data={"why": " "}).status_code == 422
    assert client.post(address, data={"why": "нет мест"}).status_code == 303
    signed(client, town, town.leaving)
    assert "нет мест" in client.get("/notices").text
    assert offer(town).id != made.id, "it may be offered again"


def test_taken_back_it_cannot_be_accepted(client: SchoolClient, town: SimpleNamespace) -> None:
    made = offer(town)
    signed(client, town, town.receiving)
    assert client.post(f"/s/{town.there.id}/transfers/{made.id}/take-back").status_code == 404
    signed(client, town, town.leaving)
    assert client.post(f"/s/{town.here.id}/transfers/{made.id}/take-back").status_code == 303
    actor = town.make.actor(town.receiving, "admin")
    with pytest.raises(CannotDo):
        decline_offer(actor, get_offer(actor, made.id), "поздно")


def test_what_cannot_be_handed_over(town: SimpleNamespace) -> None:
    actor = town.make.actor(town.leaving, "admin")
    pupil = get_pupil(actor, town.pupil.id)
    for school, on, ground in (
        (town.here, town.tomorrow, "заявление"),
        (town.there, clock.today() - timedelta(days=1), "заявление"),
        (town.there, town.tomorrow, " "),
    ):
        with pytest.raises(CannotDo):
            offer_transfer(actor, pupil, school, on, ground)
    offer(town)
    with pytest.raises(CannotDo):
        offer_transfer(actor, pupil, town.there, town.tomorrow, "ещё раз")
