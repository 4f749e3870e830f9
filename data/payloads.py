"""Fetched bodies, compressed, in files named by their sha256: written and synced before anything refers to them."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

from data.files import sync, whole


def payload_path(folder: Path, digest: str) -> Path:
    """Where the body of that sha256 is kept."""
    return folder / digest[:2] / f"{digest}.gz"


def keep_payload(folder: Path, body: bytes) -> str:
    """Write ``body`` compressed under its sha256, synced, before anything refers to it; returns the sha256."""
    digest = sha256(body).hexdigest()
    target = payload_path(folder, digest)
    if target.exists():
        return digest
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        sync(folder)
    with whole(target, aside=folder) as temporary:
        temporary.write_bytes(gzip.compress(body, mtime=0))
    return digest


def read_payload(folder: Path, digest: str) -> bytes:
    """The kept body of that sha256. Raises FileNotFoundError."""
    return gzip.decompress(payload_path(folder, digest).read_bytes())


def has_payload(folder: Path, digest: str) -> bool:
    """Whether the body is (still) there."""
    return payload_path(folder, digest).exists()
