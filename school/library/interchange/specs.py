"""A question of a file as tasks of our kinds.

What has no kind yet but can be asked in parts is asked in parts: a text with gaps as one task a gap, pairs as one task
a pair, an order as one task a place. A new kind takes its place in ``_KINDS`` and the parts go.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from content_library.interchange import (
    FULL,
    NONE,
    Answer,
    Choice,
    Cloze,
    Hotspot,
    Matching,
    Number,
    Option,
    Ordering,
    Question,
    Refused,
    Why,
    Words,
    right_options,
    written,
)
from school.tasks.kinds import KINDS
from school.tasks.kinds.choice import MAX_OPTIONS
from school.tasks.kinds.spec import MAX_POINTS
from school.tasks.kinds.units import known_unit

Spec = dict[str, Any]
_GAP = re.compile(r"\[\[(\d+)\]\]")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([0-9a-f]{64}\.\w+)\)")
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Task:
    """A task of ours."""

    kind: str
    spec: Spec


def tasks_of(question: Question) -> list[Task]:
    """The tasks that ask a question. Raises ``Refused`` with the reason."""
    read = _KINDS.get(type(question.answer))
    if read is None:
        raise Refused(Why.NOT_HELD, kind=type(question.answer).__name__.lower())
    tasks = read(question)
    for task in tasks:
        faults = KINDS[task.kind].check(task.spec)
        if faults:
            raise Refused(Why.FAULT, None, what=faults[0].what.msgid, **faults[0].what.values)
    return tasks


def said_after(question: Question, *remarks: tuple[str, str]) -> str:
    """Everything that a file says after the answer, in one explanation: our tasks have one."""
    is_russian = bool(_RUSSIAN.search(question.prompt))
    right, wrong = ("Верно", "Неверно") if is_russian else ("Right", "Wrong")
    parts = [question.explanation]
    parts += [
        f"{label}: {text}" for label, text in ((right, question.when_right), (wrong, question.when_wrong)) if text
    ]
    parts += [f"«{option}» — {text}" for option, text in remarks if text]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))[:4000]


def _base(question: Question, why: str) -> Spec:
    """The fields that all kinds have."""
    spec: Spec = {"version": 1, "prompt": question.prompt, "points": points_of(question.points)}
    pictures = _PICTURE.findall(question.prompt)
    if len(pictures) == 1:
        # One picture stands beside the question, where the player shows it large.
        alt, key = pictures[0]
        text = _PICTURE.sub("", question.prompt).strip()
        spec["picture"] = {"name": key, "alt": alt.strip() or ("Рисунок" if _RUSSIAN.search(text) else "Picture")}
        spec["prompt"] = text or alt
    if why:
        spec["why"] = why
    return spec


def points_of(points: Fraction) -> int:
    """Whole points: ours are from 1 to 20."""
    return min(max(int(points + Fraction(1, 2)), 1), MAX_POINTS)


def _choice(question: Question) -> list[Task]:
    answer = question.answer
    if not isinstance(answer, Choice):
        raise Refused(Why.NOT_HELD)
    options = _different(answer.options)
    if any(option.picture and not option.text for option in options):
        raise Refused(Why.PICTURE_OPTIONS)
    if len(options) < 2:
        raise Refused(Why.NO_OPTIONS)
    right = right_options(replace(answer, options=options))
    if not right:
        raise Refused(Why.NO_KEY)
    if len(right) == len(options) and answer.many:
        raise Refused(Why.ALL_RIGHT)
    spec = _base(question, said_after(question, *((option.text, option.feedback) for option in options)))
    spec |= {"options": [option.text for option in options], "keep_order": answer.keep_order}
    if not answer.many:
        shares = [max(option.share, NONE) for option in options]
        spec["key"] = [right[0]]
        if any(share > 0 for place, share in enumerate(shares) if place != right[0]) or shares[right[0]] != 1:
            spec["shares"] = [written(share) for share in shares]
        return [Task("single", spec)]
    spec["key"] = list(right)
    spec["credit"] = "all" if answer.all_or_nothing else "partial"
    if not answer.all_or_nothing and not _is_even(options, len(right)):
        spec |= {"credit": "shares", "shares": [written(max(option.share, -FULL)) for option in options]}
    return [Task("multiple", spec)]


def _different(options: Sequence[Option]) -> tuple[Option, ...]:
    """Options without exact doubles; two of the same words and another worth can't be told apart."""
    made: dict[str, Option] = {}
    for option in options:
        text = " ".join(option.text.split())
        if text in made and made[text].share != option.share:
            raise Refused(Why.SAME_OPTIONS, text=text[:80])
        made.setdefault(text, replace(option, text=text))
    return tuple(made.values())


def _is_even(options: Sequence[Option], right: int) -> bool:
    """Whether shares are those of our own rule: each right one adds an equal share, each wrong one takes as much."""
    share = Fraction(1, right)
    return all(option.share == (share if option.share > 0 else -share) for option in options)


def _words(question: Question) -> list[Task]:
    answer = question.answer
    if not isinstance(answer, Words):
        raise Refused(Why.NOT_HELD)
    accept = [one.text for one in answer.accepted if one.share >= 1]
    partly = [(one.text, one.share) for one in answer.accepted if 0 < one.share < 1]
    if not accept and partly:
        best = max(share for _, share in partly)
        accept = [text for text, share in partly if share == best]
        partly = [(text, share / best) for text, share in partly if share < best]
    if not any(text.strip() for text in accept):
        raise Refused(Why.NO_KEY)
    spec = _base(question, said_after(question, *((one.text, one.feedback) for one in answer.accepted)))
    normal: dict[str, str] = {}
    for text in accept:
        normal.setdefault(text if answer.keep_case else text.casefold(), text)
    spec["key"] = {"accept": _distinct(spec, list(normal.values()), answer.keep_case)}
    if partly:
        spec["key"]["partly"] = [[text, written(share)] for text, share in partly]
    if answer.patterns and any("*" in text for text in (*accept, *(text for text, _ in partly))):
        spec["key"]["patterns"] = True
    if answer.keep_case:
        spec["keep_case"] = True
    return [Task("text", spec)]


def _distinct(spec: Spec, forms: list[str], keep_case: bool) -> list[str]:
    """Accepted forms that our own comparison takes for different."""
    kept: list[str] = []
    for form in forms:
        trial = spec | {"key": {"accept": [*kept, form]}, "keep_case": keep_case}
        if not KINDS["text"].check(trial) or not kept:
            kept.append(form)
    return kept


def _number(question: Question) -> list[Task]:
    answer = question.answer
    if not isinstance(answer, Number):
        raise Refused(Why.NOT_HELD)
    spans = [span for span in answer.spans if span.share > 0]
    if not spans:
        raise Refused(Why.NO_KEY)
    best = max(spans, key=lambda span: span.share)
    others = [span for span in spans if span is not best]
    spec = _base(question, said_after(question, *((written(span.value), span.feedback) for span in answer.spans)))
    spec["key"] = {"value": written(best.value)}
    if others:
        spec["key"]["also"] = [
            {"value": written(span.value), "abs": written(span.margin), "share": written(span.share / best.share)}
            for span in others
        ]
    if best.margin:
        spec["abs"] = written(best.margin)
    if answer.unit and known_unit(answer.unit) == answer.unit:
        spec["unit"] = answer.unit
    return [Task("number", spec)]


def _cloze(question: Question) -> list[Task]:
    """One task a gap: the whole text with numbered gaps, and which of them is asked."""
    answer = question.answer
    if not isinstance(answer, Cloze):
        raise Refused(Why.NOT_HELD)
    text = _GAP.sub(lambda found: f"({found[1]}) \\_\\_\\_\\_", question.prompt)
    whole = sum((gap.weight for gap in answer.gaps), NONE)
    asked = "Пропуск" if _RUSSIAN.search(question.prompt) else "Gap"
    parts: list[Answer] = [gap.answer for gap in answer.gaps]
    shares = [gap.weight / whole if whole else Fraction(1, len(parts)) for gap in answer.gaps]
    return _parts(question, [f"{text}\n\n**{asked} ({place})**" for place in range(1, len(parts) + 1)], parts, shares)


def _matching(question: Question) -> list[Task]:
    """One task a pair: which of the partners belongs to this one."""
    answer = question.answer
    if not isinstance(answer, Matching):
        raise Refused(Why.NOT_HELD)
    rights = dict.fromkeys((*(pair.right for pair in answer.pairs), *answer.extra))
    if answer.is_free:
        rights = dict.fromkeys(text for pair in answer.pairs for text in (pair.left, pair.right)) | dict.fromkeys(
            answer.extra
        )
    prompts, parts, shares = [], list[Answer](), []
    for left in dict.fromkeys(pair.left for pair in answer.pairs):
        own = [pair for pair in answer.pairs if left in {pair.left, pair.right if answer.is_free else pair.left}]
        partners = {pair.left if pair.right == left and answer.is_free else pair.right for pair in own}
        options = [text for text in rights if text != left or not answer.is_free]
        _few_enough(options)
        share = Fraction(1, len(partners))
        made = tuple(Option(text=text, share=share if text in partners else NONE) for text in options)
        parts.append(Choice(options=made, many=len(partners) > 1, all_or_nothing=len(partners) > 1))
        prompts.append(f"{question.prompt}\n\n**{left}** — ?")
        shares.append(sum((pair.share for pair in own), NONE))
    return _parts(question, prompts, parts, shares)


def _ordering(question: Question) -> list[Task]:
    """One task a place: what stands there. The last place follows from the others."""
    answer = question.answer
    if not isinstance(answer, Ordering):
        raise Refused(Why.NOT_HELD)
    lines = answer.lines
    _few_enough(list(lines))
    if len(set(lines)) < len(lines):
        raise Refused(Why.SAME_OPTIONS, text="")
    word = "Место" if _RUSSIAN.search(question.prompt + " ".join(lines)) else "Place"
    # In alphabetical order: the right one must not stand in the options.
    shown = sorted(lines)
    parts: list[Answer] = [
        Choice(options=tuple(Option(text=text, share=FULL if text == line else NONE) for text in shown))
        for line in lines[:-1]
    ]
    prompts = [f"{question.prompt}\n\n**{word} {place}**" for place in range(1, len(lines))]
    return _parts(question, prompts, parts, [Fraction(1, len(parts))] * len(parts))


def _hotspot(question: Question) -> list[Task]:
    """The places are numbered on the picture; the numbers are the options."""
    answer = question.answer
    if not isinstance(answer, Hotspot) or not answer.numbered:
        raise Refused(Why.NOT_HELD, None, kind="hotspot")
    options = tuple(Option(text=str(place), share=area.share) for place, area in enumerate(answer.areas, 1))
    return _choice(replace(question, answer=Choice(options=options, many=answer.many, keep_order=True)))


def _few_enough(options: Sequence[str]) -> None:
    if len(options) > MAX_OPTIONS:
        raise Refused(Why.FAULT, what="There must be from 2 to 12 options.")


def _parts(question: Question, prompts: list[str], parts: list[Answer], shares: list[Fraction]) -> list[Task]:
    """Each part as a task with its share of the points, at least one."""
    made: list[Task] = []
    for prompt, part, share in zip(prompts, parts, shares, strict=True):
        points = max(question.points * share, FULL)
        made += _KINDS[type(part)](replace(question, prompt=prompt, answer=part, points=points))
    if not made:
        raise Refused(Why.NO_KEY)
    return made


_KINDS: dict[type, Callable[[Question], list[Task]]] = {
    Choice: _choice,
    Words: _words,
    Number: _number,
    Cloze: _cloze,
    Matching: _matching,
    Ordering: _ordering,
    Hotspot: _hotspot,
}
