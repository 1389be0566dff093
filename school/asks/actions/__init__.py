"""Asking the families of a class, reminding them, answering."""

from school.asks.actions.answering import ANSWERS, NotAnAnswer, give_answer
from school.asks.actions.asking import ASKED, CannotAsk, ask_class, end_ask, remind

__all__ = ["ANSWERS", "ASKED", "CannotAsk", "NotAnAnswer", "ask_class", "end_ask", "give_answer", "remind"]
