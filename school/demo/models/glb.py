"""Binary glTF 2.0, as much of it as flat faces in a few colours need (Khronos, glTF 2.0 specification, 4.4)."""

import json
import struct
from dataclasses import dataclass

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """A flat face: its corners in order, seen from outside against the clock, and its colour, linear from 0 to 1."""

    corners: tuple[Point, ...]
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Solid:
    """A thing of flat faces, in metres: a phone shows it as large beside real things."""

    name: str
    faces: tuple[Face, ...]


def write(solid: Solid) -> bytes:
    """The file of a solid."""
    data, views, accessors, primitives, materials = bytearray(), [], [], [], []

    def put(values: bytes, target: int, accessor: dict[str, object]) -> int:
        views.append({"buffer": 0, "byteOffset": len(data), "byteLength": len(values), "target": target})
        data.extend(values + b"\0" * (-len(values) % 4))
        accessors.append({"bufferView": len(views) - 1, **accessor})
        return len(accessors) - 1

    for number, face in enumerate(solid.faces):
        count = len(face.corners)
        places = b"".join(struct.pack("<3f", *corner) for corner in face.corners)
        low = [min(corner[axis] for corner in face.corners) for axis in range(3)]
        high = [max(corner[axis] for corner in face.corners) for axis in range(3)]
        fan = [corner for last in range(2, count) for corner in (0, last - 1, last)]
        primitives.append(
            {
                "attributes": {
                    "POSITION": put(
                        places,
                        34962,
                        {"componentType": 5126, "count": count, "type": "VEC3", "min": low, "max": high},
                    ),
                    "NORMAL": put(
                        struct.pack("<3f", *_normal(face)) * count,
                        34962,
                        {"componentType": 5126, "count": count, "type": "VEC3"},
                    ),
                },
                "indices": put(
                    struct.pack(f"<{len(fan)}H", *fan),
                    34963,
                    {"componentType": 5123, "count": len(fan), "type": "SCALAR"},
                ),
                "material": number,
            }
        )
        colour = {"baseColorFactor": [*face.colour, 1], "metallicFactor": 0, "roughnessFactor": 0.8}
        materials.append({"pbrMetallicRoughness": colour, "doubleSided": True})
    scene = {
        "asset": {"version": "2.0", "generator": "Moscow Online School"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": solid.name}],
        "meshes": [{"name": solid.name, "primitives": primitives}],
        "materials": materials,
        "accessors": accessors,
        "bufferViews": views,
        "buffers": [{"byteLength": len(data)}],
    }
    text = json.dumps(scene, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    head = struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + len(data))
    return head + struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(data), b"BIN\0") + data


def _normal(face: Face) -> Point:
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = face.corners[:3]
    u, v = (bx - ax, by - ay, bz - az), (cx - ax, cy - ay, cz - az)
    cross = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
    length = sum(part * part for part in cross) ** 0.5
    return (cross[0] / length, cross[1] / length, cross[2] / length)
