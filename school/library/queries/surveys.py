"""How far templates of questions were tried out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content_library import Item
from school.core.database import db
from school.core.jobs.models import Job, JobState
from school.library.models import TemplateSurvey
from school.tasks.kinds.contract import Fault, Phrase
from school.tasks.kinds.varied import MOST_LOOKED_AT, VARIED, Survey


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a template by now."""

    survey: Survey
    is_done: bool

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(100, self.survey.looked_at * 100 // MOST_LOOKED_AT)


def digest_of(spec: Mapping[str, Any]) -> str:
    """The name of a specification."""
    return hashlib.sha256(json.dumps(spec, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def survey_of(item: Item) -> Known | None:
    """Of a template what is known by now; None for other questions.

    A template that nobody asked to try out, from a file of another program, is tried out here and now; so is one whose job has died.
    """
    if item.kind != VARIED.name:
        return None
    row = db.session.get(TemplateSurvey, digest_of(item.spec))
    if row is None or (not row.is_done and _has_died(row)):
        return Known(VARIED.survey(item.spec), is_done=True)
    faults = tuple(Fault(where, Phrase(msgid, values)) for where, msgid, values in row.told.get("faults", ()))
    samples = tuple((asked, right) for asked, right in row.told.get("samples", ()))
    survey = Survey(row.looked_at, row.different, faults, samples, row.told.get("failing", ""))
    return Known(survey, row.is_done)


def _has_died(row: TemplateSurvey) -> bool:
    job = db.session.get(Job, row.job_id) if row.job_id else None
    return job is None or job.state == JobState.DEAD
