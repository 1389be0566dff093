"""Templates: every pupil gets numbers of their own that keep the conditions; what can't be solved never comes out."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.tasks.kinds.varied import VARIED, fill, values_for
from tests.cpu import within

from .samples import SAMPLES

WALK = SAMPLES["a walk of one's own"].spec


def _spec(**fields: Any) -> dict[str, Any]:
    made = {
        "version": 1,
        "prompt": "Сколько {a} : {b}?",
        "params": {"a": {"from": 1, "to": 60}, "b": {"from": 1, "to": 9}},
    }
    return made | {"task": {"kind": "number"}, "key": {"value": "{a/b}"}} | fields


@given(seed=st.integers(min_value=0, max_value=2**31))
def test_numbers_keep_limits_and_conditions(seed: int) -> None:
    values = values_for(WALK, seed)
    t, v, s = values["t"], values["v"], values["s"]
    assert isinstance(t, Fraction) and isinstance(v, Fraction) and isinstance(s, Fraction)
    assert 2 <= t <= 6 and 3 <= v <= 5 and (2 * v).denominator == 1
    assert s == v * t and s.denominator == 1 and v > t / 2
    assert values["n"] in {"Аня", "Оля"}


def test_these_numbers_never_change() -> None:
    """Stored answers are judged by seed: another draw tomorrow would judge them wrongly."""
    assert VARIED.prepare(WALK, 7)["prompt"] == "Оля идёт 6 ч со скоростью 4 км/ч. Сколько километров в пути?"


def test_parameters_may_be_written_in_any_order() -> None:
    turned = WALK | {"params": dict(reversed(WALK["params"].items()))}
    assert [VARIED.prepare(turned, seed) for seed in range(20)] == [VARIED.prepare(WALK, seed) for seed in range(20)]


def test_ten_thousand_pupils_are_tried_out_in_a_moment() -> None:
    with within(4):
        survey = VARIED.survey(_spec(where=["whole a/b", "a != b", "b > 1"]))
    assert survey.is_sound and survey.looked_at == 10_000 and survey.different > 80
    assert len(survey.samples) == 5


def test_a_survey_tells_how_far_it_is_and_what_failed() -> None:
    steps = list(VARIED.surveys(_spec(where=["whole a/b"]), 2000, every=500))
    assert [one.looked_at for one in steps] == [500, 1000, 1500, 2000] and steps[-1] == VARIED.survey(
        _spec(where=["whole a/b"]), 2000
    )
    (failed,) = VARIED.surveys(_spec(key={"value": "{a/(b-b)}"}))
    assert failed.faults and failed.failing.startswith("a = ") and ", b = " in failed.failing


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"where": ["a > 100"]}, "params"),
        ({"params": {"a": {"from": 0, "to": 60}, "b": {"from": 0, "to": 900}}}, "params"),
        ({"params": {"a": {"is": "b"}, "b": {"is": "a"}}}, "params"),
        ({"params": {"ab": {"from": 1, "to": 2}}}, "params"),
        ({"params": {"a": {"from": 1, "to": 2, "step": 0}}}, "params"),
        ({"params": {"a": {"one_of": []}}}, "params"),
        ({"where": ["a"]}, "where"),
        ({"task": {"kind": "matching"}}, "task"),
        ({"task": {"kind": "number", "unit": "попугай"}}, "task"),
        ({"key": {"value": "{a/c}"}}, "params"),
        ({"key": {"value": "нет"}}, "key"),
        ({"task": {"kind": "single", "options": ["{a}", "{b}"]}, "key": [0]}, "task"),
    ],
)
def test_slips_of_the_author(fields: dict[str, Any], where: str) -> None:
    """The last one: where both numbers are equal, two options are the same."""
    assert {fault.where for fault in VARIED.survey(_spec(**fields)).faults} == {where}


@given(
    params=st.recursive(
        st.none() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["a", "b", "from", "to", "step", "is", "one_of"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    where=st.lists(st.text(alphabet="ab<>=! whole/", max_size=12), max_size=3),
)
def test_any_template_is_judged_and_never_raises(params: Any, where: list[str]) -> None:
    spec = json.loads(json.dumps(_spec(params=params, where=where)))
    VARIED.check(spec)


def test_negative_numbers_and_decimals_are_written_as_at_school() -> None:
    values: dict[str, Fraction | str] = {"a": Fraction(-3, 2), "n": "Оля"}
    assert fill({"text": ["{n}: {a}", "{a*2}"]}, values) == {"text": ["Оля: −1,5", "−3"]}
