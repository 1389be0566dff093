"""Why something of a file did not come in; the sentence for the reader is the screen's business."""

from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """The reason, in one word."""

    # The file as a whole.
    MISSING = "missing"
    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown_format"
    MEDIA_ALONE = "media_alone"
    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    BOMB = "bomb"
    ESCAPES = "escapes"
    ENCRYPTED = "encrypted"
    INFECTED = "infected"
    BROKEN_ARCHIVE = "broken_archive"
    ENTITIES = "entities"
    NOT_WELL_FORMED = "not_well_formed"
    WRONG_ENCODING = "wrong_encoding"
    TOO_SLOW = "too_slow"
    TOO_HUNGRY = "too_hungry"
    READER_FAILED = "reader_failed"
    NOTHING_FOUND = "nothing_found"
    # A part of it.
    MISSING_FILE = "missing_file"
    NOT_IN_MANIFEST = "not_in_manifest"
    UNSAFE_PICTURE = "unsafe_picture"
    BAD_PICTURE = "bad_picture"
    KIND_UNKNOWN = "kind_unknown"
    RESOURCE_UNKNOWN = "resource_unknown"
    NOT_LEARNING = "not_learning"
    # A question.
    NO_PROMPT = "no_prompt"
    NO_KEY = "no_key"
    UNCLOSED = "unclosed"
    UNREADABLE = "unreadable"
    NO_OPTIONS = "no_options"
    SAME_OPTIONS = "same_options"
    ALL_RIGHT = "all_right"
    PICTURE_OPTIONS = "picture_options"
    PARAMETERS = "parameters"
    ONE_DRAW = "one_draw"
    ADAPTIVE = "adaptive"
    PROGRAM = "program"
    RANDOM = "random"
    SEVERAL_PARTS = "several_parts"
    NOT_A_NUMBER = "not_a_number"
    NOT_HELD = "not_held"
    NOT_SAID = "not_said"
    FAULT = "fault"
    LACKS_KIND = "lacks_kind"
    LACKS_CASE = "lacks_case"
    LACKS_WHOLE = "lacks_whole"
    LACKS_PATTERNS = "lacks_patterns"
    # A package.
    PACKAGE_ELSEWHERE = "package_elsewhere"
    NO_LAUNCH = "no_launch"
    BAD_PACKAGE = "bad_package"
    HARMFUL_PART = "harmful_part"
    NOT_A_PACKAGE = "not_a_package"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: whichever of these is known."""

    part: str = ""
    """The file inside an archive."""
    line: int = 0
    number: int = 0
    """Which question, page or slide it is, from 1."""
    name: str = ""
    """How the file itself calls it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that did not come in."""

    place: Place
    why: Why
    values: dict[str, str] = field(default_factory=dict)
    """What the sentence names: a kind, a number, a limit."""


class Refused(Exception):
    """The whole file, or the part being read, can't come in."""

    def __init__(self, why: Why, place: Place | None = None, **values: str) -> None:
        super().__init__(why.value)
        self.why = why
        self.place = place or Place()
        self.values = values

    def at(self, place: Place) -> Refusal:
        """The refusal with what is known of the place by whoever caught it; what the error itself knows stays."""
        return Refusal(
            Place(
                part=self.place.part or place.part,
                line=self.place.line or place.line,
                number=self.place.number or place.number,
                name=self.place.name or place.name,
            ),
            self.why,
            self.values,
        )
