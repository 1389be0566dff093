"""The twelve figures of the city in words: value, change against the week before, n, and what exactly is counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from school.home.numbers import decimal, whole
from school.home.weeks import LEAST, WEEK, Days, percent


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the page shows it."""

    name: str
    value: str
    change: str
    n: str
    """Of how many it speaks."""
    meaning: str


def number(value: int | None) -> str:
    """«3 412»; fewer than five are hidden, unknown is a dash."""
    if value is None:
        return "–"
    return _("fewer than %(n)s", n=LEAST) if 0 < value < LEAST else whole(value)


def share(part: int, of: int) -> str:
    """«96,4 %»; a dash where fewer than five stand behind it."""
    found = percent(part, of)
    return "–" if found is None or of < LEAST else _("%(n)s %%", n=decimal(found))


class _City:
    """Reads counts of the running state and of two weeks."""

    def __init__(self, days: Days, today: date) -> None:
        self.days = days
        self.state_day = max(day for day in days.by_date if day <= today)
        self.last = today - timedelta(1)
        self.before = self.last - timedelta(WEEK)
        self.comparable = days.has_week(self.last) and days.has_week(self.before)

    def state(self, name: str, label: str, n: str, meaning: str, *, exact: bool = False) -> Figure:
        now = self.days.at(name, self.state_day)
        then = self.days.at(name, self.state_day - timedelta(WEEK))
        known = now is not None and then is not None
        change = _change(now - then) if known and now is not None and then is not None else _no_change()
        value = number(now) if not exact or now is None else whole(now)
        return Figure(label, value, change, n, meaning)

    def total(self, name: str) -> int:
        return self.days.total(name, self.last)

    def sum(self, name: str, label: str, n: str, meaning: str) -> Figure:
        now = self.total(name)
        change = _change(now - self.days.total(name, self.before)) if self.comparable else _no_change()
        return Figure(label, number(now), change, n, meaning)

    def share(self, part: str, of: str, label: str, n: str, meaning: str, *, rest: bool = False) -> Figure:
        """A share of the week; with ``rest`` the part is what is missing from it."""
        found = []
        for last in (self.last, self.before):
            whole_sum, part_sum = self.days.total(of, last), self.days.total(part, last)
            found.append((whole_sum - part_sum if rest else part_sum, whole_sum))
        (now, base), (then, base_then) = found
        if self.comparable and base >= LEAST and base_then >= LEAST:
            change = _points(round((percent(now, base) or 0) - (percent(then, base_then) or 0), 1))
        else:
            change = _no_change()
        return Figure(label, share(now, base), change, n, meaning)


def twelve(days: Days, today: date) -> list[Figure]:
    """The figures, from the most solid to the most lively; ``days`` are the city's, not empty."""
    city = _City(days, today)
    schools = days.at("schools", city.state_day) or 0
    in_schools = ngettext("in %(num)s school", "in %(num)s schools", schools)
    of_pupils = _n(_("pupils"), days.at("pupils", city.state_day) or 0)
    return [
        city.state("schools", _("Schools"), "", _("Schools that have pupils in a class today."), exact=True),
        city.state("pupils", _("Pupils"), in_schools, _("Pupils who are in a class today, each once in a school.")),
        city.state("teachers", _("Teachers"), in_schools, _("People who teach at least one course today.")),
        city.sum(
            "lessons",
            _("Lessons held"),
            in_schools,
            _("Lessons of the seven days that have ended and were neither cancelled nor moved."),
        ),
        city.share(
            "absences",
            "places",
            _("Presence in lessons"),
            _n(_("pupils in lessons"), city.total("places")),
            _(
                "In lessons whose presence was taken: pupils who were there, of all who were expected, lesson by lesson. "
                "Late, exempt and remote pupils were there."
            ),
            rest=True,
        ),
        city.sum(
            "marks",
            _("Marks"),
            of_pupils,
            _("Marks from 2 to 5 that stand in the journal for works of the seven days, by the day of the work."),
        ),
        city.share(
            "fives",
            "marks",
            _("Share of fives"),
            _n(_("marks counted"), city.total("marks")),
            _("Fives among these marks."),
        ),
        city.sum(
            "homework",
            _("Homework set"),
            _n(_("lessons"), city.total("lessons")),
            _(
                "Homework set for a day of these seven, each once for its class or group; withdrawn homework is left out."
            ),
        ),
        city.share(
            "handed_in",
            "assigned",
            _("Homework handed in"),
            _n(_("works"), city.total("assigned")),
            _(
                "Works handed in at least once, of all that were due in the seven days, pupil by pupil; "
                "excused ones are left out."
            ),
        ),
        city.state(
            "units",
            _("Units of the library"),
            "",
            _("Published today; the week before counts those published by then."),
        ),
        city.state(
            "people",
            _("People who came"),
            in_schools,
            _("Accounts that opened the site in the seven days up to today; somebody of two schools counts in both."),
        ),
        city.state(
            "sealed",
            _("Sealed records"),
            in_schools,
            _("Changes of marks, presence and other facts that are sealed in the schools' records, since they began."),
        ),
    ]


def _n(words: str, count: int) -> str:
    return f"n = {number(count)} ({words})"


def _change(difference: int) -> str:
    if difference == 0:
        return str(_("as a week before"))
    return ("+" if difference > 0 else "−") + whole(abs(difference))


def _points(difference: float) -> str:
    if difference == 0:
        return str(_("as a week before"))
    sign = "+" if difference > 0 else "−"
    return str(_("%(n)s points", n=sign + decimal(abs(difference))))


def _no_change() -> str:
    return str(_("nothing to compare with yet"))
