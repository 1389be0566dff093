"""What a finished attempt has brought, said kindly on its results; nothing where the game is off."""

from school.core.access import Actor
from school.game.policy import plays
from school.game.queries.earning import answers_of, ledger_of
from school.game.queries.playing import play_of
from school.game.scale import STEP, Why
from school.tasks.hooks import RESULT_PARTS, ResultPart
from school.tasks.seen import SeenAttempt


def gained(actor: Actor, attempt: SeenAttempt) -> ResultPart | None:
    """For the pupil who did it. Four statements."""
    if not attempt.pupil.is_self or not plays(actor) or not play_of(attempt.school_id, attempt.pupil.id).is_on:
        return None
    ledger = ledger_of(attempt.school_id, attempt.pupil.id)
    answers = answers_of(attempt)
    told = [ledger.answers[one] for one in answers if one in ledger.answers]
    useful = [one for one in told if one.told >= STEP]
    return ResultPart(
        "game/_gained.html",
        {
            "points": ledger.gained(answers),
            "steps": len(useful),
            "reviews": sum(one.why is Why.REVIEW for one in useful),
            "hard": sum(one.why is Why.HARD for one in useful),
            "is_known": bool(told) and not attempt.row.corrects_id and all(one.correct for one in told),
            "school_id": attempt.school_id,
        },
    )


RESULT_PARTS.append(gained)
