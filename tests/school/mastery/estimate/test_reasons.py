"""Reasons are the sums of the regression, nothing else."""

from school.mastery.estimate.features import NAMES, features
from school.mastery.estimate.reasons import GROUPS, reasons
from school.mastery.estimate.state import ItemLevel, PupilState, SkillLevel, SkillState
from school.mastery.estimate.weights import DAY_0
from tests.school.mastery.answers import DAY


def test_each_number_belongs_to_one_group_at_most() -> None:
    named = [name for names in GROUPS.values() for name in names]
    assert len(named) == len(set(named))
    assert set(NAMES) - set(named) == {"bias", "curve"}


def test_the_strongest_first_with_their_signs() -> None:
    pupil = PupilState(
        theta=1.5, n=60, wins=40, at=0.0, skills={"a": SkillState(delta=-0.4, n=6, wins=3, at=0.0, stability=3.0)}
    )
    item = ItemLevel(("a",), (SkillLevel(n=100, wins=60),), d=0.9, n=80, wins=30)
    found = reasons(DAY_0, features(pupil, "i", item, 12 * DAY), most=4)
    signs = {group: value > 0 for group, value in found}
    assert found[0][0] == "level"
    assert (signs["level"], signs["topic"], signs["task"]) == (True, False, False)
    assert [abs(value) for _group, value in found] == sorted((abs(value) for _group, value in found), reverse=True)
