"""What a pupil's new school receives of the journal: marks and means of the term that runs, subject by subject.

The marks themselves stay in the old school's journal (docs/decisions/0008); this is a frozen copy for the new teachers.
"""

from typing import Any

from school.classes.hooks import carry
from school.classes.seen import SeenPupil
from school.core import clock
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.marks import by_subject, marks_between
from school.gradebook.queries.subjects import counted_marks, terms_of_pupil
from school.gradebook.scale import Rules, hundredths


@carry("marks")
def carried_marks(pupil: SeenPupil) -> list[dict[str, Any]]:
    """One entry a subject: its id, the mean in hundredths (null without numbers), and the marks with day and weight."""
    today = clock.today()
    begun = [one for one in terms_of_pupil(pupil) if one.starts_on <= today]
    if not begun:
        return []
    term = begun[-1]
    act = find_act(pupil.school_id, term.starts_on)
    rules = act.rules if act else Rules()
    marks = marks_between(pupil.school_id, pupil.id, term.starts_on, term.ends_on, as_staff=True)
    carried = []
    for subject_id, some in by_subject(marks).items():
        numbers = [(one.sign.value or 0, one.weight) for one in counted_marks(some, rules)]
        carried.append(
            {
                "subject_id": subject_id,
                "subject": some[0].subject,
                "term": term.name,
                "mean": hundredths(sum(v * w for v, w in numbers), sum(w for _, w in numbers)),
                "marks": [{"on": one.on_date.isoformat(), "mark": one.text, "weight": one.weight} for one in some],
            }
        )
    return carried
