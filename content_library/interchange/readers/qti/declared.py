"""What an item of QTI 2 and 3 declares of an answer: the right values, and what each value is worth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in, unrounded
from content_library.interchange.question import NONE
from content_library.interchange.safety.xml import child, children, every, words


@dataclass(frozen=True, slots=True)
class Declared:
    """One response declaration."""

    name: str
    many: bool
    base: str
    """``identifier``, ``string``, ``integer``, ``pair``…"""
    right: tuple[str, ...]
    worth: dict[str, Fraction] = field(default_factory=dict)
    """Values of the map; empty when only the right answer counts."""
    most: Fraction | None = None
    is_mapped: bool = False
    keep_case: bool = False
    margin: Fraction = NONE
    """Tolerance of an ``equal`` in the processing."""
    spans: tuple[tuple[Fraction, Fraction, Fraction], ...] = ()
    """Numbers, tolerances and scores of the conditions, one after another."""

    @property
    def best(self) -> Fraction:
        """What an answer is worth at most."""
        values = [value for value in self.worth.values() if value > 0]
        found = sum(values, NONE) if self.many else max(values, default=NONE)
        return min(found, self.most) if self.most else found

    def share(self, value: str) -> Fraction:
        """The share of the points that one value brings."""
        if self.is_mapped and self.best > 0:
            return unrounded(self.worth.get(value, NONE) / self.best)
        if value not in self.right:
            return NONE
        return Fraction(1, len(self.right)) if self.many else Fraction(1)

    @property
    def has_key(self) -> bool:
        """Whether anything is right."""
        return bool(self.right) or (self.is_mapped and self.best > 0)


def declarations(item: etree._Element) -> dict[str, Declared]:
    """All response declarations of an item by their names."""
    processing = child(item, "responseProcessing")
    template = (processing.get("template") or "") if processing is not None else ""
    mapped = (
        {one.get("identifier", "") for one in every(processing, "mapResponse")} if processing is not None else set()
    )
    if "map_response" in template:
        mapped |= {one.get("identifier", "") for one in children(item, "responseDeclaration")}
    return {
        one.get("identifier", ""): _declared(one, one.get("identifier", "") in mapped, processing)
        for one in children(item, "responseDeclaration")
    }


def _declared(element: etree._Element, is_mapped: bool, processing: etree._Element | None) -> Declared:
    right = tuple(words(value) for value in children_of(element, "correctResponse", "value"))
    mapping = child(element, "mapping")
    entries = children(mapping, "mapEntry") if mapping is not None else []
    worth = {entry.get("mapKey", ""): number_in(entry.get("mappedValue")) or NONE for entry in entries}
    cardinality, name = element.get("cardinality", "single"), element.get("identifier", "")
    many = cardinality in {"multiple", "ordered"}
    return Declared(
        name=name,
        many=many,
        base=element.get("baseType", ""),
        right=right,
        worth=worth,
        most=number_in(mapping.get("upperBound")) if mapping is not None else None,
        is_mapped=bool(worth) and (is_mapped or not right),
        keep_case=bool(entries) and all(entry.get("caseSensitive") == "true" for entry in entries),
        margin=_margin(name, processing),
        spans=tuple(_spans(name, processing)) if processing is not None else (),
    )


def _margin(name: str, processing: etree._Element | None) -> Fraction:
    """The tolerance of an absolute comparison with this answer."""
    for equal in every(processing, "equal") if processing is not None else ():
        if equal.get("toleranceMode") != "absolute":
            continue
        if any(one.get("identifier") == name for one in every(equal, "variable")):
            margins = [number_in(part) for part in equal.get("tolerance", "").split()]
            return max((margin for margin in margins if margin is not None), default=NONE)
    return NONE


def _spans(name: str, processing: etree._Element) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """Conditions of the form "equal to this number within this tolerance: score so much"."""
    for branch in every(processing, "responseIf", "responseElseIf"):
        equal, score = child(branch, "equal"), child(branch, "setOutcomeValue")
        if equal is None or score is None or score.get("identifier") != "SCORE":
            continue
        if not any(one.get("identifier") == name for one in children(equal, "variable")):
            continue
        value, worth = number_in(words(child(equal, "baseValue"))), number_in(words(child(score, "baseValue")))
        margins = [number_in(part) for part in equal.get("tolerance", "").split()]
        if value is not None and worth is not None:
            yield value, max((margin for margin in margins if margin is not None), default=NONE), worth


def children_of(element: etree._Element, outer: str, name: str) -> list[etree._Element]:
    """Children of a child."""
    found = child(element, outer)
    return children(found, name) if found is not None else []
