"""The arithmetic of marks: examples from the acts of schools, and what must hold for any marks."""

import json
import shutil
import subprocess
from fractions import Fraction
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.gradebook.scale import (
    Caution,
    Rules,
    Score,
    Way,
    apportion,
    contributions,
    hundredths,
    least_marks,
    outcome_of,
    outcomes,
    propose,
    rounded,
    ways_to,
    weighted_mean,
)

ROOT = Path(__file__).parents[3]
RULES = Rules()


def scores(text: str) -> list[Score]:
    """«5*3 4 3!2»: marks with weights; ``!`` before the weight of a control work."""
    made = []
    for word in text.split():
        value, _, weight = word.replace("!", "*!").partition("*")
        made.append(Score(int(value), int(weight.strip("!") or 1) if weight else 1, "!" in word))
    return made


MEANS = [
    ("5*3 5*1 4*5", 444),  # 40/9; the stored page says 4.33 and is wrong
    ("5", 500),
    ("2", 200),
    ("5 4", 450),
    ("5 5 4", 467),
    ("5 4 4", 433),
    ("3 4 5", 400),
    ("2 5", 350),
    ("4*3 3", 375),
    ("3*3 5*1 5*1", 380),
    ("2*3 5 5 5", 350),
    ("5*2 4*2 3*2", 400),
    ("4 4 5 5 4 4 5", 443),
    ("4 5 5 4 5 5 4 5", 463),
    ("3 3 3 4 3 4", 333),
    ("4 4 4 4 4 4 4 3", 388),  # 3.875 rounds half up
    ("5 5 5 4 4 4 4 4", 438),  # 4.375
    ("", None),
]


@pytest.mark.parametrize(("marks", "mean"), MEANS)
def test_the_weighted_mean(marks: str, mean: int | None) -> None:
    exact = weighted_mean(scores(marks))
    assert (rounded(exact) if exact is not None else None) == mean


OUTCOMES = [
    (500, (5,)),
    (460, (5,)),
    (459, (5, 4)),
    (450, (5, 4)),
    (449, (4,)),
    (400, (4,)),
    (360, (4,)),
    (359, (4, 3)),
    (350, (4, 3)),
    (349, (3,)),
    (260, (3,)),
    (259, (3, 2)),
    (250, (3, 2)),
    (249, (2,)),
    (200, (2,)),
]


@pytest.mark.parametrize(("mean", "allowed"), OUTCOMES)
def test_what_a_mean_allows(mean: int, allowed: tuple[int, ...]) -> None:
    assert outcomes(mean, RULES) == allowed


def test_thresholds_belong_to_the_act() -> None:
    strict = Rules(sure_from={5: 465, 4: 365, 3: 265}, possible_from={5: 465, 4: 365, 3: 265})
    assert [outcomes(mean, strict) for mean in (465, 464, 365, 364, 265, 264)] == [(5,), (4,), (4,), (3,), (3,), (2,)]


B, C, F, M, N = Caution.BORDERLINE, Caution.CONTROL, Caution.TOO_FEW, Caution.MISSED, Caution.NO_MARKS
PROPOSALS = [
    # marks, least, lessons, missed -> choices, code, cautions
    ("5 5 5", 3, 10, 0, (5,), None, ()),
    ("4 4 4 5", 3, 10, 0, (4,), None, ()),
    ("5 4", 2, 10, 0, (5, 4), None, (B,)),
    ("5 4", 3, 10, 0, (5, 4), None, (F, B)),
    ("5 5 5 5 5 3!1", 3, 10, 0, (4,), None, (C,)),
    ("5 5 5 5 5 5 5 2!1", 3, 10, 0, (4,), None, (C,)),
    ("5 5 5 4!3", 3, 10, 0, (5, 4), None, (B,)),
    ("5 5 5 5 4!1", 3, 10, 0, (5,), None, ()),
    ("5 5 5 5 4!3 3!1", 3, 10, 0, (4,), None, ()),
    ("4 4 4 3!3", 3, 10, 0, (4, 3), None, (B,)),
    ("2 2 2 3", 3, 10, 0, (2,), None, ()),
    ("5 5 5", 3, 10, 5, (5,), None, ()),
    ("5 5 5", 3, 10, 6, (5,), None, (M,)),
    ("5 5", 3, 10, 6, (5,), "н/а", (M, F)),
    ("", 3, 10, 6, (), "н/а", (M, N)),
    ("", 3, 10, 5, (), None, (N,)),
    ("", 3, 0, 0, (), None, (N,)),
    ("3", 1, 2, 1, (3,), None, ()),
]


@pytest.mark.parametrize(("marks", "least", "lessons", "missed", "choices", "code", "cautions"), PROPOSALS)
def test_the_proposal_of_a_term(
    marks: str,
    least: int,
    lessons: int,
    missed: int,
    choices: tuple[int, ...],
    code: str | None,
    cautions: tuple[Caution, ...],
) -> None:
    made = propose(scores(marks), RULES, least=least, lessons=lessons, missed=missed)
    assert (made.choices, made.code, made.cautions) == (choices, code, cautions)


@pytest.mark.parametrize(
    ("marks", "value", "code", "agrees"),
    [
        ("5 4", 5, None, True),
        ("5 4", 4, None, True),
        ("5 4", 3, None, False),
        ("5 5", 4, None, False),
        ("5 5", None, "осв", False),
    ],
)
def test_a_reason_is_needed_only_outside_the_proposal(
    marks: str, value: int | None, code: str | None, agrees: bool
) -> None:
    assert propose(scores(marks), RULES).agrees(value, code) is agrees


def test_not_attested_agrees_with_itself_only() -> None:
    made = propose([], RULES, lessons=10, missed=9)
    assert made.value is None
    assert made.agrees(None, "н/а")
    assert not made.agrees(3, None)


@pytest.mark.parametrize(
    ("hours", "half_year", "least"),
    [(1, False, 3), (1, True, 5), (2, False, 5), (3, False, 5), (5, False, 7), (0, False, 3)],
)
def test_the_least_number_of_marks(hours: int, half_year: bool, least: int) -> None:
    assert least_marks(RULES, hours, half_year=half_year) == least


@pytest.mark.parametrize(
    ("counts", "figures"),
    [
        ({5: 5, 4: 10, 3: 10}, (100, 60, 60)),
        ({5: 1, 4: 1, 3: 1, 2: 1, "н/а": 1}, (60, 40, 45)),
        ({2: 4}, (0, 0, 16)),
        ({}, (None, None, None)),
    ],
)
def test_success_quality_and_learnedness(
    counts: dict[int | str, int], figures: tuple[int | None, int | None, int | None]
) -> None:
    made = outcome_of(counts)
    assert (made.success, made.quality, made.learnedness) == figures


@pytest.mark.parametrize(
    ("marks", "target", "first"),
    [
        ("4 4 4", 5, Way(2, 5, 3)),  # one five of weight 3 makes only 4.50
        ("5 5 4", 5, None),
        ("3 4", 4, Way(1, 4, 1)),
        ("", 5, Way(1, 5, 1)),
    ],
)
def test_the_shortest_way(marks: str, target: int, first: Way | None) -> None:
    found = ways_to(target, scores(marks), [1, 2, 3], RULES)
    assert (found[0] if found else None) == first


def test_rules_survive_the_act() -> None:
    own = Rules(sure_from={5: 465, 4: 365, 3: 265}, edit_days=7)
    assert Rules.from_data(json.loads(json.dumps(own.to_data()))) == own
    assert Rules.from_data({}) == RULES


any_score = st.builds(Score, st.integers(2, 5), st.integers(1, 5), st.booleans())
any_scores = st.lists(any_score, max_size=40)


@given(any_scores)
def test_shares_sum_to_the_mean_exactly(marks: list[Score]) -> None:
    assert sum(contributions(marks), Fraction(0)) == (weighted_mean(marks) or 0)


@given(any_scores)
def test_shown_shares_sum_to_the_shown_mean(marks: list[Score]) -> None:
    mean = weighted_mean(marks)
    total = rounded(mean) if mean is not None else 0
    shown = apportion(contributions(marks), total)
    assert sum(shown) == total
    assert all(
        abs(share - 100 * part) < 1 + Fraction(1, 2) for share, part in zip(shown, contributions(marks), strict=True)
    )


@given(any_scores)
def test_a_mean_lies_between_its_marks(marks: list[Score]) -> None:
    mean = weighted_mean(marks)
    assert (mean is None) == (not marks)
    if mean is not None:
        assert min(one.value for one in marks) <= mean <= max(one.value for one in marks)
        value_sum = sum(one.value * one.weight for one in marks)
        assert rounded(mean) == hundredths(value_sum, sum(one.weight for one in marks))


@given(any_scores, any_score)
def test_a_better_mark_never_lowers_the_proposal(marks: list[Score], one: Score) -> None:
    low = propose([*marks, Score(one.value, one.weight)], RULES)
    high = propose([*marks, Score(5, one.weight)], RULES)
    assert max(high.choices) >= max(low.choices)


@settings(max_examples=60)
@given(st.lists(any_score, max_size=6), st.sampled_from([5, 4, 3]), st.sets(st.integers(1, 3), min_size=1))
def test_the_shortest_way_is_shortest_by_brute_force(marks: list[Score], target: int, weights: set[int]) -> None:
    found = ways_to(target, marks, weights, RULES, most=3)
    goal = RULES.sure_from[target]
    kinds = [Score(value, weight) for value, weight in product((5, 4, 3, 2), weights)]
    reached = weighted_mean(marks)
    if reached is not None and rounded(reached) >= goal:
        assert found == []
        return
    for count in (1, 2, 3):
        ways = [way for way in combinations_with_replacement(kinds, count) if rounded_mean(marks, way) >= goal]
        if ways:
            assert found[0].count == count
            break
    else:
        assert found == []
    for way in found:
        more = [Score(way.value, way.weight)] * way.count
        assert rounded_mean(marks, more) >= goal
        assert way.count == 1 or rounded_mean(marks, more[1:]) < goal


def rounded_mean(marks: list[Score], more: object) -> int:
    mean = weighted_mean([*marks, *more])  # type: ignore[misc]
    assert mean is not None
    return rounded(mean)


def test_the_browser_counts_the_same() -> None:
    """The grid's script is asked for every mean of two sums and every outcome; both programs must agree."""
    node = shutil.which("node", path=str(ROOT / ".venv/bin")) or shutil.which("node")
    if node is None:
        pytest.skip("Node not found")
    sums = [(value, weight) for weight in range(1, 41) for value in range(2 * weight, 5 * weight + 1)]
    asked = {"sums": sums, "means": list(range(200, 501)), "rules": RULES.to_data()}
    program = f"""
        import {{ hundredths, outcomes }} from {json.dumps(str(ROOT / "frontend/js/grid/scale.js"))};
        const {{ sums, means, rules }} = JSON.parse(process.argv[1]);
        console.log(JSON.stringify([sums.map(([v, w]) => hundredths(v, w)), means.map((m) => outcomes(m, rules))]));
    """
    command = [node, "--input-type=module", "-e", program, json.dumps(asked)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert answer[0] == [hundredths(*pair) for pair in sums]
    assert answer[1] == [list(outcomes(mean, RULES)) for mean in range(200, 501)]
