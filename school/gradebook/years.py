"""The mark of the year and of the certificate from the marks they are made of. Pure, exact; the rules are the act's. Domain 1.5, rule 8."""

from collections.abc import Sequence

from school.gradebook.scale import DECIDE, UP, Rules


def mean_rounded(marks: Sequence[int]) -> int | None:
    """The mean of whole marks, half up; None of none."""
    return (2 * sum(marks) + len(marks)) // (2 * len(marks)) if marks else None


def year_choices(term_marks: Sequence[int], ties: str = UP) -> tuple[int, ...]:
    """What the act allows for the year: the mean of its terms; between two marks up, as the last term, or both to decide."""
    if not term_marks:
        return ()
    doubled, n = 2 * sum(term_marks), len(term_marks)
    if doubled % n or (doubled // n) % 2 == 0:
        return ((doubled + n) // (2 * n),)
    low = doubled // n // 2
    if ties == DECIDE:
        return (low + 1, low)
    return (low + 1,) if ties == UP or term_marks[-1] > low else (low,)


def certificate_mark(
    year_level: int, rules: Rules, *, year: int | None, exam: int | None, earlier: Sequence[int]
) -> int | None:
    """What goes into the certificate. Year 9: the year's mark, with an exam the mean of both; year 11: the mean of ``earlier``
    (all half-years and years that the act counts, this one among them), each rounded half up. None while it cannot be counted.
    """
    if year_level == 11:
        return mean_rounded(earlier)
    if year is None:
        return None
    if exam is not None and rules.certificate_exam:
        return mean_rounded([year, exam])
    return year
