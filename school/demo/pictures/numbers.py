"""Drawings of numbers: rays, lines, shares, segments."""

from school.demo.pictures.svg import BRAND, BRAND_SOFT, FAINT, INK, PAPER, QUIET, WARM, WARM_SOFT, Sheet


def number_ray() -> Sheet:
    """A ray from 0 to 9 with A(3) and B(7)."""
    sheet = Sheet(640, 130)
    start, step, y = 50, 56, 70
    sheet.arrow((start, y), (start + 10 * step, y))
    for mark in range(10):
        x = start + mark * step
        sheet.line((x, y - 7), (x, y + 7))
        sheet.text((x, y + 32), str(mark))
    for name, at in (("A", 3), ("B", 7)):
        sheet.dot((start + at * step, y), radius=6)
        sheet.text((start + at * step, y - 18), name, 20, BRAND, bold=True)
    sheet.text((start, y - 18), "O", 18, QUIET)
    return sheet


def number_line() -> Sheet:
    """A line from −6 to 6 with A(−4), O(0) and B(3)."""
    sheet = Sheet(680, 130)
    middle, step, y = 335, 46, 70
    sheet.arrow((24, y), (656, y))
    for mark in range(-6, 7):
        x = middle + mark * step
        sheet.line((x, y - 6), (x, y + 6), width=2 if mark else 3)
        sheet.text((x, y + 32), str(mark).replace("-", "−"), 17)
    for name, at, colour in (("A", -4, WARM), ("O", 0, INK), ("B", 3, BRAND)):
        sheet.dot((middle + at * step, y), colour, 6)
        sheet.text((middle + at * step, y - 18), name, 20, colour, bold=True)
    return sheet


def fraction_bars() -> Sheet:
    """One half, one quarter and three quarters of equal bars."""
    sheet = Sheet(560, 210)
    for row, (taken, parts) in enumerate(((1, 2), (1, 4), (3, 4))):
        _bar(sheet, (30, 24 + row * 62), 400, taken, parts)
        sheet.text((490, 50 + row * 62), f"{taken}/{parts}", 24, BRAND, bold=True)
    return sheet


def fraction_bar_3_8() -> Sheet:
    """A bar of eight equal parts, three of them shaded."""
    sheet = Sheet(560, 90)
    _bar(sheet, (40, 24), 480, 3, 8)
    return sheet


def _bar(sheet: Sheet, corner: tuple[float, float], length: float, taken: int, parts: int) -> None:
    part = length / parts
    for number in range(parts):
        fill = BRAND_SOFT if number < taken else PAPER
        sheet.rect((corner[0] + number * part, corner[1]), (part, 42), fill)


def fraction_circle_5_6() -> Sheet:
    """A circle of six equal parts, five of them shaded."""
    sheet = Sheet(240, 220)
    for part in range(6):
        sheet.sector((120, 110), 90, 90 + part * 60, 150 + part * 60, PAPER if part == 5 else BRAND_SOFT)
    return sheet


def fraction_sum() -> Sheet:
    """Two sevenths and three sevenths of one segment."""
    sheet = Sheet(640, 190)
    start, step, y = 45, 78, 110
    end = start + 7 * step
    sheet.line((start, y), (end, y), width=3)
    for mark in range(8):
        x = start + mark * step
        sheet.line((x, y - 9), (x, y + 9))
    for mark, words in ((0, "0"), (2, "2/7"), (5, "5/7"), (7, "1")):
        sheet.text((start + mark * step, y + 36), words, 18)
    sheet.bow((start, y - 12), (start + 2 * step, y - 12), 22)
    sheet.bow((start + 2 * step, y - 12), (start + 5 * step, y - 12), 30, WARM)
    sheet.text((start + step, y - 50), "2/7", 20, BRAND, bold=True)
    sheet.text((start + 3.5 * step, y - 58), "3/7", 20, WARM, bold=True)
    sheet.text(((start + end) / 2, 176), "2/7 + 3/7 = 5/7", 18, QUIET)
    return sheet


def rectangle_grid() -> Sheet:
    """A rectangle of six by four squares on squared paper."""
    sheet = Sheet(420, 300)
    side = 40
    for column in range(11):
        sheet.line((10 + column * side, 10), (10 + column * side, 290), FAINT, 1)
    for row in range(8):
        sheet.line((10, 10 + row * side), (410, 10 + row * side), FAINT, 1)
    for column in range(6):
        for row in range(4):
            sheet.rect((90 + column * side, 50 + row * side), (side, side), BRAND_SOFT, BRAND, 0.8)
    sheet.rect((90, 50), (6 * side, 4 * side), width=3)
    return sheet


def square_of_sum() -> Sheet:
    """The square of a + b cut into a², b² and two rectangles ab."""
    sheet = Sheet(340, 330)
    x, y, a, b = 60, 50, 160, 80
    sheet.rect((x, y), (a, a), BRAND_SOFT)
    sheet.rect((x + a, y), (b, a), WARM_SOFT)
    sheet.rect((x, y + a), (a, b), WARM_SOFT)
    sheet.rect((x + a, y + a), (b, b), FAINT)
    for words, left, top in (
        ("a²", a / 2, a / 2),
        ("ab", a + b / 2, a / 2),
        ("ab", a / 2, a + b / 2),
        ("b²", a + b / 2, a + b / 2),
    ):
        sheet.text((x + left, y + top + 8), words, 24, bold=True)
    for words, left, top in (
        ("a", a / 2, -14),
        ("b", a + b / 2, -14),
        ("a", -18, a / 2 + 6),
        ("b", -18, a + b / 2 + 6),
    ):
        sheet.text((x + left, y + top), words, 20, QUIET)
    return sheet
