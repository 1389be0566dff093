"""Templates of QTI 2 and 3: items whose numbers are made up anew for each pupil.

Such an item comes in with one set of its numbers, drawn by its own rules, the same whenever the file is read: its author sees
in the report that there were more.
"""

import math
import re

from lxml import etree

from content_library.interchange.readers.qti.cutting import put, remove
from content_library.interchange.readers.qti.expressions import Reckoning, Unknown, Value, read, written
from content_library.interchange.safety.xml import child, children, every, local, words

_DRAWS = 200
"""How often numbers are drawn again that break a constraint of the item."""
_FORMAT = re.compile(r"%[-+0 ]?\d{0,2}(?:\.\d{1,2})?[idfeEgGs]")
_BRANCHES = ("templateIf", "templateElseIf", "templateElse")


class _Again(Exception):
    """A constraint does not hold for these numbers."""


class _Enough(Exception):
    """The item ends its reckoning here."""


def settle(root: etree._Element) -> bool:
    """Put one set of numbers into an item, in place; whether chance had a part in it. Raises ``Unknown``."""
    declared = children(root, "templateDeclaration")
    processing = child(root, "templateProcessing")
    if not declared and processing is None:
        return False
    reckoning = _drawn(root, declared, processing)
    for response in children(root, "responseDeclaration"):
        name = response.get("identifier", "")
        if name in reckoning.right:
            _write_right(response, reckoning.right[name])
    names = {one.get("identifier", "") for one in declared}
    _settle_comparisons(root, reckoning, names)
    _show(root, reckoning)
    _print(root, reckoning, names)
    is_drawn = processing is not None and bool(every(processing, "random", "randomInteger", "randomFloat"))
    for one in (*declared, *([processing] if processing is not None else [])):
        root.remove(one)
    return is_drawn


def _drawn(root: etree._Element, declared: list[etree._Element], processing: etree._Element | None) -> Reckoning:
    reckoning = Reckoning(root.get("identifier", ""))
    for _draw in range(_DRAWS):
        reckoning.values = {one.get("identifier", ""): _default(one) for one in declared}
        bases = {one.get("identifier", ""): one.get("baseType", "") for one in declared}
        try:
            if processing is not None:
                _run(processing, reckoning, bases)
        except _Again:
            continue
        except _Enough:
            pass
        return reckoning
    raise Unknown


def _default(element: etree._Element) -> Value:
    found = [read(element.get("baseType", ""), words(one)) for one in every(element, "value")]
    return (found if element.get("cardinality", "single") != "single" else found[0]) if found else None


def _run(block: etree._Element, reckoning: Reckoning, bases: dict[str, str]) -> None:
    """The rules of a block, one after another."""
    for rule in block:
        name, target = local(rule), rule.get("identifier", "") if local(rule) else ""
        if name == "setTemplateValue":
            value = reckoning.of(_only(rule))
            is_whole = bases.get(target) == "integer" and isinstance(value, float)
            reckoning.values[target] = int(value) if is_whole else value
        elif name == "setCorrectResponse":
            reckoning.right[target] = reckoning.of(_only(rule))
        elif name == "templateConstraint":
            if reckoning.of(_only(rule)) is not True:
                raise _Again
        elif name == "templateCondition":
            _choose(rule, reckoning, bases)
        elif name == "exitTemplate":
            raise _Enough
        elif name and name != "setDefaultValue":
            raise Unknown


def _choose(condition: etree._Element, reckoning: Reckoning, bases: dict[str, str]) -> None:
    for branch in children(condition, *_BRANCHES):
        parts = [one for one in branch if local(one)]
        if local(branch) == "templateElse":
            _run(branch, reckoning, bases)
            return
        if parts and reckoning.of(parts[0]) is True:
            branch.remove(parts[0])
            _run(branch, reckoning, bases)
            branch.insert(0, parts[0])
            return


def _only(rule: etree._Element) -> etree._Element:
    parts = [one for one in rule if local(one)]
    if len(parts) != 1:
        raise Unknown
    return parts[0]


def _write_right(response: etree._Element, value: Value) -> None:
    old = child(response, "correctResponse")
    if old is not None:
        response.remove(old)
    right = etree.Element("correctResponse")
    for one in value if isinstance(value, list) else [value]:
        etree.SubElement(right, "value").text = written(one)
    response.insert(0, right)


def _settle_comparisons(root: etree._Element, reckoning: Reckoning, names: set[str]) -> None:
    """Where the key stands only in the processing, as a comparison with a number of the template, say it as a key."""
    processing = child(root, "responseProcessing")
    if processing is None:
        return
    responses = {one.get("identifier", ""): one for one in children(root, "responseDeclaration")}
    for test in every(processing, "equal", "equalRounded", "match", "stringMatch"):
        named = [one.get("identifier", "") for one in children(test, "variable")]
        asked = [one for one in named if one in responses]
        drawn = [one for one in named if one in names]
        if len(asked) != 1 or len(drawn) != 1 or child(responses[asked[0]], "correctResponse") is not None:
            continue
        value = reckoning.values[drawn[0]]
        if local(test) == "equalRounded":
            value, margin = _rounding(test, reckoning, value)
            test.tag = "equal"
            test.set("toleranceMode", "absolute")
            test.set("tolerance", margin)
        _write_right(responses[asked[0]], value)


def _rounding(test: etree._Element, reckoning: Reckoning, value: Value) -> tuple[Value, str]:
    """The number as it is to be rounded, and how far from it rounds to the same."""
    figures = int(reckoning.number(test, "figures", 0))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unknown
    if test.get("roundingMode", "significantFigures") != "decimalPlaces":
        figures -= 1 + (math.floor(math.log10(abs(value))) if value else 0)
    return round(value, figures), f"{0.5 * 10.0**-figures:.12f}".rstrip("0")


def _show(root: etree._Element, reckoning: Reckoning) -> None:
    """Keep what belongs to these numbers, and drop what belongs to others."""
    for part in [one for one in root.iter() if local(one) and one.get("templateIdentifier")]:
        value = reckoning.values.get(part.get("templateIdentifier", ""))
        is_named = part.get("identifier", "") in (value if isinstance(value, list) else [value])
        if is_named != (part.get("showHide", "show") == "show"):
            remove(part)
        elif local(part) in {"templateInline", "templateBlock"}:
            part.tag = "span" if local(part) == "templateInline" else "div"


def _print(root: etree._Element, reckoning: Reckoning, names: set[str]) -> None:
    for one in every(root, "printedVariable"):
        if one.get("identifier", "") in names:
            value = reckoning.values[one.get("identifier", "")]
            if one.get("index") and isinstance(value, list):
                place = int(reckoning.number(one, "index"))
                value = value[place - 1] if 1 <= place <= len(value) else None
            put(one, _formatted(value, one.get("format", "")))
    for one in every(root, "mi"):
        name = (one.text or "").strip()
        if name in names:
            one.tag, one.text = "mn", written(reckoning.values[name])


def _formatted(value: Value, how: str) -> str:
    if _FORMAT.fullmatch(how) and isinstance(value, int | float):
        return how % value
    return written(value)
