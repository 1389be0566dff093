"""Time-ordered identifiers (UUID version 7, RFC 9562) for everything that is not a city reference."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7(unix_ms: int | None = None) -> uuid.UUID:
    """A new identifier that sorts by the moment of its making, also within one millisecond of one process.

    ``unix_ms`` fixes the millisecond (for deterministic data and tests). The 12 bits after the version hold a counter
    (RFC 9562, section 6.2, method 1), the last 62 bits are random.
    """
    global _last  # noqa: PLW0603 - one monotonic counter a process is the point
    tail = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    if unix_ms is None:
        with _lock:
            stamp = time.time_ns() // 1_000_000 << 12
            _last = stamp = max(stamp, _last + 1)
    else:
        stamp = unix_ms << 12 | int.from_bytes(os.urandom(2), "big") & 0xFFF
    high, low = stamp >> 12, stamp & 0xFFF
    return uuid.UUID(int=(high & (1 << 48) - 1) << 80 | 0x7 << 76 | low << 64 | 0x2 << 62 | tail)
