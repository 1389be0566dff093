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
    Number,
    Option,
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
    prompt = str(spec["prompt"])
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
    return Choice(
        options=tuple(Option(text=text, share=share) for text, share in zip(texts, shares, strict=True)),
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


_KINDS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "text": _text,
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
