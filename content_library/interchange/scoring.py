"""What share of the points an answer to a question brings: the judge of round trips, and the meaning of the model.

An answer is given as a person gives it: texts of the chosen options, words, a number, partners by their left sides,
lines in order, or a list of such answers for a text with gaps.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from content_library.interchange.question import (
    FULL,
    NONE,
    Answer,
    Choice,
    Cloze,
    Matching,
    Number,
    Ordering,
    Words,
)


def share_of(answer: Answer, given: Any) -> Fraction:
    """From 0 to 1. Raises ``TypeError`` for what only a person can judge."""
    if isinstance(answer, Choice):
        return _choice(answer, given)
    if isinstance(answer, Words):
        return _words(answer, given)
    if isinstance(answer, Number):
        value = Fraction(given)
        return _held(next((span.share for span in answer.spans if abs(value - span.value) <= span.margin), NONE))
    if isinstance(answer, Matching):
        return _matching(answer, given)
    if isinstance(answer, Ordering):
        return _ordering(answer, given)
    if isinstance(answer, Cloze):
        whole = sum((gap.weight for gap in answer.gaps), NONE)
        pairs = zip(answer.gaps, given, strict=True)
        return sum((gap.weight * share_of(gap.answer, one) for gap, one in pairs), NONE) / whole if whole else NONE
    raise TypeError(type(answer).__name__)


def _held(share: Fraction) -> Fraction:
    return min(max(share, NONE), FULL)


def _choice(answer: Choice, given: Sequence[str]) -> Fraction:
    chosen = set([given] if isinstance(given, str) else given)
    if answer.all_or_nothing:
        return FULL if chosen == {option.text for option in answer.options if option.share > 0} else NONE
    return _held(sum((option.share for option in answer.options if option.text in chosen), NONE))


def _words(answer: Words, given: str) -> Fraction:
    def plain(text: str) -> str:
        folded = " ".join(text.split())
        return folded if answer.keep_case else folded.casefold()

    for one in answer.accepted:
        pattern = re.escape(plain(one.text))
        if answer.patterns:
            pattern = pattern.replace(r"\*", ".*")
        if re.fullmatch(pattern, plain(given)):
            return _held(one.share)
    return NONE


def _matching(answer: Matching, given: Mapping[str, str]) -> Fraction:
    made = set(given.items())
    if answer.is_free:
        made |= {(right, left) for left, right in made}
    return _held(sum((pair.share for pair in answer.pairs if (pair.left, pair.right) in made), NONE))


def _ordering(answer: Ordering, given: Sequence[str]) -> Fraction:
    if not answer.by_parts:
        return FULL if tuple(given) == answer.lines else NONE
    right = sum(one == other for one, other in zip(answer.lines, given, strict=False))
    return Fraction(right, len(answer.lines)) if answer.lines else NONE
