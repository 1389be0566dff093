"""The twelve figures of the city in words: value, change against the week before, n, and what exactly is counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.home.numbers import decimal, whole
from school.home.queries.areas import Area, Branch
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


def twelve(days: Days, today: date) -> list[Figure]:
    """The figures, from the most solid to the most lively; ``days`` are the city's, not empty."""
    city = _City(days, today)
    schools = days.at("schools", city.state_day) or 0
    in_schools = ngettext("in %(num)s school", "in %(num)s schools", schools)
    return [
        city.state("schools", "", exact=True),
        city.state("pupils", in_schools),
        city.state("teachers", in_schools),
        city.sum("lessons", in_schools),
        city.share("presence", "absences", "places", _n(_("pupils in lessons"), city.total("places")), rest=True),
        city.sum("marks", _n(_("pupils"), days.at("pupils", city.state_day) or 0)),
        city.share("share_of_fives", "fives", "marks", _n(_("marks counted"), city.total("marks"))),
        city.sum("homework", _n(_("lessons"), city.total("lessons"))),
        city.share("share_handed_in", "handed_in", "assigned", _n(_("tasks"), city.total("assigned"))),
        city.state("units", ""),
        city.state("people", in_schools),
        city.state("sealed", in_schools),
    ]


def of_area(branch: Branch) -> list[Figure]:
    """The twelve of a district or a school, as they were given out; what is hidden says so."""
    area = _Area(branch)
    return [
        area.count("schools", only=not branch.here.number),
        area.count("pupils"),
        area.count("teachers"),
        area.count("lessons"),
        area.share("presence", "absences", "places", rest=True),
        area.count("marks"),
        area.share("share_of_fives", "fives", "marks"),
        area.count("homework"),
        area.share("share_handed_in", "handed_in", "assigned"),
        area.count("units", only=False),
        area.count("people"),
        area.count("sealed"),
    ]


def area_number(area: Area, name: str) -> str:
    """A count of a node, or that it is hidden."""
    found = area.get(name)
    return str(_("hidden")) if found is None else whole(found)


def area_share(area: Area, part: str, of: str, *, rest: bool = False) -> str:
    """A share of a node, or that it is hidden."""
    found = _share_of(area, part, of, rest=rest)
    return str(_("hidden")) if found is None else _("%(n)s %%", n=decimal(found))


def _share_of(area: Area, part: str, of: str, *, rest: bool) -> float | None:
    every, some = area.get(of), area.get(part, of)
    if every is None or some is None:
        return None
    return percent(every - some if rest else some, every)


class _Area:
    """Reads a node beside itself a week before."""

    def __init__(self, branch: Branch) -> None:
        self.here, self.before = branch.here, branch.before
        self.words = _words(language())

    def count(self, name: str, *, only: bool = True) -> Figure:
        """A count; where it is not ``only`` told here, it is the city's."""
        label, meaning = self.words[name]
        if not only:
            return Figure(label, "–", "", str(_("of the whole city only")), meaning)
        now, then = self.here.get(name), self.before.get(name) if self.before else None
        change = _no_change() if now is None or then is None else _change(now - then)
        return Figure(label, area_number(self.here, name), change, "", meaning)

    def share(self, name: str, part: str, of: str, *, rest: bool = False) -> Figure:
        """A share with its n."""
        label, meaning = self.words[name]
        now = _share_of(self.here, part, of, rest=rest)
        then = _share_of(self.before, part, of, rest=rest) if self.before else None
        change = _no_change() if now is None or then is None else _points(round(now - then, 1))
        n = self.here.get(of)
        return Figure(
            label, area_share(self.here, part, of, rest=rest), change, "" if n is None else f"n = {whole(n)}", meaning
        )


class _City:
    """Reads counts of the running state and of two weeks."""

    def __init__(self, days: Days, today: date) -> None:
        self.days = days
        self.words = _words(language())
        self.state_day = max(day for day in days.by_date if day <= today)
        self.last = today - timedelta(1)
        self.before = self.last - timedelta(WEEK)
        self.comparable = days.has_week(self.last) and days.has_week(self.before)

    def total(self, name: str) -> int:
        return self.days.total(name, self.last)

    def state(self, name: str, n: str, *, exact: bool = False) -> Figure:
        """A count as it stands, beside the same count a week before."""
        now = self.days.at(name, self.state_day)
        then = self.days.at(name, self.state_day - timedelta(WEEK))
        change = _no_change() if now is None or then is None else _change(now - then)
        return self._figure(name, whole(now) if exact and now is not None else number(now), change, n)

    def sum(self, name: str, n: str) -> Figure:
        """A count of the week."""
        now = self.total(name)
        change = _change(now - self.days.total(name, self.before)) if self.comparable else _no_change()
        return self._figure(name, number(now), change, n)

    def share(self, name: str, part: str, of: str, n: str, *, rest: bool = False) -> Figure:
        """A share of the week; with ``rest`` the part is what is missing from it."""
        found = []
        for last in (self.last, self.before):
            all_of_it, a_part = self.days.total(of, last), self.days.total(part, last)
            found.append((all_of_it - a_part if rest else a_part, all_of_it))
        (now, base), (then, base_then) = found
        if self.comparable and base >= LEAST and base_then >= LEAST:
            change = _points(round((percent(now, base) or 0) - (percent(then, base_then) or 0), 1))
        else:
            change = _no_change()
        return self._figure(name, share(now, base), change, n)

    def _figure(self, name: str, value: str, change: str, n: str) -> Figure:
        label, meaning = self.words[name]
        return Figure(label, value, change, n, meaning)


@lru_cache(maxsize=8)
def _words(_locale: str) -> dict[str, tuple[str, str]]:
    """Name and meaning of each figure in the reader's language, which is that of ``_locale``; ``home.counting`` counts so."""
    return {
        "schools": (_("Schools"), _("Schools that have pupils in a class today.")),
        "pupils": (_("Pupils"), _("Pupils who are in a class today, each once in a school.")),
        "teachers": (_("Teachers"), _("People who teach at least one course today.")),
        "lessons": (
            _("Lessons held"),
            _("Lessons of the seven days that have ended and were neither cancelled nor moved."),
        ),
        "presence": (
            _("Attendance"),
            _(
                "In lessons where attendance was taken: pupils present, out of all expected, lesson by lesson. "
                "Late, exempt and remote pupils count as present."
            ),
        ),
        "marks": (
            _("Marks"),
            _("Marks from 2 to 5 that stand in the journal for work of the seven days, by the day of the work."),
        ),
        "share_of_fives": (_("Share of fives"), _("The share of fives among these marks.")),
        "homework": (
            _("Homework set"),
            _(
                "Homework set for a day of these seven, each once for its class or group; withdrawn homework is left out."
            ),
        ),
        "share_handed_in": (
            _("Homework handed in"),
            _(
                "Works handed in at least once, of all that were due in the seven days, pupil by pupil; "
                "excused ones are left out."
            ),
        ),
        "units": (
            _("Units of the library"),
            _("Published today; the week before counts those published by then."),
        ),
        "people": (
            _("People who came"),
            _("Accounts that opened the site in the seven days up to today; somebody of two schools counts in both."),
        ),
        "sealed": (
            _("Sealed records"),
            _("Changes of marks, presence and other facts that are sealed in the schools' records, since they began."),
        ),
    }


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
