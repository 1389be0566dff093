"""Hours, evidence and gains in plain sentences: nothing is claimed that so few answers can't carry."""

from datetime import datetime

from school.core import clock
from school.core.days import clock_time, day_title, short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.extra.gain import LEAST_PUPILS, Answers, Gain, Way
from school.extra.times import Hour


def hour_words(hour: Hour) -> str:
    """«Вторник, 24 ноября, 14:35–15:15, кабинет 204»."""
    return str(
        _(
            "%(day)s, %(begin)s–%(end)s, room %(room)s",
            day=day_title(clock.local(hour.starts_at).date()),
            begin=clock_time(hour.starts_at),
            end=clock_time(hour.ends_at),
            room=hour.room,
        )
    )


def wait_words(hour: Hour) -> str:
    """How long the one who waits longest waits; nothing while it is a usual break."""
    if hour.wait <= 30:
        return ""
    return str(
        ngettext(
            "somebody waits %(num)s minute between lessons and this hour",
            "somebody waits %(num)s minutes between lessons and this hour",
            hour.wait,
        )
    )


def right_of(right: int, answers: int) -> str:
    """«верно 2 из 9»."""
    return str(_("%(right)s of %(answers)s right", right=right, answers=answers)) if answers else "–"


def share(answers: Answers) -> str:
    """«32 % (13 из 41)»."""
    if not answers.answers:
        return "–"
    return str(
        _(
            "%(percent)s %% (%(right)s of %(answers)s)",
            percent=round(100 * answers.share),
            right=answers.right,
            answers=answers.answers,
        )
    )


def gain_words(gain: Gain) -> str:
    """What may be said of those who came."""
    if gain.way == Way.FEW:
        return str(
            ngettext(
                "Too early to say: of those who came, %(num)s pupil has answered enough questions on this topic before "
                "and after (%(least)s are needed, with three answers on either side).",
                "Too early to say: of those who came, %(num)s pupils have answered enough questions on this topic before "
                "and after (%(least)s are needed, with three answers on either side).",
                gain.pupils,
                least=LEAST_PUPILS,
            )
        )
    values = {
        "before": share(gain.before),
        "after": share(gain.after),
        "n": gain.pupils,
        "low": _points(gain.low),
        "high": _points(gain.high),
        "step": _points(gain.step),
    }
    numbers = _(
        "Right answers before: %(before)s, after: %(after)s (pupils counted: %(n)s). On average %(step)s points for a "
        "pupil; in 95 cases of 100 the truth is between %(low)s and %(high)s.",
        **values,
    )
    if gain.way == Way.UP:
        claim = _("It goes better, and by more than chance.")
    elif gain.way == Way.DOWN:
        claim = _("It goes worse, and by more than chance.")
    else:
        claim = _("So few answers can differ so much by chance: nothing can be said yet.")
    return f"{claim} {numbers}"


def when_words(starts_at: datetime, ends_at: datetime) -> str:
    """«24 нояб., 14:35–15:15»."""
    day = short_day(clock.local(starts_at).date())
    return f"{day}, {clock_time(starts_at)}–{clock_time(ends_at)}"


def _points(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"
