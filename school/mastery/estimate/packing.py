"""A pupil as bytes: for checkpoints, and to tell whether two states are the same to the bit."""

from collections.abc import Callable
from struct import Struct

from school.mastery.estimate.state import PupilState, Skill, SkillState

_PUPIL = Struct("<ddddIIbI")
_SKILL = Struct("<dddddIIIbIH")


def pack(pupil: PupilState, number_of: Callable[[Skill], int] = int) -> bytes:  # type: ignore[assignment]
    """The levels of the pupil and of each topic, whose numbers fit 32 bits. Memory of single items is not packed."""
    head = _PUPIL.pack(
        pupil.theta, pupil.recent, pupil.steady, pupil.at, pupil.n, pupil.wins, pupil.last, len(pupil.skills)
    )
    return head + b"".join(_NUMBER.pack(number_of(skill)) + pack_skill(state) for skill, state in pupil.skills.items())


def pack_skill(state: SkillState) -> bytes:
    """One topic of a pupil: about fifty bytes."""
    return _SKILL.pack(
        state.delta, state.recent, state.steady, state.at, state.stability,
        state.n, state.wins, state.kept, state.last, state.step, state.failed_days,
    )  # fmt: skip


def unpack(packed: bytes) -> PupilState:
    """The pupil that was packed, exactly."""
    theta, recent, steady, at, n, wins, last, many = _PUPIL.unpack_from(packed)
    pupil = PupilState(theta, n, wins, recent, steady, last, at)
    place = _PUPIL.size
    for _one in range(many):
        (number,) = _NUMBER.unpack_from(packed, place)
        place += _NUMBER.size
        delta, recent, steady, at, stability, n, wins, kept, last, step, failed = _SKILL.unpack_from(packed, place)
        place += _SKILL.size
        pupil.skills[number] = SkillState(delta, n, wins, recent, steady, last, at, step, kept, stability, failed)
    return pupil


_NUMBER = Struct("<I")
