"""The drawings of the demo library: made here line by line, static SVG, the same bytes every time."""

from collections.abc import Callable

from school.demo.pictures import geometry, numbers, physics
from school.demo.pictures.svg import Sheet

DRAWINGS: dict[str, Callable[[], Sheet]] = {
    drawing.__name__.replace("_", "-"): drawing
    for drawing in (
        numbers.fraction_bar_3_8,
        numbers.fraction_bars,
        numbers.fraction_circle_5_6,
        numbers.fraction_sum,
        numbers.number_line,
        numbers.number_ray,
        numbers.rectangle_grid,
        numbers.square_of_sum,
        geometry.adjacent_angles,
        geometry.adjacent_angles_unknown,
        geometry.angle_kinds,
        geometry.angles_unnamed,
        geometry.compass,
        geometry.coordinate_plane,
        geometry.line_graph,
        geometry.parallel_lines,
        geometry.terrain_plan,
        geometry.triangle_angles,
        geometry.triangle_equality,
        geometry.vertical_angles,
        physics.cylinder,
        physics.floating,
        physics.lever,
        physics.manometer,
        physics.motion_graph,
        physics.spring,
    )
}


def draw(name: str) -> bytes:
    """The SVG file of a drawing; raises ``KeyError`` when there is none of this name."""
    return DRAWINGS[name]().svg()
