"""The two axes of a coordinate plane: their ends in a specification, and the coordinates that a pupil gave."""

from .contract import Answer, Fault, Form, Spec, Unreadable, say
from .numerals import NotANumber, read_number
from .parts import read_parts
from .spec import is_whole

FARTHEST = 20


def axes_faults(spec: Spec) -> list[Fault]:
    """Mistakes in the fields ``x`` and ``y``: each two whole numbers, the smaller first, so near that a phone shows the grid."""
    return [
        Fault(name, say("Give the ends of both axes as whole numbers, from -20 to 20."))
        for name in ("x", "y")
        if not _are_ends(spec.get(name))
    ]


def read_coordinates(form: Form) -> Answer:
    """x and y of each point in turn, as they were written, or empty; raises `Unreadable` for what is no number."""
    answer = read_parts(form)
    for value in filter(None, answer["given"]):
        try:
            read_number(value)
        except NotANumber:
            raise Unreadable(say("This does not look like a number. Write it like 12, 3/4 or 0,5.")) from None
    return answer


def _are_ends(ends: object) -> bool:
    return (
        isinstance(ends, list)
        and len(ends) == 2
        and all(is_whole(one) and abs(one) <= FARTHEST for one in ends)
        and bool(ends[0] < ends[1])
    )
