"""Drawings of figures and of the coordinate plane."""

from school.demo.pictures.svg import BRAND, BRAND_SOFT, FAINT, INK, QUIET, WARM, WARM_SOFT, Point, Sheet, polar


def angle_kinds() -> Sheet:
    """An acute, a right, an obtuse and a straight angle."""
    sheet = Sheet(760, 180)
    kinds = (("острый", 40, 60), ("прямой", 90, 240), ("тупой", 130, 430), ("развёрнутый", 180, 650))
    for name, degrees, x in kinds:
        vertex = (x, 130)
        if degrees == 90:
            sheet.polyline([(x + 18, 130), (x + 18, 112), (x, 112)], BRAND)
        else:
            sheet.sector(vertex, 30, 0, degrees, BRAND_SOFT, BRAND)
        sheet.line(vertex, polar(vertex, 80, 0), width=2.5)
        sheet.line(vertex, polar(vertex, 80, degrees), width=2.5)
        sheet.dot(vertex, INK, 4)
        words = (x + 34 if degrees < 100 else x, 162)
        sheet.text(words, f"{name}, {degrees}°", 16)
    return sheet


def angles_unnamed() -> Sheet:
    """An obtuse, a straight, an acute and a right angle without their names."""
    sheet = Sheet(760, 180)
    for degrees, x in ((140, 110), (180, 300), (35, 450), (90, 640)):
        vertex = (x, 130)
        sheet.line(vertex, polar(vertex, 80, 0), width=2.5)
        sheet.line(vertex, polar(vertex, 80, degrees), width=2.5)
        sheet.dot(vertex, INK, 4)
    return sheet


def terrain_plan() -> Sheet:
    """A plan of a place: a river from corner to corner, a wood, a lake, a village and a bridge."""
    sheet = Sheet(600, 420)
    sheet.polygon([(0, 0), (600, 0), (600, 420), (0, 420)], "#f4f1e4", QUIET, 1)
    sheet.polygon([(20, 30), (190, 20), (220, 120), (120, 170), (25, 140)], "#cfe3c2", "#5c8a4a", 1.5)
    for x, y in ((60, 70), (110, 60), (160, 80), (90, 115), (145, 125)):
        sheet.circle((x, y), 9)
    sheet.polygon([(430, 290), (540, 280), (575, 340), (510, 390), (420, 370)], "#bfe0ef", "#3d7ea6", 1.5)
    sheet.polyline([(0, 250), (140, 235), (260, 210), (380, 150), (600, 90)], "#3d7ea6", 9)
    sheet.polyline([(300, 420), (315, 300), (318, 190), (330, 0)], INK, 3)
    sheet.line((306, 205), (306, 165), width=4)
    sheet.line((332, 200), (332, 155), width=4)
    for x, y in ((420, 30), (465, 25), (510, 34), (440, 66), (490, 70)):
        sheet.polygon([(x, y), (x + 26, y), (x + 26, y + 20), (x, y + 20)], "#f0d9b8", INK, 1.5)
    return sheet


def adjacent_angles() -> Sheet:
    """Adjacent angles of 132 and 48 degrees."""
    return _adjacent("132°")


def adjacent_angles_unknown() -> Sheet:
    """An angle of 48 degrees and an unknown one beside it."""
    return _adjacent("?")


def _adjacent(left: str) -> Sheet:
    sheet = Sheet(480, 230)
    vertex = (240, 180)
    sheet.sector(vertex, 46, 0, 48, BRAND_SOFT, BRAND)
    sheet.sector(vertex, 34, 48, 180, WARM_SOFT, WARM)
    sheet.line((40, 180), (440, 180), width=2.5)
    sheet.line(vertex, polar(vertex, 190, 48), width=2.5)
    sheet.dot(vertex, INK, 4)
    sheet.text(polar(vertex, 78, 20), "48°", 20, BRAND, bold=True)
    sheet.text(polar(vertex, 68, 118), left, 20, WARM, bold=True)
    return sheet


def vertical_angles() -> Sheet:
    """Two lines that cross, their four angles numbered round."""
    sheet = Sheet(480, 250)
    centre = (240, 125)
    for start, end, soft, colour in ((20, 130, WARM_SOFT, WARM), (130, 200, BRAND_SOFT, BRAND)):
        sheet.sector(centre, 38, start, end, soft, colour)
        sheet.sector(centre, 38, start + 180, end + 180, soft, colour)
    for degrees in (20, 130):
        sheet.line(
            polar(centre, 190 if degrees == 20 else 120, degrees),
            polar(centre, 190 if degrees == 20 else 120, degrees + 180),
            width=2.5,
        )
    sheet.dot(centre, INK, 4)
    for number, degrees in ((1, 165), (2, 75), (3, -15), (4, 255)):
        x, y = polar(centre, 62, degrees)
        sheet.text((x, y + 7), str(number), 20, bold=True)
    return sheet


def parallel_lines() -> Sheet:
    """Two parallel lines and a transversal; angles 1 to 4 above, 5 to 8 below, from the upper left by the clock."""
    sheet = Sheet(520, 320)
    upper, lower = (225.0, 105.0), (267.0, 220.0)
    for level, name in ((105, "a"), (220, "b")):
        sheet.line((40, level), (470, level), width=2.5)
        sheet.text((488, level + 6), name, 20, bold=True)
    turn = 110
    sheet.line(polar(upper, 92, turn), polar(lower, 92, turn + 180), width=2.5)
    sheet.text((polar(upper, 92, turn)[0] - 16, 34), "c", 20, bold=True)
    for first, vertex in ((1, upper), (5, lower)):
        sheet.dot(vertex, INK, 4)
        for number, aside in ((0, 145), (1, 55), (2, -35), (3, 235)):
            x, y = polar(vertex, 34, aside)
            sheet.text((x, y + 6), str(first + number), 18, BRAND, bold=True)
    return sheet


def triangle_angles() -> Sheet:
    """A triangle with angles of 50 and 60 degrees and an unknown third."""
    sheet = Sheet(440, 290)
    # The height over AB = 300 is 300 · tg 50° · tg 60° : (tg 50° + tg 60°) = 211.8.
    a, b, c = (70.0, 252.0), (370.0, 252.0), (247.7, 40.2)
    sheet.sector(a, 40, 0, 50, BRAND_SOFT, BRAND)
    sheet.sector(b, 36, 120, 180, BRAND_SOFT, BRAND)
    sheet.sector(c, 34, 230, 300, WARM_SOFT, WARM)
    sheet.polygon([a, b, c], width=2.5)
    for name, (x, y), dx, dy in (("A", a, -20, 12), ("B", b, 20, 12), ("C", c, 0, -12)):
        sheet.text((x + dx, y + dy), name, 20, bold=True)
    sheet.text((a[0] + 66, a[1] - 20), "50°", 18, BRAND, bold=True)
    sheet.text((b[0] - 58, b[1] - 20), "60°", 18, BRAND, bold=True)
    sheet.text((c[0] - 2, c[1] + 60), "?", 20, WARM, bold=True)
    return sheet


def triangle_equality() -> Sheet:
    """Two triangles, two sides and the angle between them marked equal."""
    sheet = Sheet(640, 230)
    for shift, names in ((0, "ABC"), (310, "DEF")):
        a, b, c = (50.0 + shift, 180.0), (270.0 + shift, 180.0), (125.0 + shift, 50.0)
        sheet.sector(a, 34, 0, 60, BRAND_SOFT, BRAND)
        sheet.polygon([a, b, c], width=2.5)
        _tick(sheet, a, b, 1)
        _tick(sheet, a, c, 2)
        for name, (x, y), dx, dy in zip(names, (a, c, b), (-16, 0, 16), (14, -12, 14), strict=True):
            sheet.text((x + dx, y + dy), name, 18, bold=True)
    return sheet


def _tick(sheet: Sheet, start: Point, end: Point, count: int) -> None:
    """Small strokes across the middle of a side: equal sides have equally many."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    across = (-along[1] * 9, along[0] * 9)
    for number in range(count):
        shift = (number - (count - 1) / 2) * 8
        x = (start[0] + end[0]) / 2 + along[0] * shift
        y = (start[1] + end[1]) / 2 + along[1] * shift
        sheet.line((x - across[0], y - across[1]), (x + across[0], y + across[1]), WARM, 2.5)


def _plane(sheet: Sheet, centre: Point, cell: float, reach: int) -> None:
    """Axes with a grid and numbers."""
    x0, y0 = centre
    edge = reach * cell
    for mark in range(-reach, reach + 1):
        sheet.line((x0 + mark * cell, y0 - edge), (x0 + mark * cell, y0 + edge), FAINT, 1)
        sheet.line((x0 - edge, y0 + mark * cell), (x0 + edge, y0 + mark * cell), FAINT, 1)
    sheet.arrow((x0 - edge, y0), (x0 + edge + 18, y0))
    sheet.arrow((x0, y0 + edge), (x0, y0 - edge - 18))
    sheet.text((x0 + edge + 14, y0 + 22), "x", 17)
    sheet.text((x0 - 16, y0 - edge - 8), "y", 17)
    sheet.text((x0 - 11, y0 + 18), "0", 14, QUIET)
    for mark in range(1 - reach, reach):
        if mark:
            words = str(mark).replace("-", "−")
            sheet.text((x0 + mark * cell, y0 + 18), words, 13, QUIET)
            sheet.text((x0 - 8, y0 - mark * cell + 5), words, 13, QUIET, "end")


def coordinate_plane() -> Sheet:
    """Points A(3; 2), B(−2; 4), C(−3; −1) and D(4; −3)."""
    sheet = Sheet(440, 440)
    cell = 36
    _plane(sheet, (215, 225), cell, 5)
    for name, x, y in (("A", 3, 2), ("B", -2, 4), ("C", -3, -1), ("D", 4, -3)):
        at = (215 + x * cell, 225 - y * cell)
        sheet.dot(at, BRAND, 6)
        sheet.text((at[0] + 15, at[1] + (26 if y == -1 else -10)), name, 19, BRAND, bold=True)
    return sheet


def line_graph() -> Sheet:
    """The line y = 2x − 1 through (0; −1) and (2; 3)."""
    sheet = Sheet(440, 440)
    cell = 36
    _plane(sheet, (215, 225), cell, 5)

    def at(x: float) -> Point:
        return (215 + x * cell, 225 - (2 * x - 1) * cell)

    sheet.line(at(-1.9), at(2.9), BRAND, 3)
    for x in (0, 2):
        sheet.dot(at(x), WARM, 6)
    sheet.line((215 + 2 * cell, 225), at(2), WARM, 1.5, "5 5")
    sheet.line((215, 225 - 3 * cell), at(2), WARM, 1.5, "5 5")
    return sheet


def compass() -> Sheet:
    """The sides of the horizon round a circle."""
    sheet = Sheet(300, 300)
    centre = (150, 150)
    sheet.circle(centre, 96)
    for degrees in range(0, 360, 45):
        inner = 84 if degrees % 90 else 76
        sheet.line(polar(centre, inner, degrees), polar(centre, 96, degrees))
    sheet.polygon([(150, 66), (160, 150), (140, 150)], BRAND, BRAND, 1)
    sheet.polygon([(150, 234), (160, 150), (140, 150)], FAINT, QUIET, 1)
    for name, x, y in (("С", 150, 42), ("Ю", 150, 272), ("З", 34, 157), ("В", 266, 157)):
        sheet.text((x, y), name, 22, bold=True)
    return sheet
