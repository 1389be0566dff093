#!/usr/bin/env python3
"""Checks a receipt of the school's record without the school: python verify_receipt.py RECEIPT.json --key PUBLIC_KEY_HEX

Needs Python 3.9 or later and the package "cryptography". Take the public key from where the city has published it, not from
the receipt; with --roots FILE (saved from /records/roots.json) the signed day must be among the published ones too.
"""

import argparse
import json
import re
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

OF_DAY = {"receipt", "event", "school", "path", "public_key", "signature"}
OF_CITY = OF_DAY | {"city", "city_index", "city_path"}


class Rejected(Exception):
    """The receipt proves nothing; the message says why."""


def canonical(value):
    """The bytes that were hashed and signed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unhex(text, size):
    """Bytes of lower-case hex, of exactly this size."""
    if not isinstance(text, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text):
        raise Rejected(f"{text!r} is not {size} bytes in hex")
    return bytes.fromhex(text)


def climb(leaf, index, size, path):
    """The root that a path leads to from a leaf (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        raise Rejected("the place is outside the tree")
    last = size - 1
    for step in (unhex(one, 32) for one in path):
        if last == 0:
            raise Rejected("the path is too long")
        if index & 1 or index == last:
            leaf = sha256(b"\x01" + step + leaf).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = sha256(b"\x01" + leaf + step).digest()
        index, last = index >> 1, last >> 1
    if last != 0:
        raise Rejected("the path is too short")
    return leaf


def must(true, words):
    """Reject unless it is so."""
    if not true:
        raise Rejected(words)


def check(data, key=None, roots=None):
    """The receipt as a dict if it holds; raises Rejected. ``data`` is the file's bytes, ``key`` 32 bytes known from outside."""
    try:
        receipt = json.loads(data.decode())
        must(canonical(receipt) == data.removesuffix(b"\n"), "the file is not written as receipts are")
        return _check(receipt, key, roots)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as why:
        raise Rejected(f"this is no receipt: {why!r}") from why


def _check(receipt, key, roots):
    must(type(receipt["receipt"]) is int and receipt["receipt"] == 1, "a receipt of another kind")
    event, school = receipt["event"], receipt["school"]
    closed = school["what"] == "school day"
    must(set(receipt) == (OF_CITY if closed else OF_DAY), "something is missing or too much")
    must(event["school"] == school["school"], "event and day are of two schools")
    leaf = sha256(b"\x00" + canonical(event)).digest()
    size = school["last"] + 1 - school["first"]
    root = climb(leaf, event["position"] - school["first"], size, receipt["path"])
    must(root.hex() == school["root"], "the event does not lead to the school's root")
    signed = school
    if closed:
        signed = receipt["city"]
        must(type(receipt["city_index"]) is int, "the place in the city's tree is no number")
        city_leaf = sha256(b"\x00" + canonical(school)).digest()
        city_root = climb(city_leaf, receipt["city_index"], signed["schools"], receipt["city_path"])
        must(city_root.hex() == signed["root"], "the school's day does not lead to the city's root")
        must(signed["what"] == "city day" and signed["date"] == school["date"], "the signed day is another one")
        must(roots is None or signed in roots, "the signed day is not among the published ones")
    else:
        must(school["what"] == "school head", "a statement of another kind")
    public = unhex(receipt["public_key"], 32)
    must(key is None or public == key, "signed by another key")
    must(sha256(public).hexdigest()[:32] == signed["key"], "the key is not the one that is named")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(unhex(receipt["signature"], 64), canonical(signed))
    except InvalidSignature:
        raise Rejected("the signature is wrong") from None
    return receipt


def main():
    """The command; the answer is its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("receipt", type=Path)
    parser.add_argument("--key", help="the city's public key in hex, or a file that holds it")
    parser.add_argument("--roots", type=Path, help="a saved copy of the published roots")
    given = parser.parse_args()
    key = Path(given.key).read_text().strip() if given.key and Path(given.key).is_file() else given.key
    roots = json.loads(given.roots.read_text())["days"] if given.roots else None
    try:
        known = [day["statement"] for day in roots] if roots is not None else None
        receipt = check(given.receipt.read_bytes(), bytes.fromhex(key) if key else None, known)
    except Rejected as why:
        sys.stdout.write(f"REJECTED: {why}\n")
        return 1
    event, closed = receipt["event"], "city" in receipt
    sys.stdout.write(f"HOLDS: {event['kind']} at {event['at']}, position {event['position']}: {event['payload']}\n")
    if not closed:
        sys.stdout.write("The day is still open: this is a signed promise. Ask for a new receipt tomorrow.\n")
    if key is None:
        sys.stdout.write(f"Compare the key with the published one: {receipt['public_key']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
