"""Where the collection of real payloads stands, when it is there: beside the project, never inside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MONITOR_SHARED") or Path(__file__).resolve().parents[1].parent / "shared")
needs_shared = pytest.mark.skipif(
    not (SHARED / "samples").is_dir(), reason="the collection of real payloads is not beside the project"
)
