"""Number lines and planes: which numbers are written, and what is said of them without an eye."""

import pytest

from school.core.transactions import unit_of_work
from school.tasks.actions import start_attempt
from school.tasks.kinds import kind_of
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        (("-3", "3", "0.25"), ["−3", "−2", "−1", "0", "1", "2", "3"]),
        (("0", "1", "1/4"), ["0", "0,25", "0,5", "0,75", "1"]),
        (("-7", "24", "1"), ["−7", "0", "5", "10", "15", "20", "24"]),
        (("0", "100", "1"), ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"]),
        (("1/7", "1", "1/7"), None),
    ],
)
def test_round_numbers_stand_under_the_line(line: tuple[str, str, str], labels: list[str] | None) -> None:
    spec = {
        "version": 1,
        "prompt": "?",
        "marks": ["A"],
        "key": [line[1]],
        **dict(zip(("from", "to", "step"), line, strict=True)),
    }
    ticks = kind_of("number_line").prepare(spec, 1)["ticks"]
    written = [one["label"] for one in ticks if one["label"]]
    assert written == labels if labels is not None else 2 <= len(written) <= 11
    assert ticks[0]["label"] and ticks[-1]["label"]


def test_axes_are_said(make: Make, client: SchoolClient) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    key = {"properties": [{"is": "slope", "of": "1"}], "graph": [["-1", "-1"], ["2", "2"]]}
    graph = {"kind": "graph", "prompt": r"$k = 1$", "x": [-4, 5], "y": [-3, 3], "knots": 2, "key": key}
    with unit_of_work():
        attempt = start_attempt(make.actor(pupil, "pupil"), make.task(course.subject_id, [graph]), pupil)
    client.sign_in(make.account_of(pupil))
    page = client.get(f"/s/{attempt.school_id}/attempts/{attempt.id}").text
    assert "Оси: x от −4 до 5, y от −3 до 3" in page
    assert "data-plane-said" in page and "<math>" in page
