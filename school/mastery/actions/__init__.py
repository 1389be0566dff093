"""What changes the pupil model: answers, a teacher's word, the night."""

from school.mastery.actions.desk import InSubject
from school.mastery.actions.learning import Told, learn_answers, learn_from_attempt
from school.mastery.actions.overriding import lift_override, override_topic
from school.mastery.actions.refitting import refit, roll_back
from school.mastery.actions.relearning import learn_again

__all__ = [
    "InSubject",
    "Told",
    "learn_again",
    "learn_answers",
    "learn_from_attempt",
    "lift_override",
    "override_topic",
    "refit",
    "roll_back",
]
