"""The draw, the days, the analysis against independent calculations, and what the guard-rails ring at."""

import csv
import io
import random
import uuid
from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from scipy import stats

from school.pilots import analysis
from school.pilots.analysis import Row, lowest_third, quantile, read
from school.pilots.drawing import Candidate, commitment, draw
from school.pilots.exporting import (
    CODEBOOK,
    HEAD,
    Known,
    Sheet,
    State,
    answers_sheet,
    as_csv,
    as_xlsx,
    key_sheet,
    pseudonym,
    pupils_sheet,
    state_of,
)
from school.pilots.guards import Alarm, ArmFacts, watch
from school.pilots.models import PilotPlace, Sitting
from school.pilots.queries.outcomes import Score, lowest_of, rows_of
from school.pilots.strata import strata_of
from school.pilots.times import Stage, Times, needed

ARMS = ("same", "half", "track")


def crowd(classes: int, size: int, chance: random.Random) -> list[Candidate]:
    found = []
    for n in range(classes):
        course = uuid.UUID(int=n + 1)
        for m in range(size):
            before = None if m == 0 else chance.random()
            found.append(Candidate(uuid.UUID(int=1000 * (n + 1) + m), course, before))
    return found


def test_arms_are_balanced_inside_classes_and_alike_before() -> None:
    pupils = crowd(4, 26, random.Random(3))
    drawn = draw(77, pupils, ARMS)
    assert {one.candidate.pupil_id for one in drawn} == {one.pupil_id for one in pupils}
    for course in {one.course_id for one in pupils}:
        counts = Counter(one.arm for one in drawn if one.candidate.course_id == course)
        assert max(counts.values()) - min(counts.values()) <= 1
    means = [
        np.mean([one.candidate.before for one in drawn if one.arm == arm and one.candidate.before]) for arm in ARMS
    ]
    assert max(means) - min(means) < 0.1  # .07 is the standard error without blocks
    blocks = Counter((one.candidate.course_id, one.block) for one in drawn)
    assert set(blocks.values()) <= {3, 2}


def test_the_draw_is_the_same_for_ever_and_another_for_another_seed() -> None:
    pupils = crowd(2, 25, random.Random(3))
    mixed = random.Random(1).sample(pupils, len(pupils))
    arms = {one.candidate.pupil_id: one.arm for one in draw(5, pupils, ARMS)}
    assert arms == {one.candidate.pupil_id: one.arm for one in draw(5, mixed, ARMS)}
    assert arms != {one.candidate.pupil_id: one.arm for one in draw(6, pupils, ARMS)}
    assert commitment(5) != commitment(6)


def test_everybody_has_the_same_chance_of_every_arm() -> None:
    pupils = crowd(1, 10, random.Random(9))
    counts = Counter(one.arm for seed in range(600) for one in draw(seed, pupils, ARMS) if one.candidate == pupils[4])
    assert min(counts.values()) > 160  # 200 expected, standard deviation 11.5


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 12, 1), Stage.CONSENT),
        (date(2026, 12, 2), Stage.PRE),
        (date(2026, 12, 6), Stage.PRE),
        (date(2026, 12, 7), Stage.PRACTICE),
        (date(2026, 12, 20), Stage.PRACTICE),
        (date(2026, 12, 21), Stage.POST),
        (date(2026, 12, 27), Stage.POST),
        (date(2026, 12, 28), Stage.WAITING),
        (date(2027, 1, 18), Stage.DELAYED),
        (date(2027, 1, 24), Stage.DELAYED),
        (date(2027, 1, 25), Stage.OVER),
    ],
)
def test_days_follow_from_three(day: date, stage: Stage) -> None:
    assert Times(date(2026, 12, 1), date(2026, 12, 7), 2).stage(day) is stage


def test_sets_are_spread_over_the_week_and_none_is_due_after_the_end() -> None:
    times = Times(date(2026, 12, 1), date(2026, 12, 7), 2)
    due = [times.rounds_due(date(2026, 12, 7) + timedelta(n), 2) for n in range(-1, 16)]
    assert due == [0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4]
    assert [times.rounds_due(date(2026, 12, 7) + timedelta(n), 5) for n in range(7)] == [1, 2, 3, 4, 5, 5, 5]


def test_the_number_of_pupils_is_that_of_the_protocol() -> None:
    assert (needed(0.1), needed(0.15), needed(0.3)) == (785, 349, 88)


def sample(
    chance: random.Random, effects: dict[str, float], classes: int = 5, size: int = 26, noise: float = 12
) -> list[Row]:
    pupils = crowd(classes, size, chance)
    level = {one.course_id: chance.gauss(0, 8) for one in pupils}
    made = []
    for one in draw(chance.randrange(10**6), pupils, list(effects)):
        before = one.candidate.before
        skill = 100 * before if before is not None else chance.uniform(0, 100)
        after = 20 + 0.5 * skill + level[one.candidate.course_id] + effects[one.arm] + chance.gauss(0, noise)
        missed = chance.random() < 0.05
        made.append(
            Row(
                str(one.candidate.course_id),
                one.arm,
                100 * before if before is not None else None,
                None if missed else after,
            )
        )
    return made


def test_the_analysis_equals_least_squares_with_a_column_for_every_class() -> None:
    rows = sample(random.Random(8), {"same": 0.0, "half": 6.0, "track": -3.0})
    found = read(rows, ARMS)
    there = [one for one in rows if one.after is not None]
    known = [one.before for one in there if one.before is not None]
    groups = sorted({one.group for one in there})
    x = np.array(
        [
            [
                one.arm == "half",
                one.arm == "track",
                one.before if one.before is not None else np.mean(known),
                one.before is None,
                *(one.group == group for group in groups),
            ]
            for one in there
        ],
        dtype=float,
    )
    y = np.array([one.after for one in there])
    beta, squares, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    free = len(y) - rank
    error = np.sqrt(squares[0] / free * np.diag(np.linalg.inv(x.T @ x)))
    for n, one in enumerate(found.differences):
        assert one.value == pytest.approx(beta[n], abs=1e-8)
        assert one.high - one.value == pytest.approx(stats.t.ppf(0.975, free) * error[n], rel=1e-4)
    assert [one.drawn for one in found.arms] == [sum(row.arm == arm for row in rows) for arm in ARMS]


@pytest.mark.parametrize("free", [6, 10, 20, 60, 700])
def test_quantiles_are_students(free: int) -> None:
    assert quantile(free) == pytest.approx(stats.t.ppf(0.975, free), rel=2e-3)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Simulated pupils with a known effect, through draw and analysis: 600 intervals, 95 % of them right."""
    chance, truth, held, sizes = random.Random(2026), {"same": 0.0, "half": 4.0, "track": -2.0}, [], []
    for _world in range(300):
        for one in read(sample(chance, truth, classes=3, size=27), ARMS).differences:
            held.append(one.low <= truth[one.arm] <= one.high)
            sizes.append(one.value - truth[one.arm])
    assert len(held) == 600
    assert 0.925 <= sum(held) / len(held) <= 0.975
    assert abs(float(np.mean(sizes))) < 0.6  # no bias: standard error of the mean is about .14


def test_no_effect_is_called_chance_nearly_always() -> None:
    chance, wrong = random.Random(4), 0
    for _world in range(200):
        (one,) = read(sample(chance, {"same": 0.0, "half": 0.0}, classes=3, size=24), ("same", "half")).differences
        wrong += not one.may_be_chance
    assert wrong <= 20


def test_little_is_told_of_few() -> None:
    rows = [Row("a", arm, 50.0, 60.0 + n) for arm in ("same", "half") for n in range(analysis.LEAST - 1)]
    found = read(rows, ("same", "half"))
    assert found.differences == ()
    assert found.few == ("half",)
    assert read(rows[:4] + rows[-4:], ("same", "half")).arms[0].mean is None


def test_the_lowest_third_is_that_of_each_class() -> None:
    rows = [Row(group, "same", float(n + extra), 1.0) for group, extra in (("a", 0), ("b", 50)) for n in range(9)]
    assert sorted(one.before or 0 for one in lowest_third(rows)) == [0, 1, 2, 50, 51, 52]


def facts(arm: str, **more: Any) -> ArmFacts:
    usual = {
        "pupils": 20,
        "given": 240,
        "sets": 40,
        "done": 200,
        "minutes": 30.0,
        "answers": 200,
        "hard": 10,
        "marks": tuple([4.0, 3.8] * 10),
    }
    return ArmFacts(arm, **{**usual, **more})


@pytest.mark.parametrize(
    ("more", "rings"),
    [
        ({}, set()),
        ({"minutes": 37.0}, set()),
        ({"minutes": 38.0}, {Alarm.TIME}),
        ({"lost": 3}, set()),
        ({"lost": 4}, {Alarm.LOST}),
        ({"done": 160}, {Alarm.UNDONE}),
        ({"given": 238}, {Alarm.UNEQUAL}),
        ({"hard": 21}, {Alarm.HARD}),
        ({"hard": 21, "answers": 40}, set()),
        ({"marks": tuple([3.5, 3.3] * 10)}, {Alarm.MARKS}),
        ({"marks": tuple([3.5, 3.3] * 3)}, set()),
        ({"pupils": 5, "given": 60, "sets": 10, "minutes": 90.0}, set()),
        ({"lost": 2, "given": 228, "sets": 38, "done": 190}, set()),
    ],
)
def test_what_rings(more: dict[str, Any], rings: set[Alarm]) -> None:
    assert {one.alarm for one in watch([facts("same"), facts("half", **more)], 25, 15)} == rings


def test_short_work_that_takes_longer_burdens_nobody() -> None:
    assert not watch([facts("same", minutes=5.0), facts("half", minutes=14.0)], 25, 15)


def test_harm_and_leaks_ring() -> None:
    found = watch([facts("same"), facts("half")], 25, 15, harm=["half"], leaks=2)
    assert [(one.alarm, one.arm) for one in found] == [(Alarm.LEAK, ""), (Alarm.HARM, "half")]


def place(n: int, arm: str, course: int, **more: Any) -> PilotPlace:
    return PilotPlace(
        pupil_id=uuid.UUID(int=n), course_id=uuid.UUID(int=course), arm=arm, block=n // 2, before=0.5, **more
    )


def known(places: list[PilotPlace], scores: dict[Any, Score], **more: Any) -> Known:
    usual = {"secret": "secret", "places": places, "scores": scores, "digest": "f" * 64}
    return Known(**{**usual, **more})


def test_rows_have_no_names_and_small_classes_stand_together() -> None:
    places = [place(n, ("same", "half")[n % 2], 901) for n in range(12)]
    places += [place(100 + n, ("same", "half")[n % 2], 902) for n in range(8)]  # four in each arm
    places += [place(200 + n, ("same", "half")[n % 2], 903) for n in range(6)]
    places[0].left_at = object()  # type: ignore[assignment]
    scores = {(one.pupil_id, Sitting.PRE.value): Score(0.5, 12.34, 2, [(uuid.UUID(int=7), True)]) for one in places}
    sheet = pupils_sheet(known(places, scores))
    at = {name: n for n, name in enumerate(sheet.head)}
    assert sorted(Counter(row[at["class"]] for row in sheet.rows).values()) == [12, 14]
    joined = [row for row in sheet.rows if row[at["block"]] is None]
    assert len(joined) == 14
    left = next(row for row in sheet.rows if row[0] == pseudonym("secret", places[0].pupil_id))
    assert (left[at["left"]], left[at["pre_state"]], left[at["pre_share"]], left[at["tasks_done"]]) == (
        1,
        "left",
        None,
        None,
    )
    answers = answers_sheet(known(places, scores))
    assert len(answers.rows) == 25
    assert answers.rows[0][2] == "pre-001"
    everything = str(sheet.rows) + str(answers.rows)
    assert not any(str(one.pupil_id) in everything or str(one.course_id) in everything for one in places)
    assert pseudonym("secret", places[0].pupil_id) != pseudonym("another", places[0].pupil_id)
    assert key_sheet("secret", {places[1].pupil_id: "=Иванов"}).rows[0][1] == "'=Иванов"


def test_one_small_class_is_joined_with_the_last_large_one() -> None:
    places = [place(n, ("same", "half")[n % 2], 901) for n in range(12)]
    places += [place(100 + n, ("same", "half")[n % 2], 902) for n in range(8)]
    assert set(strata_of(places).values()) == {uuid.UUID(int=901)}
    assert set(strata_of(places[12:]).values()) == {uuid.UUID(int=902)}


def test_a_missing_result_says_exactly_why() -> None:
    """Seven words, each of them explained by the codebook, and no other."""
    one, late, gone = place(1, "same", 901), place(2, "same", 901), place(3, "half", 901)
    late.before, gone.left_at = None, object()  # type: ignore[assignment]
    sat = {(late.pupil_id, "pre"): Score(0.5, 3.0), (one.pupil_id, "post"): Score(0.5, 3.0)}
    about = known([one, late, gone], sat, told=(Sitting.PRE, Sitting.POST), begun={(late.pupil_id, "post")})
    assert state_of(about, one, Sitting.PRE) == "absent"
    assert state_of(about, one, Sitting.POST) == "sat"
    assert state_of(about, one, Sitting.DELAYED) == "later"
    assert state_of(about, late, Sitting.PRE) == "late"
    assert state_of(about, late, Sitting.POST) == "begun"
    assert state_of(about, gone, Sitting.POST) == "left"
    assert state_of(known([one], {}, off=(Sitting.POST,)), one, Sitting.POST) == "off"
    told = {field for field, _meaning in CODEBOOK}
    assert {f"*_state = {one.value}" for one in State} <= told
    assert {"tasks_given", "tasks_done", "practice_minutes", "own_answers", "lowest", "protocol", "left"} <= told
    rows = {row[0]: dict(zip(HEAD, row, strict=True)) for row in pupils_sheet(about).rows}
    row = rows[pseudonym("secret", late.pupil_id)]
    assert (row["pre_state"], row["pre_share"], row["pre_topics"], row["lowest"]) == ("late", None, None, None)


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_the_page_can_be_counted_again_from_the_file_alone(as_file: str) -> None:
    """A file is opened by another program, and gives the same effects and intervals as the page, small classes and all."""
    chance, places, scores = random.Random(12), [], {}
    sizes = {901: 26, 902: 14, 903: 8, 904: 6, 905: 25}
    for course, size in sizes.items():
        for n, one in enumerate(
            draw(
                5,
                [Candidate(uuid.UUID(int=course * 100 + m), uuid.UUID(int=course), None) for m in range(size)],
                ("same", "half"),
            )
        ):
            at = PilotPlace(
                pupil_id=one.candidate.pupil_id,
                course_id=one.candidate.course_id,
                arm=one.arm,
                block=one.block,
                before=None,
            )
            places.append(at)
            if n % 9:
                at.before = chance.randrange(9) / 8
                scores[at.pupil_id, "pre"] = Score(at.before, 12.0, 2)
            if n % 11 == 3:
                at.left_at = object()  # type: ignore[assignment]
            if n % 7 != 2:
                share = min(
                    1.0, max(0.0, 0.3 + 0.4 * (at.before or 0.5) + 0.05 * (one.arm == "half") + chance.gauss(0, 0.15))
                )
                scores[at.pupil_id, "delayed"] = Score(share, 14.0, chance.randrange(4))
    arms = ("same", "half")
    sheet = pupils_sheet(known(places, scores, lowest=lowest_of(places)))
    table = opened(as_file, sheet)
    for what, low in (("share", False), ("topics", False), ("share", True)):
        rows = rows_of(places, scores, Sitting.DELAYED, of_shares=what == "share")
        if low:
            rows = [row for one, row in zip(places, rows, strict=True) if one.pupil_id in lowest_of(places)]
        (page,) = read(rows, arms, least=5).differences
        told = [one for one in table if one["delayed_state"] == "sat" and (not low or one["lowest"] == "1")]
        assert len(told) == page.n + page.n_first
        y = np.array([float(one[f"delayed_{what}"]) * (100 if what == "share" else 1) for one in told])
        groups = sorted({one["class"] for one in told})
        columns = [
            [
                one["arm"] == "half",
                100 * float(one["pre_share"] or 0.5),
                one["pre_share"] == "",
                *(one["class"] == group for group in groups),
            ]
            for one in told
        ]
        x = np.array(columns, dtype=float)
        x = x[:, np.abs(x).sum(axis=0) > 0]
        beta, squares, rank, _ = np.linalg.lstsq(x, y, rcond=None)
        error = np.sqrt(squares[0] / (len(y) - rank) * np.linalg.inv(x.T @ x)[0, 0])
        assert beta[0] == pytest.approx(page.value, abs=1e-3)
        assert stats.t.ppf(0.975, len(y) - rank) * error == pytest.approx(page.high - page.value, rel=1e-3)


def opened(as_file: str, sheet: Sheet) -> list[dict[str, str]]:
    """The rows as a stranger's program reads them."""
    if as_file == "csv":
        return list(csv.DictReader(io.StringIO(as_csv(sheet).decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(as_xlsx({"pupils": sheet})))
    head, *rows = book["pupils"].iter_rows(values_only=True)
    return [dict(zip(map(str, head), ("" if cell is None else str(cell) for cell in row), strict=True)) for row in rows]
