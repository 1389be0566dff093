"""Late answers and double ones: the state is that of the canonical order."""

import random

from school.mastery.estimate.history import KEEP, Fact, History, apply, clone, replay
from school.mastery.estimate.packing import pack
from school.mastery.estimate.state import PupilState


def facts(n: int) -> list[Fact]:
    rng = random.Random(3)
    return [
        Fact(100.0 * k, f"{k:04d}", f"i{k % 9}", (k % 3, 3) if k % 4 else (k % 3,), rng.randrange(2), rng.gauss(0, 1), 0.25 * (k % 2))
        for k in range(n)
    ]  # fmt: skip


def test_a_replay_is_exact_to_the_bit_in_any_order_of_arrival() -> None:
    told = facts(50)
    straight = PupilState()
    for fact in told:
        apply(straight, fact)
    shuffled = told[:]
    random.Random(1).shuffle(shuffled)
    assert replay(PupilState(), shuffled) == straight
    halfway = replay(PupilState(), told[:20])
    assert pack(replay(halfway, told[20:])) == pack(straight)


def test_a_late_answer_takes_its_place() -> None:
    told = facts(100)
    late = told.pop(90)
    history, state = History(), PupilState()
    for fact in told:
        apply(state, fact)
        history.add(fact, state)
    before, after = history.insert(late)
    assert after == replay(PupilState(), [*told, late])
    assert before == replay(PupilState(), told[:90])
    for fact in facts(170)[100:]:
        apply(after, fact)
        history.add(fact, after)
    assert len(history.facts) <= 2 * KEEP
    assert after == replay(PupilState(), facts(170))
    next_late = Fact(16_450.0, "x", "i1", (1,), 1, 0.0)
    assert history.insert(next_late)[1] == replay(PupilState(), [*facts(170), next_late])


def test_one_older_than_the_checkpoint_is_not_lost() -> None:
    history, state = History(), PupilState()
    for fact in facts(100):
        apply(state, fact)
        history.add(fact, state)
    _before, after = history.insert(Fact(-5.0, "z", "i1", (1,), 1, 0.0))
    assert after.n == 101
    assert after.wins == state.wins + 1


def test_a_clone_shares_nothing() -> None:
    one = replay(PupilState(), facts(10))
    other = clone(one)
    apply(other, facts(11)[10])
    assert one == replay(PupilState(), facts(10))
