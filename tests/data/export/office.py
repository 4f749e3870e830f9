"""LibreOffice as a reader that is not ours; what it is asked is skipped where it is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

#: comma, double quote, UTF-8, from the first line, every cell as it is shown, all sheets each in a file of its own
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

installed = pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="LibreOffice is not installed, 'make readers' does it: the file is not opened by it",
)


def converted(data: bytes, name: str, folder: Path, to: str) -> dict[str, bytes]:
    """What LibreOffice makes of ``data`` named ``name``: name of each file it writes -> its bytes."""
    given, written = folder / name, folder / "written"
    given.write_bytes(data)
    command = ["soffice", "--headless", "--convert-to", to, "--outdir", str(written), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})
    return {path.name: path.read_bytes() for path in written.iterdir()}
