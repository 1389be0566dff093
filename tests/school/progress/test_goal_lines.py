"""How far goals were, week by week."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from school.core import clock
from school.progress.queries import own_learning
from school.progress.queries.goal_lines import WEEKS, goal_lines, was_won, week_ends
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.progress.test_now import Child, child
from tests.statements import Statements

__all__ = ["child"]

GROWS = ((1.0, 0.4), (2.0, 0.7), (3.0, 0.9), (4.0, 0.95))
"""Moments of answers, and the chance before each."""


@pytest.mark.parametrize(
    ("moment", "is_won_now", "expected"),
    [
        (0.5, True, False),  # nothing answered yet
        (1.5, True, False),  # one answer is too few
        (2.5, False, True),  # .9 before the third
        (3.5, False, True),
        (9.0, True, True),  # no answer since: as it stands now
        (9.0, False, False),
    ],
)
def test_a_topic_was_won_by_what_the_model_thought_then(moment: float, is_won_now: bool, expected: bool) -> None:
    assert was_won(GROWS, moment, is_won_now) == expected


@pytest.mark.parametrize("today", [date(2026, 11, 22) + timedelta(n) for n in range(8)])
def test_weeks_end_on_sundays_and_the_last_one_today(today: date) -> None:
    ends = week_ends(today)
    assert ends[-1] == today
    assert len(ends) in {WEEKS - 1, WEEKS}
    assert all(one.weekday() == 6 for one in ends[:-1])
    assert len(set(ends)) == len(ends)


def test_a_line_rises_to_where_the_goal_stands_now(client: SchoolClient, child: Child, make: Make) -> None:
    learning = own_learning(make.actor(child.pupil, "pupil"))
    assert learning is not None
    (line,) = goal_lines(make.actor(child.pupil, "pupil"), learning)
    won = [n for _day, n in line.points]
    assert (line.goal.name, line.goal.of, line.points[-1]) == ("Алгебра", 3, (clock.today(), line.goal.won))
    assert line.points[0][0] >= clock.today() - timedelta(47), "it begins with the first answers"
    assert won[0] <= won[-1] == 2
    parent = make.parent(make.school_of(child.course), child.pupil)
    url = f"/s/{child.pupil.school_id}/pupils/{child.pupil.id}/progress"
    client.sign_in(make.account_of(parent))
    assert f'href="{url}/goals"' in client.get(url).text
    page = client.get(f"{url}/goals").text
    assert "2 темы из 3" in page
    assert page.count("data-chart") == 1
    sheet = load_workbook(BytesIO(client.get(f"{url}/goals?as=xlsx").data)).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)] == won
    client.sign_in(make.account_of(make.pupils_of(child.course)[1]))
    assert client.get(f"{url}/goals").status_code == 404


@pytest.mark.parametrize("who", ["parent", "teacher"])
def test_who_follows_a_pupil_opens_progress_by_eight_statements(
    client: SchoolClient, child: Child, make: Make, statements: Statements, who: str
) -> None:
    reader = (
        make.teacher_of(child.course) if who == "teacher" else make.parent(make.school_of(child.course), child.pupil)
    )
    client.sign_in(make.account_of(reader))
    url = f"/s/{child.pupil.school_id}/pupils/{child.pupil.id}/progress"
    client.get(url)
    with statements.counted() as sent:
        assert client.get(url).status_code == 200
    asked = [one for one in sent if not one.startswith("INSERT INTO access_fact")]
    assert len(asked) <= 8, asked
