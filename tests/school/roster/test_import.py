"""A roster goes in, goes in again, changes, leaves and is taken back."""

import uuid
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from school.classes.models import Absence, ClassLeadership, Course, Enrolment, StudyGroup, TeachingPost
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Account, Guardianship, Member, Role, School
from school.roster import hooks
from school.roster.actions import CannotUndo, apply_roster, preview_roster, undo
from school.roster.formats import Roster, read_files, read_roster
from school.roster.models import RosterLink
from school.roster.planning.steps import Preview, Verb
from school.roster.queries import find_last_batch
from school.roster.server import SERVER
from tests.factories import Make
from tests.school.roster.facts import Facts
from tests.school.roster.formats.sets import MOODLE, ONEROSTER_10, ONEROSTER_11, ONEROSTER_12, as_bytes
from tests.school.roster.real_sets import ROSTERS, needs_rosters

AUTUMN = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


def reading(texts: dict[str, str], **changed: str) -> Roster:
    whole = {**texts, **{f"{name}.csv": text for name, text in changed.items()}}
    return read_files(as_bytes({name: text for name, text in whole.items() if text}))


def without(name: str, *starts: str) -> str:
    """A file of the set without the rows that begin so."""
    return "".join(f"{line}\n" for line in ONEROSTER_11[f"{name}.csv"].splitlines() if not line.startswith(starts))


def apply(roster: Roster, into: School | None = None, at: datetime = AUTUMN) -> Preview:
    with clock.stopped_at(at), unit_of_work():
        done, _ = apply_roster(SERVER, roster, "set.zip", into)
    return done


def look(roster: Roster, into: School | None = None, at: datetime = AUTUMN) -> Preview:
    with clock.stopped_at(at):
        return preview_roster(roster, into)


def counts(preview: Preview) -> tuple[int, int, int]:
    return preview.count(Verb.NEW), preview.count(Verb.CHANGED), preview.count(Verb.GONE)


def reasons(rows: Collection[object]) -> list[str]:
    return [str(row.reason) for row in rows]  # type: ignore[attr-defined]


def everything(school: School) -> dict[str, int]:
    """How many rows the school has in each table that an import writes."""
    models = (Member, StudyGroup, Course, Enrolment, ClassLeadership, TeachingPost, Guardianship, RosterLink)
    return {
        model.__tablename__: db.session.scalar(
            select(func.count()).select_from(model).where(model.school_id == school.id)
        )
        or 0
        for model in models
    }


@pytest.fixture
def only_school(make: Make) -> School:
    """One school with nothing in it, and noise is added by the tests that need it."""
    return make.school(external_id="school-9")


def member(school: School, given_name: str) -> Member:
    found = db.session.scalars(
        select(Member).where(Member.school_id == school.id, Member.given_name == given_name)
    ).one()
    db.session.refresh(found)
    return found


def test_the_preview_shows_and_changes_nothing(only_school: School) -> None:
    preview = look(reading(ONEROSTER_11))
    (plan,) = preview.plans
    assert plan.by_kind(Verb.NEW) == {"person": 4, "group": 2, "enrolment": 5, "guardian": 1}
    assert preview.as_json() == {"new": 12, "changed": 0, "gone": 0, "conflicts": [], "bad_rows": []}
    assert not any(everything(only_school).values())


def test_applied_once(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    assert everything(only_school) == {
        "member": 4,
        "study_group": 2,
        "course": 1,
        "enrolment": 4,
        "class_leadership": 0,
        "teaching_post": 1,
        "guardianship": 1,
        "roster_link": 12,
    }
    alyona = member(only_school, "Алёна")
    account = db.session.get_one(Account, alyona.account_id)
    assert (account.login, account.password_hash, account.name) == ("alyona", None, "Алёна")
    roles = db.session.scalars(select(Role).where(Role.account_id == account.id)).all()
    assert [(role.kind, role.school_id, role.from_on) for role in roles] == [
        ("pupil", only_school.id, date(2026, 9, 15))
    ]
    groups = db.session.scalars(select(StudyGroup).where(StudyGroup.school_id == only_school.id)).all()
    homeroom = next(group for group in groups if group.kind == "class")
    part = next(group for group in groups if group.kind == "part")
    assert (homeroom.name, homeroom.year_level, homeroom.letter) == ("7 «Б»", 7, "Б")
    assert part.class_id == homeroom.id
    teacher = db.session.get_one(Account, member(only_school, "Ольга").account_id)
    assert teacher.name == "Ольга Сергеевна"


@pytest.mark.parametrize("texts", [ONEROSTER_10, ONEROSTER_11, ONEROSTER_12, {"users.csv": MOODLE}])
def test_the_same_files_again_change_nothing(only_school: School, texts: dict[str, str]) -> None:
    first = apply(reading(texts))
    assert first.count(Verb.NEW) > 5
    assert counts(first)[1:] == (0, 0)
    before = everything(only_school)
    for at in (AUTUMN, LATER):
        assert counts(look(reading(texts), at=at)) == (0, 0, 0)
        assert counts(apply(reading(texts), at=at)) == (0, 0, 0)
    assert everything(only_school) == before


def test_what_the_source_changes_is_changed_and_shown(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    users = ONEROSTER_11["users.csv"].replace("Зайцев", "Зайцев-Волков").replace("o.petrova,", "olga.petrova,")
    enrolments = ONEROSTER_11["enrollments.csv"].replace(
        "p-2,student,true,2026-09-01,2027-05-31", "p-2,student,true,2026-09-08,2027-05-31"
    )
    changed = apply(reading(ONEROSTER_11, users=users, enrollments=enrolments), at=LATER)
    assert counts(changed) == (0, 3, 0)
    shown = {(one.field, one.before, one.after) for step in changed.plans[0].steps for one in step.differences}
    assert ("family_name", "Зайцев", "Зайцев-Волков") in shown
    misha = member(only_school, "Михаил")
    assert misha.sort_name == "зайцев волков михаил"
    assert db.session.get_one(Account, member(only_school, "Ольга").account_id).login == "olga.petrova"
    class_row = db.session.scalars(
        select(Enrolment).where(Enrolment.school_id == only_school.id, Enrolment.pupil_id == misha.id)
    ).all()
    assert {row.from_on for row in class_row} == {date(2026, 9, 8), date(2026, 9, 1)}


def test_what_was_changed_by_hand_stays(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    with unit_of_work():
        member(only_school, "Михаил").family_name = "Зайцев (по новому паспорту)"
    assert counts(apply(reading(ONEROSTER_11), at=LATER)) == (0, 0, 0)
    assert "паспорту" in member(only_school, "Михаил").family_name


def test_who_is_gone_from_a_complete_file_is_closed_and_never_deleted(only_school: School, make: Make) -> None:
    apply(reading(ONEROSTER_11))
    by_hand = make.pupil(only_school)
    smaller = reading(ONEROSTER_11, users=without("users", "p-2"), enrollments=without("enrollments", "e-2", "e-4"))
    before = everything(only_school)
    gone = apply(smaller, at=LATER)
    assert counts(gone) == (0, 0, 3)
    assert everything(only_school) == before
    misha = member(only_school, "Михаил")
    assert misha.closed_on == date(2026, 10, 5)
    enrolments = db.session.scalars(
        select(Enrolment).where(Enrolment.school_id == only_school.id, Enrolment.pupil_id == misha.id)
    ).all()
    assert {row.to_on for row in enrolments} == {date(2026, 10, 5)}
    role = db.session.scalars(select(Role).where(Role.account_id == misha.account_id)).one()
    assert role.to_on == date(2026, 10, 5)
    db.session.refresh(by_hand)
    assert by_hand.closed_on is None, "who was entered by hand is not the source's to close"
    assert counts(apply(smaller, at=LATER)) == (0, 0, 0)
    back = apply(reading(ONEROSTER_11), at=datetime(2026, 11, 9, 9, 0, tzinfo=UTC))
    assert counts(back) == (0, 3, 0)
    assert member(only_school, "Михаил").closed_on is None
    rows = db.session.scalars(
        select(Enrolment).where(Enrolment.school_id == only_school.id, Enrolment.pupil_id == misha.id)
    ).all()
    assert len(rows) == 4, "the gap is history: who comes back gets rows of their own"


def test_a_file_of_changes_closes_only_what_it_says(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    manifest = ONEROSTER_11["manifest.csv"].replace(",bulk", ",delta")
    head = ONEROSTER_11["users.csv"].splitlines()[0]
    empty = {name: text.splitlines()[0] + "\n" for name, text in ONEROSTER_11.items()}
    users = f"{head}\np-2,tobedeleted,2026-10-01,,,,,,,,,,,,,,,\n"
    delta = reading({**empty, "manifest.csv": manifest, "users.csv": users})
    assert counts(apply(delta, at=LATER)) == (0, 0, 1)
    assert member(only_school, "Михаил").closed_on is not None
    assert member(only_school, "Алёна").closed_on is None
    assert counts(apply(delta, at=LATER)) == (0, 0, 0)


def test_a_row_that_cannot_be_read_has_not_gone(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    users = ONEROSTER_11["users.csv"].replace("student,misha", "wizard,misha")
    preview = look(reading(ONEROSTER_11, users=users), at=LATER)
    assert counts(preview)[2] == 0
    assert any("wizard" in reason for reason in reasons(preview.all_bad_rows))
    broken = ONEROSTER_11["users.csv"].replace("p-2,,,true", '"p-2,,,true')
    preview = look(reading(ONEROSTER_11, users=broken), at=LATER)
    assert preview.plans[0].by_kind(Verb.GONE).get("person", 0) == 0, "nobody behind an open quotation mark is closed"


def test_a_closed_class_closes_its_enrolments(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    classes = ONEROSTER_11["classes.csv"].replace("alg-7b,,", "alg-7b,tobedeleted,")
    gone = apply(reading(ONEROSTER_11, classes=classes), at=LATER)
    assert gone.plans[0].by_kind(Verb.GONE) == {"group": 1, "enrolment": 3}
    post = db.session.scalars(select(TeachingPost).where(TeachingPost.school_id == only_school.id)).one()
    assert post.to_on == date(2026, 10, 5)
    assert counts(apply(reading(ONEROSTER_11, classes=classes), at=LATER)) == (0, 0, 0)


def test_two_sources_never_close_each_others_rows(only_school: School) -> None:
    apply(reading(ONEROSTER_11))
    other = ONEROSTER_11["manifest.csv"].replace("teachers-room", "canteen")
    users = ONEROSTER_11["users.csv"].splitlines()[0] + "\nx-1,,,true,school-9,teacher,cook,,Пётр,Поваров,,,,,,,,\n"
    rest = {name: ONEROSTER_11[f"{name}.csv"].splitlines()[0] + "\n" for name in ("classes", "enrollments", "courses")}
    assert counts(apply(reading(ONEROSTER_11, manifest=other, users=users, **rest))) == (1, 0, 0)


def test_a_known_login_with_the_same_name_is_the_same_human(only_school: School, make: Make) -> None:
    account = make.account(login="misha", name="Михаил")
    here = make.pupil(only_school, account=account, family_name="Зайцев", given_name="Михаил", patronymic="")
    done = apply(reading(ONEROSTER_11))
    assert done.plans[0].by_kind(Verb.CHANGED) == {"person": 1}
    link = db.session.scalars(
        select(RosterLink).where(RosterLink.school_id == only_school.id, RosterLink.external_id == "p-2")
    ).one()
    assert link.thing_id == here.id
    assert counts(apply(reading(ONEROSTER_11))) == (0, 0, 0)


def test_a_known_login_with_another_name_is_a_conflict(only_school: School, make: Make) -> None:
    account = make.account(login="misha", name="Мария")
    make.pupil(make.school(), account=account, family_name="Медведева", given_name="Мария")
    preview = look(reading(ONEROSTER_11), only_school)
    assert reasons(preview.conflicts) == ["The login “misha” belongs to Медведева Мария."]
    assert len(preview.all_bad_rows) == 2, "nobody else's enrolments are made instead"
    done = apply(reading(ONEROSTER_11), only_school)
    assert done.plans[0].by_kind(Verb.NEW)["person"] == 3
    assert counts(apply(reading(ONEROSTER_11), only_school)) == (0, 0, 0)


def test_the_same_name_alone_never_joins_two_people(only_school: School, make: Make) -> None:
    make.pupil(only_school, family_name="Зайцев", given_name="Михаил", patronymic="")
    done = apply(reading(ONEROSTER_11))
    assert done.plans[0].by_kind(Verb.NEW)["person"] == 4


def test_a_pupil_of_another_school_is_moved_by_a_transfer(only_school: School, make: Make) -> None:
    account = make.account(login="misha", name="Михаил")
    make.pupil(make.school(), account=account, family_name="Зайцев", given_name="Михаил")
    preview = look(reading(ONEROSTER_11), only_school)
    assert "use a transfer" in reasons(preview.conflicts)[0]


def test_a_teacher_of_two_schools_is_one_account(only_school: School, make: Make) -> None:
    account = make.account(login="o.petrova", name="Ольга Сергеевна")
    make.teacher(make.school(), account=account, family_name="Петрова", given_name="Ольга")
    apply(reading(ONEROSTER_11), only_school)
    assert member(only_school, "Ольга").account_id == account.id
    kinds = db.session.scalars(select(Role.kind).where(Role.account_id == account.id)).all()
    assert list(kinds) == ["teacher", "teacher"]


def test_an_e_mail_in_dispute(only_school: School, make: Make) -> None:
    make.account(email="O.Petrova@example.org")
    done = apply(reading(ONEROSTER_11))
    assert "e-mail" in reasons(done.conflicts)[0]
    assert db.session.get_one(Account, member(only_school, "Ольга").account_id).email is None
    assert counts(apply(reading(ONEROSTER_11))) == (0, 0, 0)


def test_a_login_given_twice_and_a_login_taken_later(only_school: School, make: Make) -> None:
    users = ONEROSTER_11["users.csv"].replace("student,misha", "student,Alyona")
    preview = look(reading(ONEROSTER_11, users=users))
    assert reasons(preview.conflicts) == ["The login “alyona” is given to two people."]
    apply(reading(ONEROSTER_11))
    make.account(login="taken")
    users = ONEROSTER_11["users.csv"].replace("student,misha", "student,taken")
    again = apply(reading(ONEROSTER_11, users=users))
    assert reasons(again.conflicts) == ["The login “taken” belongs to somebody else."]
    assert counts(again) == (0, 0, 0)
    assert db.session.get_one(Account, member(only_school, "Михаил").account_id).login == "misha"


def test_a_pupil_is_not_made_a_teacher_by_an_enrolment(only_school: School) -> None:
    enrolments = ONEROSTER_11["enrollments.csv"] + "e-9,,,alg-7b,school-9,p-2,teacher,,,\n"
    preview = look(reading(ONEROSTER_11, enrollments=enrolments))
    assert reasons(preview.conflicts) == ["Зайцев Михаил is not a teacher but is enrolled as one."]


def test_a_class_made_by_hand_is_taken_over(only_school: School, make: Make) -> None:
    group = make.school_class(only_school, 7, "Б")
    with clock.stopped_at(clock.now()), unit_of_work():
        apply_roster(SERVER, reading(ONEROSTER_11), "set.zip", only_school)
    link = db.session.scalars(
        select(RosterLink).where(RosterLink.school_id == only_school.id, RosterLink.external_id == "class-7b")
    ).one()
    assert link.thing_id == group.id


def test_moodle_renames_switches_off_and_deletes(only_school: School) -> None:
    apply(reading({"users.csv": MOODLE}))
    misha = member(only_school, "Михаил")
    assert not db.session.scalars(select(Role).where(Role.account_id == misha.account_id)).all()
    text = "username,oldusername,firstname,lastname,deleted\nalena,a.vorobyova,Алёна,Воробьёва,0\no.petrova,,,,1\n"
    done = apply(reading({"changes.csv": text}), at=LATER)
    assert counts(done) == (0, 1, 1)
    assert db.session.get_one(Account, member(only_school, "Алёна").account_id).login == "alena"
    assert member(only_school, "Ольга").closed_on == date(2026, 10, 5)
    assert counts(apply(reading({"changes.csv": text}), at=LATER)) == (0, 0, 0)


def test_a_set_of_two_schools_founds_them(app: Flask) -> None:
    orgs = ONEROSTER_11["orgs.csv"] + "school-10,,,Школа № 9010,school,9010,\n"
    users = ONEROSTER_11["users.csv"].replace("true,school-9,student,misha", "true,school-10,student,misha")
    users = users.replace("true,school-9,teacher", 'true,"school-9,school-10",teacher')
    classes = ONEROSTER_11["classes.csv"] + "class-5a,,,5 «А»,5,,,homeroom,,school-10,quarter-1,,,\n"
    enrolments = without("enrollments", "e-2", "e-4") + "e-6,,,class-5a,school-10,p-2,student,true,,\n"
    roster = reading(ONEROSTER_11, orgs=orgs, users=users, classes=classes, enrollments=enrolments)
    done = apply(roster)
    assert sorted(plan.school_name for plan in done.plans) == ["Школа № 9009", "Школа № 9010"]
    assert done.plans[0].by_kind(Verb.NEW)["school"] == 1
    nine, ten = db.session.scalars(select(School).order_by(School.external_id.desc())).all()
    assert {nine.external_id, ten.external_id} == {"school-9", "school-10"}
    assert everything(nine)["member"] == 3
    assert everything(ten)["member"] == 2
    assert member(nine, "Ольга").account_id == member(ten, "Ольга").account_id
    assert counts(apply(roster)) == (0, 0, 0)


def test_a_file_that_is_no_list_founds_no_school(app: Flask) -> None:
    preview = look(reading({"groups.csv": "groupname,description\nГруппа 1,\n"}))
    assert preview.plans == []
    assert len(preview.all_bad_rows) == 1


def test_a_set_without_a_school_needs_a_choice(make: Make) -> None:
    one, _two = make.school(), make.school()
    assert "choose one" in reasons(look(reading({"users.csv": MOODLE})).all_bad_rows)[0]
    assert look(reading({"users.csv": MOODLE}), one).count(Verb.NEW) > 5


def test_a_chosen_school_takes_its_own_part(only_school: School, make: Make) -> None:
    make.school(external_id="school-10")
    orgs = ONEROSTER_11["orgs.csv"] + "school-10,,,Школа № 9010,school,9010,\n"
    users = ONEROSTER_11["users.csv"].replace("true,school-9,student,misha", "true,school-10,student,misha")
    enrolments = without("enrollments", "e-2", "e-4")
    preview = look(reading(ONEROSTER_11, orgs=orgs, users=users, enrollments=enrolments), only_school)
    assert preview.plans[0].by_kind(Verb.NEW)["person"] == 3


class TestUndo:
    def last(self, *schools: School) -> list[object]:
        return find_last_batch(schools, "roster")  # type: ignore[return-value]

    def take_back(self, school: School) -> None:
        with unit_of_work():
            undo(SERVER, find_last_batch([school], "roster"))

    def test_the_last_import_is_taken_back(self, only_school: School) -> None:
        apply(reading(ONEROSTER_11))
        self.take_back(only_school)
        assert not any(everything(only_school).values())
        assert db.session.scalar(select(func.count()).select_from(Account)) == 0
        assert counts(apply(reading(ONEROSTER_11))) == (12, 0, 0)

    def test_only_what_it_changed(self, only_school: School) -> None:
        apply(reading(ONEROSTER_11))
        before = everything(only_school)
        users = without("users", "p-2").replace("Воробьёва,Игоревна", "Соколова,Игоревна")
        apply(reading(ONEROSTER_11, users=users, enrollments=without("enrollments", "e-2", "e-4")), at=LATER)
        self.take_back(only_school)
        assert everything(only_school) == before
        assert member(only_school, "Михаил").closed_on is None
        assert member(only_school, "Алёна").family_name == "Воробьёва"
        assert counts(look(reading(ONEROSTER_11), at=LATER)) == (0, 0, 0)

    def test_not_where_people_have_built_on_it(self, only_school: School, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[int, int]] = []

        def count(school_id: int, members: Collection[uuid.UUID], moment: datetime) -> int:
            asked.append((school_id, len(members)))
            return 3

        monkeypatch.setattr(hooks, "_counters", {})
        hooks.register_fact("marks", count)
        hooks.register_fact("answers", lambda *_: 0)
        apply(reading(ONEROSTER_11))
        before = everything(only_school)
        with pytest.raises(CannotUndo) as refusal:
            self.take_back(only_school)
        assert [(str(fact.name), fact.count) for fact in refusal.value.facts] == [("marks", 3)]
        assert asked == [(only_school.id, 4)]
        assert everything(only_school) == before

    def test_not_where_absences_have_been_noted(self, only_school: School, make: Make) -> None:
        apply(reading(ONEROSTER_11))
        pupil = member(only_school, "Алёна")
        make.year(only_school, starts_on=date(2026, 8, 1), ends_on=date(2026, 8, 30))
        course = make.course(make.school_class(only_school, 5, "А"))
        lesson = make.lesson(course)
        make.save(
            Absence(
                school_id=only_school.id,
                lesson_id=lesson.id,
                pupil_id=pupil.id,
                on_date=lesson.on_date,
                fact="absent",
                noted_at=LATER,
                noted_by=pupil.account_id,
            )
        )
        with pytest.raises(CannotUndo, match="absences: 1"):
            self.take_back(only_school)

    @pytest.mark.parametrize("fact", ["marks", "answers", "submitted work"])
    def test_what_the_features_above_count(self, only_school: School, make: Make, fact: str) -> None:
        """Facts of the imported pupil made since then count; older ones and those of others do not."""
        apply(reading(ONEROSTER_11))
        alyona = member(only_school, "Алёна")
        facts = Facts(make, only_school)
        facts.add(fact, alyona, AUTUMN - timedelta(days=1))
        facts.add(fact, make.pupil(only_school), LATER)
        (run,) = find_last_batch([only_school], "roster")
        assert hooks.facts_since(only_school.id, [uuid.UUID(one) for one in run.people], run.made_at) == []
        facts.add(fact, alyona, LATER)
        with pytest.raises(CannotUndo, match=f"{fact}: 1"):
            self.take_back(only_school)

    def test_only_the_last_and_only_once(self, only_school: School) -> None:
        apply(reading(ONEROSTER_11))
        (first,) = find_last_batch([only_school], "roster")
        users = ONEROSTER_11["users.csv"].replace("Зайцев", "Волков")
        apply(reading(ONEROSTER_11, users=users), at=LATER)
        with pytest.raises(CannotUndo, match="later import"), unit_of_work():
            undo(SERVER, [first])
        self.take_back(only_school)
        self.take_back(only_school)
        with pytest.raises(CannotUndo, match="no import"):
            self.take_back(only_school)
        with pytest.raises(CannotUndo, match="already"), unit_of_work():
            undo(SERVER, [first])

    def test_not_where_other_things_lean_on_its_rows(self, only_school: School, make: Make) -> None:
        with unit_of_work():
            apply_roster(SERVER, reading(ONEROSTER_11), "set.zip", only_school)
        course = db.session.scalars(select(Course).where(Course.school_id == only_school.id)).one()
        make.lesson(course)
        before = everything(only_school)
        with pytest.raises(CannotUndo, match="depends on what it created"):
            self.take_back(only_school)
        assert everything(only_school) == before

    def test_an_account_in_use_stays_without_a_place(self, only_school: School, make: Make, client: object) -> None:
        apply(reading(ONEROSTER_11))
        account = db.session.get_one(Account, member(only_school, "Алёна").account_id)
        with unit_of_work():
            db.session.add(Role(account_id=account.id, kind="analyst", from_on=date(2026, 9, 1)))
        self.take_back(only_school)
        db.session.refresh(account)
        assert account.closed_at is not None


@needs_rosters
@pytest.mark.parametrize(
    "path",
    [
        "oneroster-oat/data/samples/OneRosterv1p1BaseCSV",
        "oneroster-catalyst/csv_data/Test_full_data_set.zip",
        "oneroster-catalyst/csv_data/Test_minimal_data_set.zip",
        "moodle-csv/lib/tests/fixtures/upload_users.csv",
        "moodle-csv/lib/tests/fixtures/upload_users_category.csv",
        "moodle-csv",
        "kolibri-csv",
    ],
)
def test_a_real_set_goes_in_and_goes_in_again(app: Flask, path: str) -> None:
    roster = read_roster(Path(ROSTERS / path))
    preview = look(roster)
    done = apply(roster)
    assert done.as_json() == preview.as_json()
    assert done.count(Verb.NEW) >= 3
    assert counts(apply(roster)) == (0, 0, 0)
    assert counts(apply(roster, at=LATER)) == (0, 0, 0)
    with unit_of_work():
        undo(SERVER, find_last_batch(db.session.scalars(select(School)).all(), "roster"))
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0
