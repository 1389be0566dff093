"""Drawings of instruments and experiments."""

from school.demo.pictures.svg import BRAND, BRAND_SOFT, FAINT, INK, PAPER, QUIET, WARM, WARM_SOFT, WATER, Sheet


def cylinder() -> Sheet:
    """A measuring cylinder to 100 ml in steps of 4, filled to 68."""
    sheet = Sheet(300, 400)
    left, right, bottom, unit = 110, 190, 360, 3.2
    level = bottom - 68 * unit
    sheet.rect((left, level), (right - left, bottom - level), WATER, WATER, 0)
    sheet.line((left, level), (right, level), BRAND, 2.5)
    sheet.polyline([(left, 26), (left, bottom), (right, bottom), (right, 26)], width=3)
    sheet.line((left - 3, bottom + 6), (right + 3, bottom + 6), width=8)
    for mark in range(0, 101, 4):
        y = bottom - mark * unit
        is_long = mark % 20 == 0
        sheet.line((right - (34 if is_long else 18), y), (right, y), width=2 if is_long else 1.3)
        if is_long:
            sheet.text((right + 12, y + 6), str(mark), 18, anchor="start")
    sheet.text((right + 54, 46), "мл", 18, QUIET, "start")
    return sheet


def motion_graph() -> Sheet:
    """The path of an even motion: 20 m in 10 s, 40 m in 20 s."""
    sheet = Sheet(500, 340)
    x0, y0, dx, dy = 70, 290, 19, 5
    for second in range(0, 21, 5):
        sheet.line((x0 + second * dx, y0), (x0 + second * dx, y0 - 45 * dy), FAINT, 1)
        sheet.text((x0 + second * dx, y0 + 26), str(second), 16)
    for metre in range(0, 41, 10):
        sheet.line((x0, y0 - metre * dy), (x0 + 20 * dx, y0 - metre * dy), FAINT, 1)
        if metre:
            sheet.text((x0 - 12, y0 - metre * dy + 6), str(metre), 16, anchor="end")
    sheet.arrow((x0, y0), (x0 + 21.5 * dx, y0))
    sheet.arrow((x0, y0), (x0, y0 - 50 * dy))
    sheet.line((x0, y0), (x0 + 20 * dx, y0 - 40 * dy), BRAND, 3.5)
    for second in (10, 20):
        at = (x0 + second * dx, y0 - 2 * second * dy)
        sheet.line((at[0], y0), at, WARM, 1.5, "5 5")
        sheet.line((x0, at[1]), at, WARM, 1.5, "5 5")
        sheet.dot(at, WARM, 6)
    sheet.text((x0 + 21 * dx, y0 - 14), "t, с", 17)
    sheet.text((x0 + 30, y0 - 47 * dy), "s, м", 17)
    return sheet


def lever() -> Sheet:
    """A lever: 4 N at 10 cm to the left, F₂ at 20 cm to the right."""
    sheet = Sheet(620, 280)
    pivot, y = 235.0, 130.0
    left, right = pivot - 130, pivot + 260
    sheet.rect((60, y - 6), (490, 12), BRAND_SOFT, BRAND)
    sheet.polygon([(pivot, y + 7), (pivot - 34, y + 70), (pivot + 34, y + 70)], FAINT)
    sheet.line((pivot - 70, y + 71), (pivot + 70, y + 71), width=3)
    for x, length, words in ((left, 104, "4 Н"), (right, 56, "F₂")):
        sheet.arrow((x, y), (x, y + length), WARM, 4)
        sheet.text((x + 16, y + length - 6), words, 21, WARM, "start", bold=True)
    for start, end, words in ((left, pivot, "10 см"), (pivot, right, "20 см")):
        for x in (start, end):
            sheet.line((x, y - 10), (x, y - 52), QUIET, 1)
        sheet.arrow(((start + end) / 2, y - 40), (start, y - 40), QUIET, 1.5)
        sheet.arrow(((start + end) / 2, y - 40), (end, y - 40), QUIET, 1.5)
        sheet.text(((start + end) / 2, y - 50), words, 18)
    sheet.dot((pivot, y), INK, 5)
    return sheet


def floating() -> Sheet:
    """A body on the surface, one inside the water and one on the bottom."""
    sheet = Sheet(560, 290)
    level = 90.0
    sheet.rect((40, level), (480, 170), WATER, WATER, 0)
    sheet.line((40, level), (520, level), BRAND, 2)
    sheet.polyline([(40, 40), (40, 260), (520, 260), (520, 40)], width=3)
    bodies = ((130.0, level - 26, 1, WARM_SOFT), (280.0, level + 58, 2, BRAND_SOFT), (430.0, 200.0, 3, FAINT))
    for x, top, number, fill in bodies:
        sheet.rect((x - 30, top), (60, 60), fill)
        sheet.text((x, top + 38), str(number), 22, bold=True)
    return sheet


def manometer() -> Sheet:
    """A U-shaped gauge: the right level stands 10 cm above the left one."""
    sheet = Sheet(380, 340)
    low, high = 220.0, 130.0
    for x, top in ((110, low), (230, high)):
        sheet.rect((x, top), (40, 270 - top), WATER, WATER, 0)
    sheet.rect((110, 268), (160, 32), WATER, WATER, 0)
    sheet.polyline([(110, 50), (110, 300), (270, 300), (270, 50)], width=3)
    sheet.polyline([(150, 50), (150, 268), (230, 268), (230, 50)], width=3)
    for x, top in ((110, low), (230, high)):
        sheet.line((x, top), (x + 40, top), BRAND, 3)
    for y in (low, high):
        sheet.line((276, y), (322, y), QUIET, 1.2, "4 4")
    sheet.line((156, low), (224, low), QUIET, 1.2, "4 4")
    sheet.arrow((306, (low + high) / 2), (306, high), WARM)
    sheet.arrow((306, (low + high) / 2), (306, low), WARM)
    sheet.text((314, (low + high) / 2 + 6), "10 см", 18, WARM, "start", bold=True)
    sheet.arrow((130, 14), (130, 44), INK)
    sheet.text((118, 30), "газ", 17, anchor="end")
    return sheet


def spring() -> Sheet:
    """A spring without a load and the same spring with one."""
    sheet = Sheet(440, 340)
    sheet.rect((60, 22), (320, 12), FAINT)
    free, drawn = 150.0, 215.0
    for x, end in ((140.0, free), (290.0, drawn)):
        step = (end - 34) / 14
        points = [(x, 34.0)]
        points += [(x + (18 if turn % 2 else -18), 34 + step * (turn + 0.5)) for turn in range(14)]
        sheet.polyline([*points, (x, end)], BRAND, 2.5)
    sheet.line((290, drawn), (290, drawn + 14))
    sheet.rect((262, drawn + 14), (56, 52), WARM_SOFT)
    sheet.arrow((290, drawn + 40), (290, drawn + 108), WARM, 3)
    sheet.text((304, drawn + 104), "F", 20, WARM, "start", bold=True)
    sheet.line((120, free), (400, free), QUIET, 1.2, "5 5")
    sheet.line((300, drawn), (400, drawn), QUIET, 1.2, "5 5")
    sheet.arrow((380, free + 4), (380, drawn), INK, 1.5)
    sheet.text((390, (free + drawn) / 2 + 8), "x", 20, anchor="start", bold=True)
    sheet.circle((140, free), 3, PAPER, BRAND)
    return sheet
