from datetime import date

import pytest

from school.roster.formats import Roster, read_files
from school.roster.formats.records import Mode, Role, UnreadableError
from school.roster.formats.references import with_references
from tests.school.roster.formats.sets import ONEROSTER_10, ONEROSTER_11, ONEROSTER_12, as_bytes


def read(texts: dict[str, str], **changed: str) -> Roster:
    """The set with some files replaced (``users=…``); an empty text leaves the file out."""
    whole = {**texts, **{f"{name}.csv": text for name, text in changed.items()}}
    return read_files(as_bytes({name: text for name, text in whole.items() if text}))


def refusals(roster: Roster) -> list[tuple[str, int, str]]:
    return [(row.place.file, row.place.line, str(row.reason)) for row in roster.bad_rows]


def notes(roster: Roster) -> str:
    return "\n".join(f"{note.place.file}:{note.place.line} {note.text}" for note in roster.notes)


def with_row(name: str, row: str) -> str:
    return ONEROSTER_11[f"{name}.csv"] + row + "\n"


def test_the_whole_of_version_1_1() -> None:
    roster = read(ONEROSTER_11)
    assert refusals(roster) == []
    assert roster.notes == ()
    assert (roster.source.key, roster.source.version) == ("oneroster:teachers-room", "1.1")
    assert roster.orgs[0].name == "Школа № 9009"
    assert [session.starts_on for session in roster.sessions] == [date(2026, 9, 1)] * 2
    homeroom, algebra = roster.groups
    assert (homeroom.is_homeroom, homeroom.year_levels, algebra.is_homeroom) == (True, (7,), False)
    assert algebra.subjects == ("Алгебра",)
    alyona = next(person for person in roster.people if person.id == "p-1")
    assert alyona.full_name == "Воробьёва Алёна Игоревна"
    assert alyona.born_on == date(2013, 4, 17)
    assert alyona.roles[0].role is Role.PUPIL
    assert [(link.adult_id, link.pupil_id) for link in roster.links] == [("m-1", "p-1")]
    assert [one.role for one in roster.enrolments].count(Role.TEACHER) == 1
    assert all(roster.mode(kind) is Mode.BULK for kind in ("orgs", "groups", "people", "enrolments", "links"))


def test_version_1_0_has_no_manifest_and_other_column_names() -> None:
    roster = read(ONEROSTER_10)
    assert refusals(roster) == []
    assert roster.source.version == "1.0"
    assert "no manifest" in notes(roster)
    assert roster.groups[0].year_levels == (7,)
    assert roster.groups[0].session_ids == ("term-1",)
    assert [(link.adult_id, link.pupil_id) for link in roster.links] == [("m-1", "p-1")]
    assert roster.mode("people") is Mode.BULK


def test_version_1_2_takes_roles_from_their_own_file() -> None:
    roster = read(ONEROSTER_12)
    assert refusals(roster) == []
    by_id = {person.id: person for person in roster.people}
    assert [fact.role for fact in by_id["t-1"].roles] == [Role.TEACHER, Role.PARENT], "the primary role comes first"
    assert by_id["t-1"].roles[0].starts_on == date(2026, 9, 1)
    assert [fact.role for fact in by_id["m-1"].roles] == [Role.PARENT], "a closed role gives nothing"
    assert len(roster.links) == 1
    assert "userProfiles.csv:0 This file is not part of a roster" in notes(roster)
    assert "Secret1" not in repr(roster)


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("users", ",,,true,school-9,student,x,,Пётр,Орлов,,,,,,,7,", "sourcedId is empty."),
        ("users", "p-1,,,true,school-9,student,x,,Пётр,Орлов,,,,,,,7,", "sourcedId “p-1” is already on line 3."),
        ("users", "p-9,,,true,school-9,wizard,x,,Пётр,Орлов,,,,,,,7,", "“wizard” is not a OneRoster role."),
        ("users", "p-9,,,true,school-9,,x,,Пётр,Орлов,,,,,,,7,", "The role is empty."),
        ("users", "p-9,,,true,school-9,student,x,,,,,,,,,,7,", "neither a given name nor a family name"),
        ("users", "p-9,asleep,,true,school-9,student,x,,Пётр,Орлов,,,,,,,7,", "Unknown status “asleep”."),
        (
            "users",
            "p-9,,,true,school-9,student,x,,Пётр,Орлов,,,,,,,7,,oops",
            "The row has 19 cells, the header has 18.",
        ),
        ("users", 'p-9,,,true,school-9,student,x,,"Пётр,Орлов', "opens on this line and is never closed"),
        ("users", "p-9,,,true,school-9,student,x,,\ufffdётр,Орлов,,,,,,,7,", "letters can't be read"),
        ("enrollments", "e-9,,,class-7b,school-9,p-1,student,,1/05/2023,", "could be 2023-05-01 or 2023-01-05"),
        ("enrollments", "e-9,,,class-7b,school-9,p-1,student,,2026-02-30,", "no such date"),
        ("enrollments", "e-9,,,class-7b,school-9,p-1,student,,soon,", "is not a date"),
        ("enrollments", "e-9,,,class-7b,school-9,p-1,student,,2026-10-01,2026-09-01", "ends (2026-09-01) before"),
        ("enrollments", "e-9,,,,school-9,p-1,student,,,", "classSourcedId is empty."),
        ("enrollments", "e-9,,,class-7b,school-9,,student,,,", "userSourcedId is empty."),
        ("classes", "c-9,,,,7,,,homeroom,,school-9,quarter-1,,,", "title is empty."),
        ("demographics", "p-2,,,в апреле,male", "birthDate: “в апреле” is not a date"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_reason(name: str, row: str, reason: str) -> None:
    before = read(ONEROSTER_11)
    roster = read(ONEROSTER_11, **{name: with_row(name, row)})
    (found,) = roster.bad_rows
    assert found.place.file == f"{name}.csv"
    assert found.place.line == len(ONEROSTER_11[f"{name}.csv"].splitlines()) + 1
    assert reason in str(found.reason)
    assert len(roster.people) == len(before.people)
    assert len(roster.enrolments) == len(before.enrolments)


@pytest.mark.parametrize("status", ["tobedeleted", "inactive", "ToBeDeleted"])
def test_a_closed_row_needs_only_its_id(status: str) -> None:
    roster = read(ONEROSTER_11, users=with_row("users", f"p-7,{status},,,,,,,,,,,,,,,,"))
    gone = next(person for person in roster.people if person.id == "p-7")
    assert refusals(roster) == []
    assert not gone.is_open
    assert gone.roles == ()


def test_odd_stamps_of_the_last_change_decide_nothing() -> None:
    users = ONEROSTER_11["users.csv"].replace("p-1,,,", 'p-1,active,"2017-05-06 08:01:05",')
    users = users.replace("p-2,,,", "p-2,active,1/05/2023,").replace("m-1,,,", "m-1,active,2023-05-01T18:25:43.511Z,")
    roster = read(ONEROSTER_11, users=users)
    assert len(roster.people) == 4
    assert notes(roster) == "users.csv:4 dateLastModified is not a clear date and is ignored."


def test_a_slashed_day_is_read_when_the_file_shows_its_order() -> None:
    text = ONEROSTER_11["enrollments.csv"].replace("2026-09-01,2027-05-31", "1/09/2026,31/05/2027")
    roster = read(ONEROSTER_11, enrollments=text)
    assert (roster.enrolments[0].starts_on, roster.enrolments[0].ends_on) == (date(2026, 9, 1), date(2027, 5, 31))


def test_misspelt_headers_are_read_and_told() -> None:
    users = ONEROSTER_11["users.csv"].replace("givenName", "givenname").replace("familyName", "Family Name")
    users = users.replace("agentSourcedIds", "agentSorcedIds").replace("sourcedId,", "\ufeffsourcedID,", 1)
    classes = ONEROSTER_11["classes.csv"].replace("schoolSourcedId", "schoolSourceId")
    roster = read(ONEROSTER_11, users=users, classes=classes)
    assert refusals(roster) == []
    assert roster.people[1].full_name == "Воробьёва Алёна Игоревна"
    assert roster.people[1].agent_ids == ("m-1",)
    assert roster.groups[0].org_id == "school-9"
    assert "users.csv:1 The column “agentSorcedIds” is read as “agentSourcedIds”." in notes(roster)


def test_a_column_that_is_not_ours_is_not_taken_for_one() -> None:
    users = ONEROSTER_11["users.csv"].replace("phone,", "metadata.phone,").replace("userIds", "ext_username2")
    roster = read(ONEROSTER_11, users=users)
    assert refusals(roster) == []
    assert {person.phone for person in roster.people} == {""}


def test_a_missing_needed_column_stops_the_file() -> None:
    roster = read(ONEROSTER_11, enrollments=ONEROSTER_11["enrollments.csv"].replace("userSourcedId", "who"))
    assert refusals(roster) == [("enrollments.csv", 1, "There is no column userSourcedId, so no row can be read.")]
    assert len(roster.people) == 4


def test_a_promised_file_that_is_missing_is_a_bad_row() -> None:
    roster = read(ONEROSTER_11, courses="")
    assert refusals(roster) == [("courses.csv", 0, "The manifest (line 6) lists this file as bulk, but it is missing.")]
    assert roster.mode("courses") is Mode.ABSENT


def test_an_unpromised_missing_file_is_told() -> None:
    roster = read(ONEROSTER_10, courses="")
    assert refusals(roster) == []
    assert "courses.csv:0 This file is missing" in notes(roster)


@pytest.mark.parametrize("word", ["absent", "", "all of it"])
def test_a_file_the_manifest_does_not_own_closes_nothing(word: str) -> None:
    manifest = ONEROSTER_11["manifest.csv"].replace("file.users,bulk", f"file.users,{word}")
    roster = read(ONEROSTER_11, manifest=manifest)
    assert roster.mode("people") is Mode.DELTA
    assert len(roster.people) == 4
    assert "it is read and ends nothing" in notes(roster)


def test_delta_is_kept() -> None:
    manifest = ONEROSTER_11["manifest.csv"].replace("file.enrollments,bulk", "file.enrollments,Delta")
    assert read(ONEROSTER_11, manifest=manifest).mode("enrolments") is Mode.DELTA


def test_the_same_table_twice_is_refused_as_a_whole() -> None:
    texts = {**ONEROSTER_11, "old/users.csv": ONEROSTER_11["users.csv"]}
    with pytest.raises(UnreadableError) as problem:
        read(texts)
    assert problem.value.bad_row.place.file == "users.csv"
    assert "twice" in str(problem.value.bad_row.reason)


def test_rights_of_administrators_are_not_given_by_a_file() -> None:
    roster = read(ONEROSTER_11, users=with_row("users", "a-1,,,true,school-9,administrator,adm,,Лев,Титов,,,,,,,,"))
    assert roster.people[-1].roles[0].role is Role.STAFF
    assert "given by hand" in notes(roster)


def test_a_teacher_named_as_agent_is_no_guardian() -> None:
    users = ONEROSTER_11["users.csv"].replace("p-2,,,true,school-9,student,misha,,Михаил,Зайцев,,,,,,,7,",
                                              "p-2,,,true,school-9,student,misha,,Михаил,Зайцев,,,,,,t-1,7,")  # fmt: skip
    assert [link.pupil_id for link in read(ONEROSTER_11, users=users).links] == ["p-1"]


def test_passwords_are_never_read() -> None:
    users = ONEROSTER_11["users.csv"].replace("m-1,7,", "m-1,7,Passw0rd-of-Alyona")
    roster = read(ONEROSTER_11, users=users)
    assert "Passw0rd" not in repr(roster)
    assert "Passwords in the file are ignored" in notes(roster)


def test_references_that_lead_nowhere() -> None:
    enrolments = with_row(
        "enrollments", "e-8,,,class-8a,school-9,p-1,student,,,\ne-9,,,class-7b,school-9,p-9,student,,,"
    )
    roster = with_references(read(ONEROSTER_11, enrollments=enrolments, courses="", manifest=""))
    assert [(line, reason.split(",")[0]) for _, line, reason in refusals(roster)] == [
        (7, "There is no class “class-8a”"),
        (8, "There is no person “p-9”"),
    ]
    assert "Its course is not in the files." in notes(roster)


def test_a_file_of_changes_may_lean_on_what_came_before() -> None:
    manifest = ONEROSTER_11["manifest.csv"].replace("file.users,bulk", "file.users,delta")
    enrolments = with_row("enrollments", "e-9,,,class-7b,school-9,p-9,student,,,")
    known = {"people": {"p-9"}, "groups": {"class-8a"}}
    roster = read(ONEROSTER_11, enrollments=enrolments, manifest=manifest)
    assert with_references(roster, known).bad_rows == ()
    assert len(with_references(roster).bad_rows) == 1
    in_bulk = read(ONEROSTER_11, enrollments=enrolments)
    assert len(with_references(in_bulk, known).bad_rows) == 1, "a complete file leans on nothing"


def test_an_enrolment_in_a_closed_class_is_closed() -> None:
    classes = ONEROSTER_11["classes.csv"].replace("alg-7b,,", "alg-7b,tobedeleted,")
    roster = with_references(read(ONEROSTER_11, classes=classes))
    assert {one.id for one in roster.enrolments if not one.is_open} == {"e-3", "e-4", "e-5"}
