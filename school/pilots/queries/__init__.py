"""Reading pilots: the protocol, people, tests, what happened, what came of it."""

from school.pilots.queries.facts import answered_outside, facts_of, leaks_of, twins
from school.pilots.queries.outcomes import harmed_of, lowest_of, results_of, rows_of, sat_of, scores_of
from school.pilots.queries.people import consents_of, own_pilot, own_test, pilots_of_pupil, waiting_in
from school.pilots.queries.pilots import (
    alert_of,
    alerts_of,
    amendments_of,
    choosable_courses,
    course_in,
    courses_of,
    entries_of,
    exports_of,
    get_pilot,
    names_of,
    pilots_of,
    places_of,
    rounds_of,
    seen_pilot,
    tests_of,
    titles_of,
)
from school.pilots.queries.pool import PoolUnit, held_units, own_pool, own_unit, strange_of
from school.pilots.queries.shared import all_shared, get_shared, open_shared, pool_of
from school.pilots.queries.work import begun_of, work_of
from school.pilots.times import Times

__all__ = [
    "PoolUnit",
    "Times",
    "alert_of",
    "alerts_of",
    "all_shared",
    "amendments_of",
    "answered_outside",
    "begun_of",
    "choosable_courses",
    "consents_of",
    "course_in",
    "courses_of",
    "entries_of",
    "exports_of",
    "facts_of",
    "get_pilot",
    "get_shared",
    "harmed_of",
    "held_units",
    "leaks_of",
    "lowest_of",
    "names_of",
    "open_shared",
    "own_pilot",
    "own_pool",
    "own_test",
    "own_unit",
    "pilots_of",
    "pilots_of_pupil",
    "places_of",
    "pool_of",
    "results_of",
    "rounds_of",
    "rows_of",
    "sat_of",
    "scores_of",
    "seen_pilot",
    "strange_of",
    "tests_of",
    "titles_of",
    "twins",
    "waiting_in",
    "work_of",
]
