"""What notices of pilots are called, and taking back those whose words are true no longer."""

import uuid

from content_library.models import Subject
from school.core.database import db
from school.notices.actions import turn
from school.pilots.models import Pilot, PilotTest
from school.pilots.seen import OwnPilot, SeenPilot

ALERT, TEST, BEGUN = "pilot.alert", "pilot.test", "pilot.begun"
TEST_OFF, OVER = "pilot.test.off", "pilot.over"


def names_of_subject(pilot: SeenPilot) -> dict[str, str]:
    """In both languages: a notice is read in its reader's."""
    subject = db.session.get_one(Subject, pilot.row.subject_id)
    return {"ru": subject.name_ru, "en": subject.name_en}


def test_key(test: PilotTest, pupil: uuid.UUID) -> str:
    """Of the notice that a test is open, one a pupil."""
    return f"pilot:{test.id}:{pupil}"


def take_back(pilot: Pilot | OwnPilot, pupil: uuid.UUID | None = None) -> None:
    """No test waits any more: for one pupil who left, for all when it was stopped."""
    gone = {TEST: TEST_OFF} if pupil is not None else {TEST: TEST_OFF, BEGUN: OVER}
    turn(pilot.school_id, gone, pilot.id, pupil)
