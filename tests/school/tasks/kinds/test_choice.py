"""Choosing: shuffles, opaque names, credit by parts, an author's slips."""

from decimal import Decimal
from typing import Any

import pytest

from school.tasks.kinds.choice import MULTIPLE, SINGLE, option_id, order_shown
from school.tasks.kinds.contract import Unreadable

from .samples import SAMPLES

DIVISORS = SAMPLES["divisors, by parts"].spec
PRIME = SAMPLES["one prime"].spec


def _grade(spec: dict[str, Any], *positions: int, seed: int = 11) -> Decimal:
    answer = MULTIPLE.parse({"answer": [option_id(seed, position) for position in positions]})
    return MULTIPLE.grade(spec, seed, answer).points


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        ((0, 1, 2), "3"),
        ((0, 1), "2"),
        ((0,), "1"),
        ((0, 1, 2, 3), "2"),
        ((0, 1, 3), "1"),
        ((0, 3), "0"),
        ((3, 4), "0"),
        ((0, 1, 2, 3, 4), "1"),
    ],
)
def test_each_right_choice_adds_and_each_wrong_one_takes_away(chosen: tuple[int, ...], points: str) -> None:
    assert _grade(DIVISORS, *chosen) == Decimal(points)


def test_shares_are_rounded_to_hundredths() -> None:
    assert _grade(DIVISORS | {"points": 1}, 0, 1) == Decimal("0.67")


def test_all_or_nothing() -> None:
    spec = SAMPLES["divisors, all at once"].spec
    assert _grade(spec, 0, 2) == 1
    assert _grade(spec, 0) == 0


def test_feedback_says_first_what_is_right() -> None:
    answer = MULTIPLE.parse({"answer": [option_id(1, 0), option_id(1, 4)]})
    found, extra = MULTIPLE.grade(DIVISORS, 1, answer).feedback
    assert str(found) == "Right ones found: 1 of 3."
    assert str(extra) == "Chosen without need: 1."


def test_the_rule_of_points_is_shown_before_the_answer() -> None:
    assert "equal share" in MULTIPLE.prepare(DIVISORS, 0)["rule"]
    assert "rule" not in SINGLE.prepare(PRIME, 0)


def test_this_shuffle_never_changes() -> None:
    """Stored answers name options by seed; another shuffle tomorrow would judge them wrongly."""
    assert order_shown(PRIME, 1) == [3, 1, 2, 0]
    assert option_id(1, 0) == "e80aa9a1ee"


def test_seeds_shuffle_differently_and_keep_every_option() -> None:
    orders = {tuple(order_shown(PRIME, seed)) for seed in range(60)}
    assert len(orders) > 12
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)


def test_a_right_option_stands_everywhere() -> None:
    places = [order_shown(PRIME, seed).index(1) for seed in range(400)]
    assert all(60 < places.count(place) < 140 for place in range(4))


def test_kept_order() -> None:
    shown = SINGLE.prepare(SAMPLES["kept order"].spec, 99)
    assert [option["text"] for option in shown["options"]] == ["3", "4", "5"]


def test_a_mended_key_regrades_a_stored_answer() -> None:
    answer = SINGLE.parse({"answer": option_id(4, 2)})
    assert not SINGLE.grade(PRIME, 4, answer).correct
    assert SINGLE.grade(PRIME | {"key": [2]}, 4, answer).correct


@pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": []}, {"answer": [" "]}, {"answer": ["a", "b"]}])
def test_one_option_must_be_chosen(form: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        SINGLE.parse(form)


def test_an_option_of_another_seed_is_not_judged() -> None:
    with pytest.raises(Unreadable):
        SINGLE.grade(PRIME, 1, SINGLE.parse({"answer": option_id(2, 0)}))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"options": ["один"]}, "options"),
        ({"options": ["да", "да", "нет"]}, "options"),
        ({"options": ["да", "да ", "нет"]}, "options"),
        ({"options": "да, нет"}, "options"),
        ({"options": ["да", ""]}, "options"),
        ({"options": [str(number) for number in range(13)]}, "options"),
        ({"key": [9]}, "key"),
        ({"key": [0, 0]}, "key"),
        ({"key": [0, 1, 2, 3, 4]}, "key"),
        ({"key": [True]}, "key"),
        ({"credit": "half"}, "credit"),
        ({"keep_order": 1}, "keep_order"),
    ],
)
def test_slips_of_the_author(change: dict[str, Any], where: str) -> None:
    assert where in {fault.where for fault in MULTIPLE.check(DIVISORS | change)}


def test_a_single_choice_has_one_right_option_and_no_parts() -> None:
    assert {fault.where for fault in SINGLE.check(PRIME | {"key": [0, 1], "credit": "all"})} == {"key", "credit"}


def test_presented_options_tell_chosen_and_right() -> None:
    answer = SINGLE.parse({"answer": option_id(0, 0)})
    shown = SINGLE.present(PRIME, 0, answer, SINGLE.grade(PRIME, 0, answer))
    assert (shown.given, shown.right) == ("91", "97")
    assert {(option.text, option.chosen, option.right) for option in shown.options} >= {
        ("91", True, False),
        ("97", False, True),
    }
