"""A question between formats: what is asked, what is right and for how much of the points, what is said to whom.

Prompts and feedback are Markdown; options, accepted words and pairs are plain text. Every reader makes these and
every writer takes them, so a format knows nothing of another, nor of the kinds of task that the school has today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

NONE = Fraction(0)
FULL = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose, with its share of the points: 1 is all, a negative one takes away."""

    text: str
    share: Fraction = NONE
    feedback: str = ""
    picture: str = ""
    """Key of a picture among the media, when the option is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option, or several: shares of the chosen ones add up, never below zero nor above one."""

    options: tuple[Option, ...]
    many: bool = False
    keep_order: bool = False
    all_or_nothing: bool = False
    """Points only for exactly the options whose share is positive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Words that bring a share of the points."""

    text: str
    share: Fraction = FULL
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A short answer in words; the first form that fits counts."""

    accepted: tuple[Accepted, ...]
    keep_case: bool = False
    patterns: bool = False
    """``*`` in a form stands for anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Numbers from ``value - margin`` to ``value + margin``, ends included."""

    value: Fraction
    margin: Fraction = NONE
    share: Fraction = FULL
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number; the first span that holds it counts."""

    spans: tuple[Span, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things that belong together, with the share of the points for finding it."""

    left: str
    right: str
    share: Fraction
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """For each thing on the left its partner on the right; several may share one (groups)."""

    pairs: tuple[Pair, ...]
    extra: tuple[str, ...] = ()
    """Partners that belong to nothing."""
    is_free: bool = False
    """Both sides are one heap (associate): a pair may be given either way round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """Lines to be put in order; here they stand in the right one."""

    lines: tuple[str, ...]
    by_parts: bool = False
    """Each line at its place brings its share; otherwise only the whole order does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap in a text: what fits, and its weight among the gaps."""

    answer: "Choice | Words | Number"
    weight: Fraction = FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze:
    """A text with gaps; ``[[1]]`` in the prompt is where the first one stands."""

    gaps: tuple[Gap, ...]
    has_bank: bool = False
    """All gaps are filled from one list of words that are dragged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A region of a picture: ``rect``, ``circle``, ``ellipse`` or ``poly`` with its numbers in pixels."""

    shape: str
    numbers: tuple[float, ...]
    share: Fraction = NONE
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """Regions of a picture to be found."""

    picture: str
    areas: tuple[Area, ...]
    many: bool = False
    numbered: str = ""
    """Key of the same picture with a number at each region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Something that a teacher reads: a text, a file, a drawing, a voice."""

    sort: str = "text"
    """``text``, ``file``, ``drawing`` or ``voice``."""
    rubric: str = ""
    begun: str = ""
    """What stands in the field at the beginning."""
    most_words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """No question at all: a text that stands among questions."""


Answer = Choice | Words | Number | Matching | Ordering | Cloze | Hotspot | Open | Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with everything its file says of it."""

    prompt: str
    answer: Answer
    name: str = ""
    points: Fraction = FULL
    explanation: str = ""
    """Shown after the answer, whatever it was."""
    when_right: str = ""
    when_partly: str = ""
    when_wrong: str = ""
    hints: tuple[str, ...] = ()
    penalty: Fraction = NONE
    """Share of the points that each further try costs."""
    category: tuple[str, ...] = ()
    """The path of folders it lies in."""
    tags: tuple[str, ...] = ()
    pictures: tuple["Picture", ...] = ()
    """Those that the prompt shows as ``![words](key)``."""
    part: str = ""
    line: int = 0
    number: int = 0
    """Where it stands in the file, for whoever can't take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a file, kept beside what was read."""

    key: str
    """SHA-256 of its bytes and its ending: the name under which it lies among the media."""
    name: str
    alt: str = ""


def right_options(choice: Choice) -> Sequence[int]:
    """Places of the options that are worth something, or of the best one where one is to be chosen."""
    if choice.many:
        return [place for place, option in enumerate(choice.options) if option.share > 0]
    best = max((option.share for option in choice.options), default=NONE)
    return [place for place, option in enumerate(choice.options) if best > 0 and option.share == best]
