"""What a pupil reads of itself, and the family of the child: a goal, what is won, the week. Pure: figures in, words out."""

from collections.abc import Sequence

from school.core.languages import gettext as _
from school.progress import words


def aim(target: int, from_mean: int, mean_now: int | None) -> str:
    """«Цель – «5»: до неё не хватает 0,3 балла.» In the words of the own goal, and with no promise."""
    if mean_now is None:
        return str(_("The goal is a %(mark)s.", mark=target))
    if mean_now >= from_mean:
        return str(_("The goal is a %(mark)s: the average is there.", mark=target))
    return str(
        _(
            "The goal is a %(mark)s: the average is %(now)s, the goal begins at %(from_mean)s.",
            mark=target,
            now=words.mean(mean_now),
            from_mean=words.mean(from_mean),
        )
    )


def won_said(standing: str, *, adult: bool) -> str:
    """A standing among what somebody can do; to a child in the child's own voice."""
    if adult:
        return words.standing_said(standing)
    return str({"mastered": _("I can do it"), "firm": _("I remember it well")}[standing])


def won_lately(titles: Sequence[str], *, adult: bool) -> str:
    """«Теперь умею: «Дроби» и «Проценты».» Empty where nothing is new."""
    if not titles:
        return ""
    said = words.joined([str(_("“%(title)s”", title=one)) for one in titles])
    return str(_("New: %(topics)s.", topics=said) if adult else _("Now I can do this: %(topics)s.", topics=said))


def marks_of_week(marks: Sequence[tuple[str, Sequence[int]]]) -> str:
    """«Отметки за неделю: алгебра – 5, 4; физика – 4.» Empty without any."""
    if not marks:
        return ""
    said = "; ".join(f"{words.in_a_sentence([name])} – {', '.join(map(str, values))}" for name, values in marks)
    return str(_("Marks of the week: %(marks)s.", marks=said))
