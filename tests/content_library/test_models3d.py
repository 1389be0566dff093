"""3D models: what a browser can show by itself, and what it can't."""

import base64
import json
import struct
from typing import Any

import pytest

from content_library.file_types import type_of_head
from content_library.models3d import BadModel, as_glb
from school.demo.models import SOLIDS, build

PLACES = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)


def gltf(uri: str | None = None, **more: Any) -> dict[str, Any]:
    """A triangle."""
    buffer = {"byteLength": len(PLACES)} | ({"uri": uri} if uri is not None else {})
    return {
        "asset": {"version": "2.0"},
        "buffers": [buffer],
        "bufferViews": [{"buffer": 0, "byteLength": len(PLACES)}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}
        ],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "nodes": [{"mesh": 0}],
        **more,
    }


INSIDE = "data:application/octet-stream;base64," + base64.b64encode(PLACES).decode()


def binary(scene: dict[str, Any], data: bytes = PLACES) -> bytes:
    text = json.dumps(scene).encode()
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(data), b"BIN\0") + data
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


@pytest.mark.parametrize("name", SOLIDS)
def test_our_own_solids_are_binary_gltf(name: str) -> None:
    data = build(name)
    assert as_glb(data) == data == build(name)
    assert type_of_head(data[:64]) == "model/gltf-binary"
    assert len(data) < 8000


def test_a_model_with_everything_inside_becomes_binary() -> None:
    made = as_glb(json.dumps(gltf(INSIDE)).encode())
    assert as_glb(made) == made and made.endswith(PLACES) and b'"uri"' not in made


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"glTF",
        b"not a model",
        b"[" * 100_000,
        b'{"asset": {"version": "1.0"}, "meshes": [1]}',
        b'{"asset": {"version": "2.0"}}',
        binary(gltf())[:-4],
        binary(gltf()).replace(b"JSON", b"XSON"),
        binary(gltf(images=[{"uri": "https://example.org/a.png"}])),
        binary(gltf(extensionsRequired=["KHR_draco_mesh_compression"])),
        binary(gltf(meshes={})),
        json.dumps(gltf("lever.bin")).encode(),
        json.dumps(gltf()).encode(),
        json.dumps(gltf("data:application/octet-stream;base64,!!!")).encode(),
    ],
)
def test_what_can_not_be_shown_by_itself(data: bytes) -> None:
    with pytest.raises(BadModel):
        as_glb(data)
