"""What a new act would have changed, on examples and against a recount with fractions."""

import uuid
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from school.gradebook.rehearsal import PastMark, PastTerm, rehearse, scores_of
from school.gradebook.scale import Rules

TERM, COURSE = uuid.uuid4(), uuid.uuid4()
OLD = {TERM: (Rules(), {})}


def term(*marks: PastMark, unmarked: tuple[bool, bool] = (False, False)) -> PastTerm:
    return PastTerm(uuid.uuid4(), COURSE, TERM, 1, False, unmarked, 20, 0, marks)


def answer(value: int, times: int = 1) -> PastMark:
    return PastMark(value, 1, "Ответ", False, times)


def test_nothing_changes_by_the_same_act() -> None:
    found = rehearse([term(answer(5, 3), answer(4))], OLD, (Rules(), {}))
    assert (found.compared, found.changed) == (1, 0)


def test_thresholds_move_marks_up_and_down() -> None:
    near, far = term(answer(5, 13), answer(4, 7)), term(answer(5, 1), answer(4, 2))
    strict = Rules(sure_from={5: 470, 4: 360, 3: 260}, possible_from={5: 470, 4: 350, 3: 250})
    found = rehearse([near, far], OLD, (strict, {}))
    assert (found.up, found.down) == (0, 1)
    assert (found.changes[0]["old"], found.changes[0]["new"]) == ("5", "4")
    mild = Rules(sure_from={5: 430, 4: 360, 3: 260}, possible_from={5: 430, 4: 350, 3: 250})
    assert (rehearse([near, far], OLD, (mild, {})).up, rehearse([near, far], OLD, (mild, {})).down) == (1, 0)


def test_weights_by_name_and_kinds_the_new_act_does_not_know() -> None:
    one = term(PastMark(3, 3, "Контрольная", False), answer(5, 4))
    lighter = rehearse([one], OLD, (Rules(), {"Контрольная": (1, False)}))
    assert (lighter.up, lighter.changes[0]["old"], lighter.changes[0]["new"]) == (1, "4", "5")
    assert rehearse([one], OLD, (Rules(), {"Диктант": (9, True)})).changed == 0


def test_retakes_beside_instead_of_instead() -> None:
    cell = [PastMark(2, 1, "СР", False, 1, "cell", 0), PastMark(5, 1, "СР", False, 1, "cell", 2)]
    assert [one.value for one in scores_of(cell, "instead", {})] == [5]
    assert [one.value for one in scores_of(cell, "beside", {})] == [2, 5]
    found = rehearse([term(*cell)], OLD, (Rules(retake="beside"), {}))
    assert (found.down, found.changes[0]["old"], found.changes[0]["new"]) == (1, "5", "4–3")


def test_years_without_marks_lose_theirs() -> None:
    found = rehearse([term(answer(4, 5), unmarked=(False, True))], OLD, (Rules(unmarked_terms={1: 9, 2: 9}), {}))
    assert (found.down, found.changes[0]["new"]) == (1, "–")


@settings(max_examples=80)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(2, 5), st.sampled_from(["А", "Б"])), min_size=1, max_size=8),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_counts_agree_with_a_recount(pupils: list[list[tuple[int, str]]], weight: int) -> None:
    """The mean of each pupil counted anew with fractions, thresholds compared by hand."""
    plain = Rules(
        sure_from={5: 450, 4: 350, 3: 250}, possible_from={5: 450, 4: 350, 3: 250}, control_floor={}, least_marks={1: 1}
    )
    terms = [term(*(PastMark(value, 1, work, False) for value, work in marks)) for marks in pupils]
    found = rehearse(terms, {TERM: (plain, {})}, (plain, {"А": (weight, False)}))

    def level(marks: list[tuple[int, str]], heavy: int) -> int:
        weights = [heavy if work == "А" else 1 for _value, work in marks]
        mean = Fraction(sum(value * n for (value, _work), n in zip(marks, weights, strict=True)), sum(weights))
        shown = Fraction(int(mean * 100 + Fraction(1, 2)), 100)
        return 5 if shown >= Fraction(9, 2) else 4 if shown >= Fraction(7, 2) else 3 if shown >= Fraction(5, 2) else 2

    turns = [level(marks, weight) - level(marks, 1) for marks in pupils]
    assert (found.up, found.down) == (sum(one > 0 for one in turns), sum(one < 0 for one in turns))
