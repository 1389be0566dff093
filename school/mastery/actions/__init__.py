"""What changes the pupil model: answers, a teacher's word, the night."""

from school.mastery.actions.learning import InSubject, Told, learn_answers, learn_from_attempt
from school.mastery.actions.overriding import lift_override, override_topic
from school.mastery.actions.refitting import refit, roll_back

__all__ = [
    "InSubject",
    "Told",
    "learn_answers",
    "learn_from_attempt",
    "lift_override",
    "override_topic",
    "refit",
    "roll_back",
]
