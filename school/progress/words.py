"""Numbers into sentences, in the reader's language, with the right cases and plurals. Pure: figures in, words out.

Nothing here blames, ranks or promises. Sentences speak of the work, not of the person, so that the same words serve a pupil of
seven, a parent and a teacher. Shares in per cent are for adults; a pupil reads «верно 7 из 10».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from school.core.days import day_in
from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.progress.scale import LEAST_ANSWERS, is_weak
from school.progress.trend import Change, Way

MOST_STEPS: Final = 3
TITLE_LENGTH: Final = 60

_BY = (
    "к понедельнику",
    "ко вторнику",
    "к среде",
    "к четвергу",
    "к пятнице",
    "к субботе",
    "к воскресенью",
)


def mean(hundredths: int | None, digits: int = 2) -> str:
    """«4,37», or «4,4» with one digit; a dash without marks. Half up, as the journal rounds."""
    if hundredths is None:
        return "–"
    mark = "." if _english() else ","
    if digits == 1:
        tenths = (hundredths + 5) // 10
        return f"{tenths // 10}{mark}{tenths % 10}"
    return f"{hundredths // 100}{mark}{hundredths % 100:02}"


def change_over_month(change: Change) -> str:
    """«Средний балл за месяц вырос с 3,8 до 4,2.»"""
    values = _values(change)
    match change.way:
        case Way.UP:
            return str(_("Over the month the average rose from %(before)s to %(after)s.", **values))
        case Way.DOWN:
            return str(_("Over the month the average fell from %(before)s to %(after)s.", **values))
        case Way.SAME:
            return str(_("The average has hardly changed in a month: %(after)s.", **values))
        case Way.FEW_BEFORE:
            return str(
                _("The average of the last month is %(after)s; there is nothing yet to compare it with.", **values)
            )
    if not change.marks_after:
        return str(_("No marks in the last month."))
    return str(
        ngettext(
            "%(num)d mark in the last month: too few to speak of a change.",
            "%(num)d marks in the last month: too few to speak of a change.",
            change.marks_after,
        )
    )


def change_in_table(change: Change) -> str:
    """«вырос: 3,8 → 4,2»: a cell of a table about this term and the last. Empty where the marks are too few."""
    values = _values(change)
    match change.way:
        case Way.UP:
            return str(_("up: %(before)s → %(after)s", **values))
        case Way.DOWN:
            return str(_("down: %(before)s → %(after)s", **values))
        case Way.SAME:
            return str(_("about the same"))
    return ""


def fell_since_term(change: Change) -> str:
    """«средний балл ниже прошлой четверти: 3,4 вместо 4,1» without naming the kind of term."""
    return str(_("the average is lower than last term: %(after)s, was %(before)s", **_values(change)))


def fell_over_month(change: Change) -> str:
    """The same within a term that has none before it."""
    return str(_("the average is lower than a month ago: %(after)s, was %(before)s", **_values(change)))


def low_mean(hundredths: int, marks: int) -> str:
    """«средний балл 2,50 (4 отметки)»."""
    return str(_("average %(mean)s (%(marks)s)", mean=mean(hundredths), marks=marks_counted(marks)))


def marks_counted(number: int) -> str:
    """«3 отметки»."""
    return str(ngettext("%(num)d mark", "%(num)d marks", number))


def works_done(number: int) -> str:
    """«Сдано 12 работ.»"""
    if not number:
        return str(_("Nothing has been handed in yet."))
    return str(ngettext("%(num)d task handed in.", "%(num)d tasks handed in.", number))


def works_owed(number: int) -> str:
    """«2 работы ещё не сданы.»"""
    if not number:
        return ""
    return str(ngettext("%(num)d task not handed in yet.", "%(num)d tasks not handed in yet.", number))


def works_returned(number: int) -> str:
    """«1 работа вернулась на доработку.»"""
    if not number:
        return ""
    return str(ngettext("%(num)d task came back for another try.", "%(num)d tasks came back for another try.", number))


def works(done: int, owed: int, returned: int) -> str:
    """All three in one line: «Сдано 12 работ. 2 работы ещё не сданы.» Empty where nothing was set."""
    if not done + owed + returned:
        return ""
    said = (works_done(done), works_returned(returned), works_owed(owed))
    return " ".join(sentence for sentence in said if sentence)


def summary(rising: Sequence[str], falling: Sequence[str], works_line: str) -> str:
    """What stands at the head of a pupil's page: «Средний балл за месяц вырос: алгебра и физика. Сдано 12 работ.»"""
    said = []
    if rising:
        said.append(str(_("The average rose over the month: %(subjects)s.", subjects=in_a_sentence(rising))))
    if falling:
        said.append(
            str(_("It fell: %(subjects)s.", subjects=in_a_sentence(falling)) if rising else _only_fell(falling))
        )
    return " ".join([*said, works_line] if works_line else said)


def owed_counted(number: int) -> str:
    """«2 работы не сданы», a reason in a list."""
    return str(ngettext("%(num)d task not handed in", "%(num)d tasks not handed in", number))


def lessons_missed(number: int) -> str:
    """«Пропущено 3 урока.»"""
    if not number:
        return str(_("No lessons missed."))
    return str(ngettext("%(num)d lesson missed.", "%(num)d lessons missed.", number))


def missed_counted(missed: int, held: int) -> str:
    """«пропущено 6 уроков из 14», a reason in a list."""
    return str(ngettext("%(num)d lesson of %(held)s missed", "%(num)d lessons of %(held)s missed", missed, held=held))


def lessons_counted(number: int) -> str:
    """«4 урока»."""
    return str(ngettext("%(num)d lesson", "%(num)d lessons", number))


def pupils_counted(number: int) -> str:
    """«12 учеников»."""
    return str(ngettext("%(num)d pupil", "%(num)d pupils", number))


def right_answers(right: int, answers: int, *, adult: bool) -> str:
    """«верно 7 из 10»; for adults with the share: «верно 7 из 10 (70 %)». Empty without answers."""
    if not answers:
        return ""
    if not adult or answers < LEAST_ANSWERS:
        return str(_("%(right)s of %(answers)s right", right=right, answers=answers))
    share = percent(right, answers)
    return str(_("%(right)s of %(answers)s right (%(share)s %%)", right=right, answers=answers, share=share))


def percent(part: int, whole: int) -> int:
    """A whole per cent, half up."""
    return (200 * part + whole) // (2 * whole)


def weak_topic(title: str, right: int, answers: int) -> str:
    """«тема «Дроби»: верно 3 из 8», a reason in a list."""
    return str(_("topic “%(title)s”: %(right)s of %(answers)s right", title=title, right=right, answers=answers))


def in_a_sentence(subjects: Sequence[str]) -> str:
    """«английский язык и физика»: Russian subjects lose their capital inside a sentence, acronyms keep it."""
    if _english():
        return joined(subjects)
    return joined([one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in subjects])


def joined(words: Sequence[str]) -> str:
    """«физика, химия и биология»."""
    if len(words) < 2:
        return "".join(words)
    return str(_("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1]))


def by_day(day: date, today: date) -> str:
    """«на завтра», «к среде, 25 ноября»."""
    if day == today:
        return str(_("for today"))
    if day == today + timedelta(days=1):
        return str(_("for tomorrow"))
    if _english():
        return f"by {_day(day)}"
    return f"{_BY[day.weekday()]}, {_day(day)}"


def short_day(day: date) -> str:
    """«25 ноября»."""
    return day_in("d MMMM", day, language())


@dataclass(frozen=True, slots=True)
class Due:
    """A work as far as the next step is concerned."""

    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class TopicShare:
    """A topic with its answers."""

    title: str
    right: int
    answers: int
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies before a pupil in a subject, each list in the order of its days."""

    done: int = 0

    returned: Sequence[Due] = ()
    owed: Sequence[Due] = ()
    coming: Sequence[Due] = ()
    topics: Sequence[TopicShare] = ()


def next_steps(ahead: Ahead, today: date) -> list[str]:
    """What to do next, the nearest first; never more than three sentences, none where nothing was ever set."""
    steps = []
    if ahead.returned:
        steps.append(
            str(_("First finish “%(work)s”: the teacher left a comment.", work=_short(ahead.returned[0].title)))
        )
    elif ahead.owed:
        steps.append(str(_("“%(work)s” can still be handed in.", work=_short(ahead.owed[0].title))))
    if ahead.coming:
        nearest = ahead.coming[0]
        day = by_day(nearest.due_on, today)
        steps.append(str(_("Next: “%(work)s”, %(day)s.", work=_short(nearest.title), day=day)))
    weak = [one for one in ahead.topics if is_weak(one.right, one.answers)]
    if weak:
        worst = min(weak, key=lambda one: one.right / one.answers)
        values = {"title": worst.title, "right": worst.right, "answers": worst.answers}
        steps.append(str(_("Look again at the topic “%(title)s”: %(right)s of %(answers)s right so far.", **values)))
    if not steps and ahead.done:
        steps.append(str(_("Everything is handed in; nothing is waiting.")))
    return steps[:MOST_STEPS]


def _only_fell(falling: Sequence[str]) -> str:
    return str(_("The average fell over the month: %(subjects)s.", subjects=in_a_sentence(falling)))


def _values(change: Change) -> dict[str, str]:
    return {"before": mean(change.before, 1), "after": mean(change.after, 1)}


def _short(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"


def _day(day: date) -> str:
    return day_in("EEEE, d MMMM" if _english() else "d MMMM", day, language())


def _english() -> bool:
    return language() == "en"


def per_cent(chance: float) -> int:
    """A chance as a whole per cent, for adults."""
    return round(100 * chance)


def standing_said(standing: str) -> str:
    """A standing in a word that a child may read too."""
    said = {
        "not_started": _("not begun"),
        "learning": _("practising"),
        "mastered": _("can do it"),
        "firm": _("holds firmly"),
        "fading": _("time to review"),
    }
    return str(said[standing])


def twos_this_week(number: int) -> str:
    """«за неделю 2 двойки», a reason in a list."""
    return str(ngettext("%(num)d mark of 2 this week", "%(num)d marks of 2 this week", number))


def missed_this_week(number: int) -> str:
    """«за неделю пропущено 2 урока», a reason in a list."""
    return str(ngettext("%(num)d lesson missed this week", "%(num)d lessons missed this week", number))


def fading_topics(title: str, number: int) -> str:
    """«забывается тема «Дроби» и ещё 2», a reason in a list."""
    if number == 1:
        return str(_("the topic “%(title)s” fades", title=title))
    return str(_("the topic “%(title)s” fades, and %(more)s more", title=title, more=number - 1))


def lever(kind: str) -> str:
    """What a teacher presses to do something about a reason."""
    said = {
        "retake": _("Marks and retakes"),
        "look": _("What has changed"),
        "works": _("Works of the pupil"),
        "catch_up": _("What was taught meanwhile"),
        "practise": _("The pupil’s track"),
        "review": _("The pupil’s track"),
    }
    return str(said[kind])


def action(kind: str, title: str, *, adult: bool) -> str:
    """One thing to do at home; to a pupil as a task, to the family as a way to help."""
    title = _short(title)
    if adult:
        said = {
            "finish": _("“%(title)s” came back with a comment: look at it together.", title=title),
            "hand_in": _("“%(title)s” is not handed in yet: ask what is in the way.", title=title),
            "review": _("Ask to be told about “%(title)s”: it was known, and is being forgotten.", title=title),
            "practise": _("“%(title)s” is nearly there: ten minutes of tasks.", title=title),
        }
    else:
        said = {
            "finish": _("Finish “%(title)s”: the teacher left a comment.", title=title),
            "hand_in": _("Hand in “%(title)s”.", title=title),
            "review": _("Review “%(title)s”: you could do it, and it fades.", title=title),
            "practise": _("Practise “%(title)s”: you are nearly there.", title=title),
        }
    return str(said[kind])


def week_answers(answers: int, right: int, *, adult: bool) -> str:
    """«За неделю 12 ответов на задания, верно 9.»"""
    if not answers:
        return str(_("No tasks were answered on the screen this week."))
    if adult and answers >= LEAST_ANSWERS:
        return str(
            ngettext(
                "%(num)d answer to tasks this week, %(right)s right (%(share)s %%).",
                "%(num)d answers to tasks this week, %(right)s right (%(share)s %%).",
                answers,
                right=right,
                share=percent(right, answers),
            )
        )
    said = ngettext(
        "%(num)d answer to tasks this week, %(right)s right.",
        "%(num)d answers to tasks this week, %(right)s right.",
        answers,
        right=right,
    )
    return str(said)


def won_of(won: int, of: int) -> str:
    """«3 темы из 5»."""
    return str(ngettext("%(num)d topic of %(of)s", "%(num)d topics of %(of)s", won, of=of))
