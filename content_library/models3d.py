"""3D models: read far enough to know that a browser can show them by themselves, and put into one file.

Binary glTF 2.0 is what phones show in augmented reality. A ``.gltf`` that carries everything inside becomes one; what names files elsewhere, or is
packed in a way for which browsers fetch a program from a third party, is refused.
"""

import base64
import binascii
import json
import struct
from typing import Any

_HEAD, _CHUNK = struct.Struct("<4sII"), struct.Struct("<I4s")
_NEEDS_A_PROGRAM = {"KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_texture_basisu"}
_MOST_NODES = 100_000
_INLINE = "data:"


class BadModel(Exception):
    """The bytes are no 3D model that can be shown by itself."""


def as_glb(data: bytes) -> bytes:
    """The model as binary glTF 2.0; a binary one as it is. Raises ``BadModel``."""
    if data.startswith(b"glTF"):
        _check(_scene_of(data), has_binary=True)
        return data
    scene = _json(data)
    _check(scene, has_binary=False)
    buffers = scene.get("buffers") or []
    binary = b""
    if buffers and "uri" in buffers[0]:
        binary = _inline(buffers[0].pop("uri"))
        buffers[0]["byteLength"] = len(binary)
    text = json.dumps(scene, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    chunks = _CHUNK.pack(len(text), b"JSON") + text
    if binary:
        chunks += _CHUNK.pack(len(binary), b"BIN\0") + binary
    return _HEAD.pack(b"glTF", 2, _HEAD.size + len(chunks)) + chunks


def _scene_of(data: bytes) -> dict[str, Any]:
    """The description inside a binary model (glTF 2.0, 4.4)."""
    try:
        _, version, length = _HEAD.unpack_from(data)
        size, kind = _CHUNK.unpack_from(data, _HEAD.size)
    except struct.error:
        raise BadModel("cut off") from None
    start = _HEAD.size + _CHUNK.size
    if version != 2 or length != len(data) or kind != b"JSON" or start + size > len(data):
        raise BadModel("not binary glTF 2.0, or cut off")
    return _json(data[start : start + size])


def _json(text: bytes) -> dict[str, Any]:
    try:
        scene = json.loads(text)
    except (ValueError, RecursionError):
        raise BadModel("not glTF") from None
    if not isinstance(scene, dict) or not str(_part(scene, "asset", dict).get("version", "")).startswith("2."):
        raise BadModel("not glTF 2.0")
    return scene


def _check(scene: dict[str, Any], *, has_binary: bool) -> None:
    if not _part(scene, "meshes", list):
        raise BadModel("nothing to see")
    if _NEEDS_A_PROGRAM & set(map(str, _part(scene, "extensionsRequired", list))):
        raise BadModel("packed in a way that needs a program from elsewhere")
    if len(_part(scene, "nodes", list)) > _MOST_NODES:
        raise BadModel("too many nodes")
    sources = [*_part(scene, "buffers", list), *_part(scene, "images", list)]
    for place, source in enumerate(sources):
        uri = source.get("uri") if isinstance(source, dict) else ""
        is_binary = uri is None and (has_binary or place >= len(_part(scene, "buffers", list)))
        if not is_binary and not str(uri).startswith(_INLINE):
            raise BadModel("a file beside it is missing")


def _part(scene: dict[str, Any], name: str, kind: type) -> Any:
    found = scene.get(name, kind())
    if not isinstance(found, kind):
        raise BadModel(f"{name} is of another kind")
    return found


def _inline(uri: str) -> bytes:
    try:
        return base64.b64decode(uri.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        raise BadModel("what is inside can't be read") from None
