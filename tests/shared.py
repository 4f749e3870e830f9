"""Where the collection of real payloads stands, when it stands beside the project. Users do not have it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MONITOR_SHARED", ROOT.parent / "shared"))

needs_shared = pytest.mark.skipif(
    not (SHARED / "samples").is_dir(),
    reason="the collection of real payloads is not beside the project: these extra checks are skipped",
)
