"""An act as a form: what is written is what is kept, and nonsense is named."""

import pytest

from school.gradebook.drafting import Line, fields_of, read_act
from school.gradebook.scale import Rules

WORKS = [Line("Ответ на уроке", "Отв", 1, False), Line("Контрольная работа", "КР", 3, True)]
ODD = Rules(
    sure_from={5: 465, 4: 365, 3: 265},
    possible_from={5: 465, 4: 350, 3: 250},
    control_floor={5: 4, 4: 3},
    retake="beside",
    unmarked_terms={1: 9, 2: 2},
    year_ties="decide",
    certificate_exam=False,
    certificate_years=1,
    edit_days=7,
)


@pytest.mark.parametrize("rules", [Rules(), ODD])
def test_what_is_shown_is_what_is_read_back(rules: Rules) -> None:
    read = read_act(fields_of(rules, WORKS))
    assert (read.rules, read.works, read.errors) == (rules, WORKS, {})


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("sure-5", "пять"),
        ("sure-5", "5,01"),
        ("sure-5", "4,555"),
        ("sure-4", "4,80"),
        ("possible-5", "4,70"),
        ("least-1", "0"),
        ("weight-1", "0"),
        ("weight-1", "11"),
        ("missed_percent", "101"),
        ("edit_days", "-1"),
        ("work-1", "ответ на уроке"),
        ("hundred-4", "90"),
    ],
)
def test_nonsense_is_named_at_its_field(field: str, text: str) -> None:
    errors = read_act({**fields_of(Rules(), WORKS), field: text}).errors
    assert errors
    assert field in errors or field.split("-", maxsplit=1)[0] in {name.split("-")[0] for name in errors}


def test_an_act_without_works_is_none() -> None:
    assert "work-0" in read_act(fields_of(Rules(), [])).errors
