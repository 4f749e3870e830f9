"""The version of the code that parses, as it stands beside every row parsed from a payload."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOM = Path(__file__).parent

#: what every collector may parse with
_SHARED = (
    "contracts.py", "feed*.py", "language.py", "links.py", "local_dates.py", "page_text.py",
    "text.py", "sources/_*.py",
)  # fmt: skip


def parser_version(collector: object) -> str:
    """A short hash of the module that parses and of what it may parse with."""
    return _version(getattr(collector, "__file__", None) or "")


@cache
def _version(module: str) -> str:
    shared = (path for pattern in _SHARED for path in sorted(_ROOM.glob(pattern)))
    digest = hashlib.sha256()
    for path in dict.fromkeys((*([Path(module)] if module else ()), *shared)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
