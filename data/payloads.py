"""Fetched bodies, compressed, in files named by their sha256: written and synced before anything refers to them."""

from __future__ import annotations

import gzip
import os
from hashlib import sha256
from pathlib import Path


def keep_payload(folder: Path, body: bytes) -> str:
    """Write ``body`` compressed under its sha256, synced, before anything refers to it; returns the sha256."""
    digest = sha256(body).hexdigest()
    target = folder / digest[:2] / f"{digest}.gz"
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("wb") as handle:
        handle.write(gzip.compress(body, mtime=0))
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(target)
    return digest


def read_payload(folder: Path, digest: str) -> bytes:
    """The kept body of that sha256. Raises FileNotFoundError."""
    return gzip.decompress((folder / digest[:2] / f"{digest}.gz").read_bytes())


def has_payload(folder: Path, digest: str) -> bool:
    """Whether the body is (still) there."""
    return (folder / digest[:2] / f"{digest}.gz").exists()
