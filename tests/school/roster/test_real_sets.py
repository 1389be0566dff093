from pathlib import Path

import pytest

from school.roster.formats import read_roster
from school.roster.formats.references import with_references
from school.roster.timetable import clashes, read_timetable
from tests.school.roster.real_sets import ROSTERS, WEEK, needs_rosters, needs_week, week_as_csv


@needs_rosters
@pytest.mark.parametrize(
    ("path", "people", "groups", "enrolments", "bad_rows"),
    [
        ("oneroster-oat/data/samples/OneRosterv1p1BaseCSV", 2, 3, 3, 0),
        ("oneroster-catalyst/csv_data/Test_full_data_set.zip", 6, 2, 6, 0),
        ("oneroster-catalyst/csv_data/Test_minimal_data_set.zip", 6, 2, 6, 0),
        ("moodle-csv/lib/tests/fixtures/upload_users.csv", 2, 2, 2, 0),
        ("moodle-csv/lib/tests/fixtures/upload_users_category.csv", 8, 3, 8, 0),
        ("moodle-csv", 8, 5, 10, 5),
        ("kolibri-csv", 496, 0, 0, 4),
    ],
)
def test_a_real_set_is_read(path: str, people: int, groups: int, enrolments: int, bad_rows: int) -> None:
    roster = with_references(read_roster(Path(ROSTERS / path)))
    counts = (len(roster.people), len(roster.groups), len(roster.enrolments), len(roster.bad_rows))
    assert counts == (people, groups, enrolments, bad_rows)


@needs_week
def test_a_real_week_shows_its_clashes() -> None:
    timetable = read_timetable("week.csv", week_as_csv())
    assert timetable.bad_rows == ()
    assert len({row.classes for row in timetable.rows}) == 18
    assert clashes(timetable.rows)
    as_it_is = read_timetable("week.json", WEEK.read_bytes())
    assert len(as_it_is.rows) == len(timetable.rows)
    assert len(clashes(as_it_is.rows)) == len(clashes(timetable.rows))
