"""A question of a file as tasks of our kinds.

What no kind holds but can be asked in parts is asked in parts: a heap of free pairs as one task a thing, a gap of several
words as one task.
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
from school.tasks.kinds.remarks import MAX_TEXT, MOST
from school.tasks.kinds.spec import MAX_POINTS
from school.tasks.kinds.units import known_unit

Spec = dict[str, Any]
_GAP = re.compile(r"\[\[(\d+)\]\]")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([0-9a-f]{64}\.\w+)\)")
_FEWEST_OF_GROUPS = 4
"""Two groups for four things or more."""
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
    # What is said to one wrong option stands with it; what can't be said there goes into the explanation.
    alone = {
        place for place, option in enumerate(options) if not answer.many and place not in right and option.feedback
    }
    told = [(option.text, option.feedback) for place, option in enumerate(options) if place not in alone]
    spec = _base(question, said_after(question, *told))
    if alone:
        spec["remarks"] = [
            {"when": [place], "says": options[place].feedback[:MAX_TEXT]} for place in sorted(alone)[:MOST]
        ]
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
    wrong = [
        one for one in answer.accepted if one.share <= 0 and one.feedback and one.text.strip() and not answer.patterns
    ]
    told = [(one.text, one.feedback) for one in answer.accepted if one not in wrong]
    spec = _base(question, said_after(question, *told))
    if wrong:
        spec["remarks"] = [{"when": {"accept": [one.text]}, "says": one.feedback[:MAX_TEXT]} for one in wrong[:MOST]]
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
    wrong = [span for span in answer.spans if span.share <= 0 and span.feedback]
    told = [(written(span.value), span.feedback) for span in answer.spans if span not in wrong]
    spec = _base(question, said_after(question, *told))
    if wrong:
        spec["remarks"] = [
            {"when": {"value": written(one.value)}, "says": one.feedback[:MAX_TEXT]} for one in wrong[:MOST]
        ]
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
    """The text with its gaps, numbered as they stand; a gap that several may be chosen in is asked apart."""
    answer = question.answer
    if not isinstance(answer, Cloze):
        raise Refused(Why.NOT_HELD)
    if any(isinstance(gap.answer, Choice) and gap.answer.many for gap in answer.gaps):
        return _gap_by_gap(question, answer)
    order = [int(found) - 1 for found in _GAP.findall(question.prompt)]
    if not order or max(order) >= len(answer.gaps):
        raise Refused(Why.NO_KEY)
    gaps, keys, shares, remarks = [], [], [], list[tuple[str, str]]()
    least = min((gap.weight for gap in answer.gaps if gap.weight > 0), default=FULL)
    for place in order:
        (task,) = _KINDS[type(answer.gaps[place].answer)](
            replace(
                question, prompt="?", answer=answer.gaps[place].answer, explanation="", when_right="", when_wrong=""
            )
        )
        own = {
            name: task.spec[name]
            for name in task.spec.keys() - {"version", "prompt", "points", "key", "shares", "why", "remarks"}
        }
        weight = points_of(answer.gaps[place].weight / least)
        gaps.append({"kind": task.kind, **own} | ({"weight": weight} if weight > 1 else {}))
        keys.append(task.spec["key"])
        shares.append(task.spec.get("shares"))
        if "why" in task.spec:
            remarks.append((f"({len(gaps)})", task.spec["why"]))
    numbers = iter(range(1, len(order) + 1))
    text = _GAP.sub(lambda _found: f"[[{next(numbers)}]]", question.prompt)
    asked = "Заполните пропуски." if _RUSSIAN.search(question.prompt) else "Fill in the gaps."
    spec = _base(replace(question, prompt=text), said_after(question, *remarks))
    spec |= {"text": spec["prompt"], "prompt": asked, "gaps": gaps, "key": keys}
    options = [gap.get("options") for gap in gaps]
    if answer.has_bank and all(options) and all(one == options[0] for one in options) and not any(shares):
        spec |= {"bank": options[0], "gaps": [{"kind": "bank"} | _weight_of(gap) for gap in gaps]}
    elif any(shares):
        spec["shares"] = shares
    return [Task("cloze", spec)]


def _weight_of(gap: Spec) -> Spec:
    return {"weight": gap["weight"]} if "weight" in gap else {}


def _gap_by_gap(question: Question, answer: Cloze) -> list[Task]:
    """One task a gap: the whole text with numbered gaps, and which of them is asked."""
    text = _GAP.sub(lambda found: f"({found[1]}) \\_\\_\\_\\_", question.prompt)
    whole = sum((gap.weight for gap in answer.gaps), NONE)
    asked = "Пропуск" if _RUSSIAN.search(question.prompt) else "Gap"
    parts: list[Answer] = [gap.answer for gap in answer.gaps]
    shares = [gap.weight / whole if whole else Fraction(1, len(parts)) for gap in answer.gaps]
    return _parts(question, [f"{text}\n\n**{asked} ({place})**" for place in range(1, len(parts) + 1)], parts, shares)


def _matching(question: Question) -> list[Task]:
    """All pairs at once, where each thing has one partner; a few partners for many things are groups."""
    answer = question.answer
    if not isinstance(answer, Matching):
        raise Refused(Why.NOT_HELD)
    lefts, rights = [pair.left for pair in answer.pairs], [pair.right for pair in answer.pairs]
    if answer.is_free or len(set(lefts)) < len(lefts):
        return _pair_by_pair(question, answer)
    partners = list(dict.fromkeys((*rights, *answer.extra)))
    spec = _base(question, said_after(question, *((pair.left, pair.feedback) for pair in answer.pairs)))
    spec |= {"left": lefts, "right": partners, "key": [partners.index(right) for right in rights]}
    worth = [pair.share for pair in answer.pairs]
    if len(set(worth)) > 1:
        spec["shares"] = [written(min(share, FULL)) for share in worth]
    is_groups = not answer.extra and _FEWEST_OF_GROUPS <= 2 * len(partners) <= len(lefts)
    return [Task("grouping" if is_groups else "matching", spec)]


def _pair_by_pair(question: Question, answer: Matching) -> list[Task]:
    """One task a thing: which of the partners belong to it."""
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
    """The lines, written down in the order of the alphabet: the right one must not show in the specification."""
    answer = question.answer
    if not isinstance(answer, Ordering):
        raise Refused(Why.NOT_HELD)
    if len(set(answer.lines)) < len(answer.lines):
        raise Refused(Why.SAME_OPTIONS, text="")
    lines = sorted(answer.lines)
    spec = _base(question, said_after(question))
    spec |= {"lines": lines, "key": [lines.index(line) for line in answer.lines]}
    spec["credit"] = "places" if answer.by_parts else "all"
    return [Task("ordering", spec)]


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
