"""What an author has to say to particular wrong answers, and the misconceptions behind them.

``"remarks": [{"when": <a key as the kind writes it>, "says": "…", "misconception": "…"}]``: when the answer would be right by that
key, these words are shown after the answer, and the misconception is counted for the teacher. One rule for all kinds that
judge by a key; what a teacher judges gets the teacher's own words. As secret as the key. In a task of several parts a remark may name
its part: ``{"part": 2, "when": <a key of that part>, …}``.
"""

from dataclasses import dataclass
from typing import Any

from .contract import Answer, BrokenSpec, Fault, Spec, TaskKind, Unreadable, say
from .multipart import Multipart
from .spec import is_whole

MOST = 20
MAX_TEXT = 500
_FIELDS = {"when", "says", "misconception", "part"}


@dataclass(frozen=True)
class Remark:
    """Words for one wrong answer."""

    says: str
    misconception: str = ""


def remarks_on(kind: TaskKind, spec: Spec, seed: int, answer: Answer) -> list[Remark]:
    """What the author says to this answer; nothing when it says nothing, or says it of what can't be judged."""
    found = []
    for remark in spec.get("remarks", ()):
        try:
            said = (
                _of_part(kind, spec, seed, answer, remark)
                if "part" in remark
                else _said(kind, spec, seed, answer, remark)
            )
        except (BrokenSpec, Unreadable):
            continue
        if said is not None:
            found.append(said)
    return found


def _said(kind: TaskKind, spec: Spec, seed: int, answer: Answer, remark: dict[str, Any]) -> Remark | None:
    other = _with_key(spec, remark["when"]) | {"why": remark.get("says", "")}
    verdict = kind.grade(other, seed, answer)
    if not verdict.correct:
        return None
    return Remark(kind.present(other, seed, answer, verdict).why, remark.get("misconception", ""))


def _of_part(kind: TaskKind, spec: Spec, seed: int, answer: Answer, remark: dict[str, Any]) -> Remark | None:
    """The same of one part, whose number stands before the words as it stands before its question."""
    if not isinstance(kind, Multipart):
        return None
    place = remark["part"] - 1
    given = kind.answer_of(spec, place, answer)
    inner, own, own_seed = kind.part(spec, seed, place)
    said = None if given is None else _said(inner, own, own_seed, given, remark)
    return Remark(f"{place + 1}) {said.says}", said.misconception) if said and said.says else said


def remark_faults(kind: TaskKind, spec: Spec) -> list[Fault]:
    """Mistakes in the field ``remarks`` of a specification that is sound otherwise."""
    remarks = spec.get("remarks", [])
    if not isinstance(remarks, list) or len(remarks) > MOST or not all(map(_is_remark, remarks)):
        return [Fault("remarks", say("Write each wrong answer with what to say to it."))]
    if any(_is_unreadable(kind, spec, remark) for remark in remarks):
        return [Fault("remarks", say("A wrong answer among the remarks can't be read, or is not in the task."))]
    return []


def _is_unreadable(kind: TaskKind, spec: Spec, remark: dict[str, Any]) -> bool:
    if "part" not in remark:
        return bool(kind.check(_with_key(spec, remark["when"])))
    if not isinstance(kind, Multipart) or not is_whole(remark["part"]) or not 1 <= remark["part"] <= len(spec["parts"]):
        return True
    inner, own, _seed = kind.part(spec, 0, remark["part"] - 1)
    return bool(inner.check(_with_key(own, remark["when"])))


def _is_remark(remark: Any) -> bool:
    if not isinstance(remark, dict) or not {"when"} < set(remark) <= _FIELDS:
        return False
    words = [remark.get("says", ""), remark.get("misconception", "")]
    return all(isinstance(one, str) and len(one) <= MAX_TEXT for one in words) and any(one.strip() for one in words)


def _with_key(spec: Spec, key: Any) -> dict[str, Any]:
    """The same task with another right answer; shares of the points belong to the key that is gone."""
    made = {name: value for name, value in spec.items() if name not in {"remarks", "shares"}} | {"key": key}
    return made | {"credit": "all"} if made.get("credit") == "shares" else made
