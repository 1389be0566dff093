"""Where the servers that some tests need are found on this machine, if they are."""

import os
import shutil
from pathlib import Path


def find_minio() -> Path | None:
    """The MinIO server: named by MINIO_BIN, on the path, or where the Go tool puts it."""
    named = os.environ.get("MINIO_BIN")
    if named:
        return Path(named)
    found = shutil.which("minio") or shutil.which("minio", path=str(Path.home() / "go" / "bin"))
    return Path(found) if found else None
