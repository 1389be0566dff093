"""Formula questions of Canvas: the file holds sets of numbers that were drawn, each with its answer; the first is taken."""

import re
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in, written
from content_library.interchange.question import NONE, Number, Span
from content_library.interchange.reasons import Refused, Why
from content_library.interchange.safety.xml import child, children, every, words

_NAME = re.compile(r"\\?\[(\w{1,60})\\?\]")


def one_draw(item: etree._Element, prompt: str) -> tuple[str, Number]:
    """The text with its numbers, and the answer to it. Raises ``Refused``."""
    sets = every(item, "var_set")
    right = number_in(words(child(sets[0], "answer"))) if sets else None
    if right is None:
        raise Refused(Why.PARAMETERS)
    numbers = {one.get("name", ""): number_in(words(one)) for one in children(sets[0], "var")}

    def put(found: re.Match[str]) -> str:
        value = numbers.get(found[1])
        return written(value) if value is not None else found[0]

    return _NAME.sub(put, prompt), Number(spans=(Span(value=right, margin=_margin(item, right)),))


def _margin(item: etree._Element, right: Fraction) -> Fraction:
    """A tolerance in numbers, or in per cent of the answer."""
    said = next((words(one) for one in every(item, "answer_tolerance")), "")
    value = number_in(said.removesuffix("%")) or NONE
    return abs(right * value / 100) if said.endswith("%") else value
