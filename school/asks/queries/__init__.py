"""Reading what was asked and answered."""

from school.asks.queries.answers import answers_of, families_without_answer
from school.asks.queries.asks import ask_of, asks_of_child, asks_of_classes, classes_led, pupil_ask_of

__all__ = [
    "answers_of",
    "ask_of",
    "asks_of_child",
    "asks_of_classes",
    "classes_led",
    "families_without_answer",
    "pupil_ask_of",
]
