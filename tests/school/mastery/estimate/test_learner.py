"""The model in memory: foretells better than levels alone, is honest about chances, and stands traps."""

import random

import pytest

from school.mastery.estimate import elo, suspicion
from school.mastery.estimate.learner import Learner, mastery, mastery_now_and_then
from school.mastery.estimate.packing import pack, pack_skill, unpack
from school.mastery.estimate.state import SkillLevel
from tests.school.mastery.answers import DAY, Town, auc, calibration_error


def told(town: Town, learner: Learner, each: int, wrong_key: int = -1) -> tuple[list[int], list[float], list[float]]:
    answers, ours, plain = [], [], []
    for pupil, item, correct, at in town.answers(each, wrong_key):
        level = learner.item(item, (town.skill(item),))
        state = learner.pupil(pupil)
        plain.append(elo.expected(elo.strength(state, level.skills), elo.hardness(level), 0.0))
        ours.append(learner.predict(pupil, item, at))
        learner.update(pupil, item, correct, at)
        answers.append(correct)
    return answers, ours, plain


def test_it_beats_levels_alone_and_its_chances_come_true() -> None:
    answers, ours, plain = told(Town(pupils=60), Learner(), 150)
    assert auc(answers, ours) > auc(answers, plain) > 0.7
    assert calibration_error(answers, ours) < 0.02 < calibration_error(answers, plain)


def test_now_and_then_are_mastery_at_two_moments() -> None:
    learner = Learner()
    told(Town(pupils=6), learner, 60)
    weights = tuple(0.1 + 0.01 * n for n in range(len(learner.weights)))  # each of the numbers matters
    level, after = SkillLevel(0.3, 20, 12), 1e9
    for pupil in learner.pupils.values():
        for skill, state in pupil.skills.items():
            both = mastery_now_and_then(weights, pupil, skill, level, after)
            assert both == pytest.approx(
                [mastery(weights, pupil, skill, level, at) for at in (after, state.at)], abs=1e-12
            )


def test_asking_changes_nothing_and_others_do_not_matter() -> None:
    alone, among = Learner(refits=False), Learner(refits=False)
    told(Town(pupils=6), alone, 60)
    told(Town(pupils=6), among, 60)
    before = pack(among.pupil(3))
    rng = random.Random(1)
    asked = [(rng.randrange(6), rng.randrange(48), 90_000.0) for _ in range(200)]
    first = {one: among.predict(*one) for one in asked}
    assert {one: among.predict(*one) for one in reversed(asked)} == first == {one: alone.predict(*one) for one in asked}
    assert pack(among.pupil(3)) == before
    assert "stranger" not in among.pupils
    among.predict("stranger", 1, 5.0)
    assert "stranger" not in among.pupils


@pytest.mark.parametrize(("correct", "low", "high"), [(1, 0.9, 1.0), (0, 0.0, 0.15)])
def test_always_right_or_always_wrong(correct: int, low: float, high: float) -> None:
    learner = Learner()
    told(Town(), learner, 60)
    for n in range(200):
        learner.update("same", n % 48, correct, n * 600.0)
    chances = [learner.predict("same", item, 200 * 600.0) for item in range(48)]
    assert low < sum(chances) / 48 < high
    assert all(0.0 < p < 1.0 for p in chances)
    assert abs(learner.pupil("same").theta) < 8


def test_a_guesser_is_not_taken_for_somebody_who_knows() -> None:
    learner = Learner(refits=False)
    for item in range(40):
        learner.item(item, (item % 4,), guess=0.25)
    rng = random.Random(5)
    for n in range(400):
        learner.update("guesser", n % 40, int(rng.random() < 0.25), n * 60.0)
    assert sum(learner.predict("guesser", item, 24_000.0) for item in range(40)) / 40 == pytest.approx(0.28, abs=0.06)
    assert all(learner.mastery("guesser", skill, 24_000.0) < 0.3 for skill in range(4))


def test_back_after_sixty_days() -> None:
    learner = Learner()
    told(Town(), learner, 100)
    then = 100 * 3600.0
    before, after = (learner.mastery(1, 2, then + days * DAY) for days in (0, 60))
    assert 0.0 < after < 1.0
    assert abs(after - before) < 0.6
    learner.update(1, 16, 0, then + 60 * DAY)
    assert learner.pupil(1).skills[2].stability < 200


def test_a_wrong_key_is_shown_for_review_and_sound_items_are_not() -> None:
    town, learner = Town(pupils=80), Learner(refits=False)
    town.hard[11] = -1.0  # an easy item: with the wrong key, those who know fail
    told(town, learner, 60, wrong_key=11)
    reasons = {item: suspicion.reason(level) for item, level in learner.items.items()}
    assert reasons.pop(11)
    assert not any(reasons.values())


def test_two_runs_are_the_same_to_the_bit() -> None:
    first, second = Learner(), Learner()
    assert told(Town(pupils=10), first, 70)[1] == told(Town(pupils=10), second, 70)[1]
    assert first.weights == second.weights


def test_a_pupil_packs_small_and_exactly() -> None:
    learner = Learner(refits=False)
    told(Town(), learner, 30)
    for pupil in range(40):
        state = learner.pupil(pupil)
        packed = pack(state)
        again = unpack(packed)
        again.items = state.items
        assert again == state
        assert len(packed) < 100 * max(1, len(state.skills))
    assert len(pack_skill(learner.pupil(1).skills[0])) <= 200
