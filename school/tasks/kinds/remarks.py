"""What an author has to say to particular wrong answers, and the misconceptions behind them.

``"remarks": [{"when": <a key as the kind writes it>, "says": "…", "misconception": "…"}]``: when the answer would be right by that
key, these words are shown after the answer, and the misconception is counted for the teacher. One rule for all kinds that
judge by a key; what a teacher judges gets the teacher's own words. As secret as the key.
"""

from dataclasses import dataclass
from typing import Any

from .contract import Answer, BrokenSpec, Fault, Spec, TaskKind, Unreadable, say

MOST = 20
MAX_TEXT = 500
_FIELDS = {"when", "says", "misconception"}


@dataclass(frozen=True)
class Remark:
    """Words for one wrong answer."""

    says: str
    misconception: str = ""


def remarks_on(kind: TaskKind, spec: Spec, seed: int, answer: Answer) -> list[Remark]:
    """What the author says to this answer; nothing when it says nothing, or says it of what can't be judged."""
    found = []
    for remark in spec.get("remarks", ()):
        other = _with_key(spec, remark["when"]) | {"why": remark.get("says", "")}
        try:
            verdict = kind.grade(other, seed, answer)
            if verdict.correct:
                says = kind.present(other, seed, answer, verdict).why
                found.append(Remark(says, remark.get("misconception", "")))
        except (BrokenSpec, Unreadable):
            continue
    return found


def remark_faults(kind: TaskKind, spec: Spec) -> list[Fault]:
    """Mistakes in the field ``remarks`` of a specification that is sound otherwise."""
    remarks = spec.get("remarks", [])
    if not isinstance(remarks, list) or len(remarks) > MOST or not all(map(_is_remark, remarks)):
        return [Fault("remarks", say("Write each wrong answer with what to say to it."))]
    if any(kind.check(_with_key(spec, remark["when"])) for remark in remarks):
        return [Fault("remarks", say("A wrong answer among the remarks can't be read, or is not in the task."))]
    return []


def _is_remark(remark: Any) -> bool:
    if not isinstance(remark, dict) or not {"when"} < set(remark) <= _FIELDS:
        return False
    words = [remark.get("says", ""), remark.get("misconception", "")]
    return all(isinstance(one, str) and len(one) <= MAX_TEXT for one in words) and any(one.strip() for one in words)


def _with_key(spec: Spec, key: Any) -> dict[str, Any]:
    """The same task with another right answer; shares of the points belong to the key that is gone."""
    made = {name: value for name, value in spec.items() if name not in {"remarks", "shares"}} | {"key": key}
    return made | {"credit": "all"} if made.get("credit") == "shares" else made
