"""What the game says: badges with their meaning, parts of the wardrobe, streaks."""

from datetime import date

from school.core.days import day_in
from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.game.models import GoalKind
from school.game.scale import Feat
from school.game.seen import SeenGoal
from school.game.streak import Streak
from school.game.wardrobe import Slot

ICONS: dict[Feat, str] = {
    Feat.BACK: "repeat-2",
    Feat.AGAIN: "thumbs-up",
    Feat.BOLD: "lightbulb",
    Feat.WORDS: "message-circle",
    Feat.RHYTHM: "calendar-days",
    Feat.WAY: "route",
}


def badge_name(feat: Feat) -> str:
    """A few words."""
    return {
        Feat.BACK: _("Came back and kept it"),
        Feat.AGAIN: _("Did not give up"),
        Feat.BOLD: _("Took on something hard"),
        Feat.WORDS: _("Explained in own words"),
        Feat.RHYTHM: _("A steady week"),
        Feat.WAY: _("Walked a track to its end"),
    }[feat]


def badge_meaning(feat: Feat) -> str:
    """What it is for."""
    return {
        Feat.BACK: _("A right answer on a topic after two weeks or more: what was learnt has stayed."),
        Feat.AGAIN: _("A topic that went wrong on one day came right on another."),
        Feat.BOLD: _("A right answer to a question that was hard beforehand."),
        Feat.WORDS: _("A teacher has read the explanation and accepted it."),
        Feat.RHYTHM: _("Five days of school in a row with a useful step each."),
        Feat.WAY: _("All steps of a track are done, the last one too."),
    }[feat]


def slot_name(slot: Slot) -> str:
    """A shelf of the wardrobe."""
    return {
        Slot.ANIMAL: _("Who it is"),
        Slot.PLACE: _("Where it is"),
        Slot.HEAD: _("On the head"),
        Slot.FACE: _("Glasses and scarves"),
        Slot.HAND: _("In the paw"),
    }[slot]


def part_name(code: str) -> str:
    """A thing of the wardrobe."""
    return {
        "hedgehog": _("Hedgehog"),
        "owl": _("Owl"),
        "cat": _("Cat"),
        "fox": _("Fox"),
        "bear": _("Bear"),
        "meadow": _("Meadow"),
        "winter": _("First snow"),
        "river": _("Riverside"),
        "night": _("Moonlit night"),
        "stars": _("Far planets"),
        "bare": _("Without a hat"),
        "knitted": _("Knitted hat"),
        "beret": _("Beret"),
        "headphones": _("Headphones"),
        "helmet": _("Space helmet"),
        "plain": _("Without glasses"),
        "glasses": _("Glasses"),
        "round_glasses": _("Round glasses"),
        "scarf": _("Scarf"),
        "empty": _("Empty paws"),
        "book": _("Book"),
        "flower": _("Flower"),
        "magnifier": _("Magnifier"),
        "telescope": _("Telescope"),
    }[code]


def streak_words(streak: Streak) -> str:
    """Today, without pressing."""
    if streak.is_done_today:
        return _("Today's step is done.")
    if streak.pauses_today:
        return _("Today is free: the streak waits.")
    if streak.days:
        return _("One useful step today carries it on.")
    return _("It begins with one useful step. All that was earned stays.")


def goal_words(goal: SeenGoal) -> str:
    """What the class does together."""
    if goal.kind is GoalKind.TOPICS:
        return ngettext("%(num)d topic won or kept together", "%(num)d topics won or kept together", goal.target)
    return ngettext("%(num)d day with a useful step together", "%(num)d days with a useful step together", goal.target)


def weekday_short(day: date) -> str:
    """«пн»."""
    return day_in("ccc", day, language())
