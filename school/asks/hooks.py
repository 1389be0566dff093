"""Where the features above say what a question is about: a result of the child, shown to the family and sealed with its answer."""

import uuid
from collections.abc import Callable

from school.asks.seen import PupilAsk

ResultTeller = Callable[[int, str, uuid.UUID], str]
"""School, the key behind the colon of ``Ask.about``, pupil: the child's result in words; empty where there is none."""

tellers: dict[str, ResultTeller] = {}


def tells_results(kind: str) -> Callable[[ResultTeller], ResultTeller]:
    """Register who knows the results that ``Ask.about`` names with ``kind:``."""

    def register(teller: ResultTeller) -> ResultTeller:
        tellers[kind] = teller
        return teller

    return register


def result_of(ask: PupilAsk) -> str:
    """What the child had in the work that the question is about; empty for other questions."""
    kind, _colon, key = ask.ask.about.partition(":")
    teller = tellers.get(kind)
    return teller(ask.ask.school_id, key, ask.pupil_id) if teller else ""
