"""A log told to the model answer by answer: each is foretold before it is revealed."""

from collections.abc import Callable

from school.mastery.estimate.learner import Learner
from school.tracks.logs import AnswerLog

NO_SKILL = ("",)
"""Items without a topic share one, so that a file without topics is a subject of one topic."""
FEWEST_TO_FIT = 200


def foretell(log: AnswerLog, tell: Callable[[int], None] = lambda _done: None) -> list[float]:
    """P(right) for each row, in the order of the file.

    Rows of the train part are told first, and the weights are fitted when they end. ``tell`` hears of every 50,000 answers.
    """
    learner = Learner(timed=log.timed)
    for number, skills in enumerate(log.skills):
        learner.item(number, skills or NO_SKILL)
    order = log.order()
    ends = {log.pupils[row]: place for place, row in enumerate(order)}
    chances = [0.0] * len(order)
    learning = bool(order) and log.train[order[0]]
    for place, row in enumerate(order):
        if learning and not log.train[row]:
            learning = False
            if learner.seen >= FEWEST_TO_FIT:
                learner.refit()
        pupil, item, at, correct = log.pupils[row], log.items[row], log.times[row], log.correct[row]
        chances[row] = learner.predict(pupil, item, at)
        if correct >= 0:
            learner.update(pupil, item, correct, at)
        if ends[pupil] == place:
            learner.pupils.pop(pupil, None)  # memory of millions of rows: nobody asks about this pupil again
        if not (place + 1) % 50_000:
            tell(place + 1)
    return chances
