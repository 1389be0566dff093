"""Steps, reasons and standings in the reader's language. A pupil reads no per cent and is never compared."""

from collections.abc import Sequence
from datetime import date

from school.core.days import day_in
from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.mastery.estimate.standing import Standing
from school.mastery.queries import KnownTopic
from school.tracks.basis import Basis
from school.tracks.diagnosing import MOST_PARTS
from school.tracks.models import Mode, Source, StepKind
from school.tracks.queries.drawing import BASIS, CHECK, LESSON, REVIEW, STEP
from school.tracks.queries.practised import Moved
from school.tracks.seen import SeenStep

HOLDS, GROWS, LEARNS, AGAIN = "holds", "grows", "learns", "again"
"""Four shelves of the map: won for good, won lately, being learned, time to repeat."""


def kind(step: SeenStep) -> str:
    """What a step asks for, in two or three words."""
    match step.kind:
        case StepKind.UNIT:
            return _("Read and look")
        case StepKind.TASK:
            return _("A question a day")
        case StepKind.TEST:
            return _("Short test")
    return _("Extra lesson")


def icon(step: SeenStep) -> str:
    """Its picture."""
    if step.is_done:
        return "circle-check"
    return "lock" if step.is_locked else _ICONS[step.kind]


_ICONS: dict[str, str] = {
    StepKind.UNIT: "book-open",
    StepKind.TASK: "repeat-2",
    StepKind.TEST: "list-checks",
    StepKind.EXTRA: "users",
}


def why(step: SeenStep) -> str:
    """The reason in one sentence."""
    words = {
        "goal": _("This is where the track leads."),
        "missed": _("This was taught while you were away."),
        "fading": _("It was won before and begins to fade."),
        "teacher": _("Your teacher chose it."),
    }
    if step.why == "need" and step.for_topic:
        return str(_("“%(topic)s” rests on it, and it does not hold yet.", topic=step.for_topic))
    if step.why == "unsure" and step.for_topic:
        return str(_("“%(topic)s” rests on it, and there are no answers on it yet.", topic=step.for_topic))
    return str(words.get(step.why) or _("It does not hold yet."))


def why_for_family(step: SeenStep) -> str:
    """The reason in one sentence, of somebody else."""
    return str(_("It was taught during an absence.")) if step.why == "missed" else str(_("The teacher chose it.")) if step.why == "teacher" else why(step)  # fmt: skip


def why_for_teacher(step: SeenStep) -> str:
    """The same, short, in a table of the class."""
    words = {
        "goal": _("the goal"),
        "need": _("the goal rests on it, weak"),
        "unsure": _("the goal rests on it, nothing known"),
        "fading": _("fading"),
        "missed": _("missed"),
        "teacher": _("chosen by the teacher"),
    }
    return str(words.get(step.why, ""))


def source(of: str) -> str:
    """What a track was proposed from."""
    words = {
        Source.GOAL: _("from a goal"),
        Source.PLAN: _("from the coming lessons"),
        Source.DIAGNOSTIC: _("from a diagnostic"),
        Source.ABSENCE: _("after an absence"),
    }
    return str(words[Source(of)])


def modes() -> list[tuple[str, str]]:
    """What practice is made of, for a select."""
    return [
        (Mode.HALF.value, str(_("half and half: lessons and the track in turn"))),
        (Mode.TRACK.value, str(_("the track only"))),
        (Mode.LESSONS.value, str(_("topics of the lessons only"))),
    ]


def standing(of: Standing) -> str:
    """Where a pupil is at a topic."""
    words = {
        Standing.NOT_STARTED: _("not begun"),
        Standing.LEARNING: _("being learned"),
        Standing.MASTERED: _("won"),
        Standing.FIRM: _("holds"),
        Standing.FADING: _("time to repeat"),
    }
    return str(words[of])


def change(before: str, after: Standing, is_right: bool) -> str:
    """What a question moved, for the pupil: never a loss, always the next thing."""
    held = {Standing.MASTERED, Standing.FIRM}
    if after in held and before not in held and is_right:
        return str(_("Won: this topic holds now."))
    if after in held:
        return str(_("Still holds."))
    if is_right:
        return str(_("A step closer."))
    return str(_("Comes again another day, with an easier question first."))


def found(is_right: bool) -> str:
    """What a question of a check shows: it moves nothing towards a goal and does not come again for its own sake.

    Whether the topic holds is not said: the next question on it may tell otherwise.
    """
    return str(_("Right.")) if is_right else str(_("Not yet. The check is there to find what to begin with."))


def how_far(ended: int) -> str:
    """Of a check that was begun: which part comes, of how many at most."""
    if ended >= MOST_PARTS:
        return str(_("Part %(n)s. It stops by itself when it is clear what comes next. It is not marked.", n=ended + 1))
    said = _("Part %(n)s, %(most)s at most. It stops by itself when it is clear what comes next. It is not marked.", n=ended + 1, most=MOST_PARTS)  # fmt: skip
    return str(said)


def asked(moved: Sequence[Moved]) -> str:
    """How many questions, and of how many topics."""
    topics = len({one.topic.id for one in moved})
    said = ngettext("%(num)d question", "%(num)d questions", len(moved))
    if len(moved) == 1:
        return f"{said}."
    if topics == len(moved):
        return str(_("%(questions)s, each on a topic of its own.", questions=said))
    return f"{said}, {ngettext('%(num)d topic', '%(num)d topics', topics)}."


def basis_first(basis: str, waiting: str) -> str:
    """Why something else is asked than what went wrong."""
    return str(
        _("First what it rests on: “%(basis)s”. Without it “%(topic)s” does not go.", basis=basis, topic=waiting)
    )


def asked_first(basis: Basis) -> str:
    """The same for the teacher, beside the topic that waits."""
    return str(_("went wrong twice: “%(basis)s” is asked first", basis=basis.topic.title))


def reason(why_drawn: str, waiting: str = "") -> str:
    """Why the model drew a question; ``waiting`` is the topic in whose place it is."""
    if why_drawn == BASIS and waiting:
        return str(_("first what it rests on: without it “%(topic)s” does not go", topic=waiting))
    words = {
        REVIEW: _("time to repeat"),
        STEP: _("a step of your track"),
        LESSON: _("from your lessons"),
        CHECK: _("a question of the check"),
    }
    return str(words.get(why_drawn) or _("worth most now"))


def shelf(of: KnownTopic, now: float) -> str:
    """Where a topic lies on the map."""
    seen = of.seen
    standing = seen.standing
    if standing is Standing.FADING:
        return AGAIN
    if standing is Standing.MASTERED or standing is Standing.FIRM:
        if seen.teacher_says is None and 0 < seen.estimate.due_at <= now:
            return AGAIN
        return HOLDS if standing is Standing.FIRM else GROWS
    return LEARNS


def shelves(topics: Sequence[KnownTopic], now: float) -> list[tuple[str, str, list[KnownTopic]]]:
    """The map: name, sentence, topics; empty shelves left out."""
    names = [
        (AGAIN, str(_("Time to repeat"))),
        (LEARNS, str(_("Being learned"))),
        (GROWS, str(_("Won lately"))),
        (HOLDS, str(_("Holds"))),
    ]
    by: dict[str, list[KnownTopic]] = {}
    for one in topics:
        by.setdefault(shelf(one, now), []).append(one)
    return [(key, name, by[key]) for key, name in names if key in by]


def by_day(day: date) -> str:
    """«24 ноября»."""
    return day_in("d\N{NO-BREAK SPACE}MMMM", day, language())
