"""Pilots in plain sentences: nothing is claimed that the numbers don't carry, and a target is called a target."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal

from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.pilots.analysis import LEAST, Difference, Reading
from school.pilots.guards import Alarm
from school.pilots.models import Arm, Sitting
from school.pilots.pooling import Pool
from school.pilots.times import Stage, needed

TARGET = 15
"""Per cent more topics mastered: what the city aims at."""


def arm_words(arm: Arm | str) -> str:
    """A way of practice."""
    return str(
        {
            Arm.SAME: _("the same set for all"),
            Arm.FIT: _("the teacher's topic, questions that fit each"),
            Arm.HALF: _("half lessons, half own topics"),
            Arm.TRACK: _("own topics only"),
        }[Arm(arm)]
    )


def arm_name(arm: Arm | str) -> str:
    """The same in two words, for tables."""
    return str(
        {
            Arm.SAME: _("Common set"),
            Arm.FIT: _("Fitting set"),
            Arm.HALF: _("Half and half"),
            Arm.TRACK: _("Own topics"),
        }[Arm(arm)]
    )


def capital(text: str) -> str:
    """At the beginning of a line."""
    return text[:1].upper() + text[1:]


def arms_words(arms: Sequence[Arm]) -> str:
    """All ways of a pilot in one line."""
    return "; ".join(f"{arm_name(one)}: {arm_words(one)}" for one in arms) + "."


def sitting_words(kind: Sitting | str) -> str:
    """A common test."""
    return str(
        {
            Sitting.PRE: _("test before practice"),
            Sitting.POST: _("test after practice"),
            Sitting.DELAYED: _("test four weeks after practice"),
        }[Sitting(kind)]
    )


def stage_words(stage: Stage | None) -> str:
    """Where a pilot is."""
    if stage is None:
        return ""
    return str(
        {
            Stage.CONSENT: _("families are asked"),
            Stage.PRE: _("test before practice is open"),
            Stage.PRACTICE: _("practice goes on"),
            Stage.POST: _("test after practice is open"),
            Stage.WAITING: _("waits for the last test"),
            Stage.DELAYED: _("the last test is open"),
            Stage.OVER: _("over"),
        }[stage]
    )


def alarm_words(kind: str, arm: str, about: Mapping[str, Any]) -> str:
    """What rang, with its numbers."""
    way = arm_name(arm) if arm else ""
    sentences = {
        Alarm.TIME: lambda: _("“%(way)s” takes %(n)s minutes a week, the first way %(first)s.", way=way, n=about["minutes"], first=about["first"]),
        Alarm.LOST: lambda: _("%(n)s %% have left “%(way)s”, of the first way %(first)s %%.", way=way, n=about["share"], first=about["first"]),
        Alarm.UNDONE: lambda: _("%(n)s %% of the tasks of “%(way)s” are done, of the first way %(first)s %%.", way=way, n=about["share"], first=about["first"]),
        Alarm.HARD: lambda: _("%(n)s %% of the tasks of “%(way)s” are too hard; at most 10 %% may be.", way=way, n=about["share"]),
        Alarm.MARKS: lambda: _("Marks in the subject are lower in “%(way)s”: %(n)s, in the first way %(first)s.", way=way, n=number(about["hundredths"] / 100, 2), first=number(about["first"] / 100, 2)),
        Alarm.HARM: lambda: _("The test after practice lies below the first way in “%(way)s” by more than chance.", way=way),
        Alarm.UNEQUAL: lambda: _("“%(way)s” was given %(n)s tasks in a set, the first way %(first)s.", way=way, n=number(about["tenths"] / 10), first=number(about["first"] / 10)),
        Alarm.LEAK: lambda: _("Questions of the common tests were met outside of them: %(n)s.", n=about["n"]),
    }  # fmt: skip
    return str(sentences[Alarm(kind)]())


def number(value: float, digits: int = 1) -> str:
    """«1,4», «55,0», with a real minus; numbers of a column have as many digits."""
    # Adding nought turns a minus nought into a plain one.
    return str(format_decimal(round(value, digits) + 0.0, "#,##0." + digits * "0")).replace("-", "−")


def signed(value: float) -> str:
    """With its sign."""
    return f"+{number(value)}" if round(value, 1) > 0 else number(value)


def interval(one: Difference) -> str:
    """«от −1,2 до +4,5»."""
    return str(_("from %(low)s to %(high)s", low=signed(one.low), high=signed(one.high)))


def difference_words(one: Difference) -> str:
    """What may be said of it, and no more."""
    if one.may_be_chance:
        return str(_("The difference may be chance."))
    if one.low > 0:
        return str(_("Higher than the first way by more than chance."))
    return str(_("Lower than the first way by more than chance."))


def few_words(reading: Reading, arm: str) -> str:
    """Why nothing is said of an arm."""
    n = {one.arm: one.n for one in reading.arms}
    return str(
        _(
            "Not enough to say anything: %(n)s and %(first)s pupils with a result, at least %(least)s in each are needed.",
            n=n[arm],
            first=reading.arms[0].n,
            least=LEAST,
        )
    )


def size_words(reading: Reading, planned: int) -> str:
    """That fewer came than was registered."""
    n = min(one.n for one in reading.arms)
    if n >= planned:
        return ""
    return str(
        _(
            "Registered were %(planned)s pupils in each arm, the smallest has %(n)s: a real difference may stay unseen.",
            planned=planned,
            n=n,
        )
    )


def topics_words(reading: Reading, one: Difference) -> str:
    """The difference in topics as a share of the first arm's, beside the target."""
    first = reading.arms[0].mean
    if not first:
        return ""
    return str(
        _(
            "That is %(value)s %% of the first way's topics, from %(low)s to %(high)s %%.",
            value=signed(100 * one.value / first),
            low=signed(100 * one.low / first),
            high=signed(100 * one.high / first),
        )
    )


def target_words() -> str:
    """The target, said as one."""
    return str(
        _(
            "The city's target is %(n)s %% more topics mastered. A target is what is aimed at, not what was found.",
            n=TARGET,
        )
    )


def power_words(planned: int) -> str:
    """What so many pupils can find."""
    for effect in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0):
        if needed(effect) <= planned:
            return str(
                ngettext(
                    "%(num)s pupil in each arm finds a difference of %(d)s standard deviations in four pilots of five.",
                    "%(num)s pupils in each arm find a difference of %(d)s standard deviations in four pilots of five.",
                    planned,
                    d=number(effect, 2),
                )
            )
    return str(_("So few pupils can find only a very large difference."))


def pool_words(pool: Pool) -> str:
    """What all schools together say, how unlike they are, and who is not shown."""
    parts = []
    if pool.total is not None:
        parts.append(difference_words(pool.total))
    else:
        parts.append(_("Not enough to say anything: at least %(least)s results in each arm are needed.", least=LEAST))
    if pool.unlike is not None and pool.total is not None:
        parts.append(_("Of the spread between schools %(n)s %% is more than chance.", n=pool.unlike))
    if pool.hidden:
        parts.append(
            ngettext(
                "%(num)s school with fewer than five results in an arm is not counted.",
                "%(num)s schools with fewer than five results in an arm are not counted.",
                pool.hidden,
            )
        )
    return " ".join(map(str, parts))


def export_words(kind: str) -> str:
    """A file."""
    return str(
        {
            "csv": _("Pupils, CSV"),
            "answers": _("Answers, CSV"),
            "xlsx": _("Everything with the codebook, XLSX"),
            "protocol": _("Protocol, flow and codebook, CSV"),
            "key": _("Key of pseudonyms"),
        }[kind]
    )
