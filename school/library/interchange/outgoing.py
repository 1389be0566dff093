"""Tasks of ours as questions for files of other programs."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from content_library.interchange import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Choice,
    Cloze,
    Gap,
    Matching,
    Number,
    Option,
    Ordering,
    Pair,
    Place,
    Question,
    Refusal,
    Refused,
    Span,
    Test,
    Why,
    Words,
)
from school.tasks.kinds.numerals import read_number


def question_of(kind: str, spec: Mapping[str, Any]) -> Question:
    """A task as a question. Raises ``Refused`` for kinds that no file format of ours can say."""
    read = _KINDS.get(kind)
    if read is None:
        raise Refused(Why.LACKS_KIND, None, kind=kind)
    prompt = f"{spec['prompt']}\n\n{spec['text']}" if kind == "cloze" else str(spec["prompt"])
    picture = spec.get("picture")
    if picture:
        prompt = f"{prompt}\n\n![{picture['alt']}]({picture['name']})"
    return Question(
        prompt=prompt,
        answer=read(spec),
        points=Fraction(spec.get("points", 1)),
        explanation=str(spec.get("why", "")),
    )


def _choice(spec: Mapping[str, Any], *, many: bool) -> Choice:
    key, texts = set(spec["key"]), spec["options"]
    if "shares" in spec:
        shares = [Fraction(share) for share in spec["shares"]]
    else:
        right = Fraction(1, len(key)) if many else FULL
        wrong = -right if many and spec.get("credit", "partial") == "partial" else NONE
        shares = [right if place in key else wrong for place in range(len(texts))]
    said = {remark["when"][0]: remark.get("says", "") for remark in spec.get("remarks", ()) if len(remark["when"]) == 1}
    return Choice(
        options=tuple(
            Option(text=text, share=share, feedback=said.get(place, ""))
            for place, (text, share) in enumerate(zip(texts, shares, strict=True))
        ),
        many=many,
        keep_order=bool(spec.get("keep_order", False)),
        all_or_nothing=many and spec.get("credit", "partial") == "all",
    )


def _single(spec: Mapping[str, Any]) -> Answer:
    return _choice(spec, many=False)


def _multiple(spec: Mapping[str, Any]) -> Answer:
    return _choice(spec, many=True)


def _number(spec: Mapping[str, Any]) -> Answer:
    key = spec["key"]
    value = read_number(str(key["value"]))
    margin = abs(value) * read_number(str(spec["rel"])) if "rel" in spec else read_number(str(spec.get("abs", 0)))
    others = [
        Span(
            value=read_number(str(one["value"])),
            margin=read_number(str(one.get("abs", 0))),
            share=Fraction(one["share"]),
        )
        for one in key.get("also", ())
    ]
    return Number(spans=(Span(value=value, margin=margin), *others), unit=str(spec.get("unit", "")))


def _text(spec: Mapping[str, Any]) -> Answer:
    key = spec["key"]
    accepted = [Accepted(text=form) for form in key["accept"]]
    accepted += [Accepted(text=form, share=Fraction(share)) for form, share in key.get("partly", ())]
    return Words(
        accepted=tuple(accepted),
        keep_case=bool(spec.get("keep_case", False)),
        patterns=bool(key.get("patterns", False)),
    )


def _pairs(spec: Mapping[str, Any]) -> Answer:
    left, right, key = spec["left"], spec["right"], spec["key"]
    if spec.get("credit", "partial") == "all":
        raise Refused(Why.LACKS_WHOLE)
    even = str(Fraction(1, len(left)))
    shares = [Fraction(share) for share in spec.get("shares", [even] * len(left))]
    pairs = tuple(
        Pair(left=one, right=right[place], share=share) for one, place, share in zip(left, key, shares, strict=True)
    )
    return Matching(pairs=pairs, extra=tuple(text for place, text in enumerate(right) if place not in key))


def _ordering(spec: Mapping[str, Any]) -> Answer:
    # Other programs know no credit for lines that follow one another: the nearest they have is credit by places.
    lines = tuple(spec["lines"][place] for place in spec["key"])
    return Ordering(lines=lines, by_parts=spec.get("credit", "run") != "all")


def _cloze(spec: Mapping[str, Any]) -> Answer:
    if spec.get("credit", "partial") == "all":
        raise Refused(Why.LACKS_WHOLE)
    gaps = []
    for place, gap in enumerate(spec["gaps"]):
        own: dict[str, Any] = {**gap, "key": spec["key"][place]}
        if gap["kind"] == "bank":
            own["options"] = spec["bank"]
        if spec.get("shares") and spec["shares"][place]:
            own["shares"] = spec["shares"][place]
        answer = _IN_GAPS[gap["kind"]](own)
        gaps.append(Gap(answer=answer, weight=Fraction(gap.get("weight", 1))))
    return Cloze(gaps=tuple(gaps), has_bank="bank" in spec)


_IN_GAPS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "single": _single,
    "bank": _single,
    "number": _number,
    "text": _text,
}
_KINDS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "text": _text,
    "matching": _pairs,
    "grouping": _pairs,
    "ordering": _ordering,
    "cloze": _cloze,
}


def as_test(title: str, items: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[Test, list[Refusal]]:
    """Tasks as a test for a file, and those whose kind no file can say."""
    made: list[Question] = []
    refused: list[Refusal] = []
    for number, (kind, spec) in enumerate(items, 1):
        try:
            made.append(question_of(kind, spec))
        except Refused as problem:
            refused.append(problem.at(Place(number=number)))
    return Test(title=title, questions=tuple(made)), refused
