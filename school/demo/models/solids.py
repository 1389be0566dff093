"""Solids of school geometry, of a size to stand on a desk."""

from school.demo.models.glb import Face, Solid

BLUE, TEAL, SAND, ROSE = (0.10, 0.27, 0.68), (0.05, 0.42, 0.42), (0.80, 0.55, 0.18), (0.70, 0.16, 0.24)


def cuboid() -> Solid:
    """20 × 12 × 8 cm; opposite faces have one colour."""
    x, y, z = 0.10, 0.08, 0.06
    return Solid(
        "Прямоугольный параллелепипед",
        (
            Face(((-x, 0, z), (x, 0, z), (x, y, z), (-x, y, z)), BLUE),
            Face(((x, 0, -z), (-x, 0, -z), (-x, y, -z), (x, y, -z)), BLUE),
            Face(((x, 0, z), (x, 0, -z), (x, y, -z), (x, y, z)), SAND),
            Face(((-x, 0, -z), (-x, 0, z), (-x, y, z), (-x, y, -z)), SAND),
            Face(((-x, y, z), (x, y, z), (x, y, -z), (-x, y, -z)), TEAL),
            Face(((-x, 0, -z), (x, 0, -z), (x, 0, z), (-x, 0, z)), TEAL),
        ),
    )


def pyramid() -> Solid:
    """A regular pyramid on a square of 12 cm, 12 cm high."""
    a, top = 0.06, (0.0, 0.12, 0.0)
    corners = ((-a, 0.0, a), (a, 0.0, a), (a, 0.0, -a), (-a, 0.0, -a))
    sides = tuple(
        Face((corners[n], corners[(n + 1) % 4], top), colour) for n, colour in enumerate((BLUE, SAND, TEAL, ROSE))
    )
    return Solid("Правильная четырёхугольная пирамида", (*sides, Face(tuple(reversed(corners)), SAND)))
