"""Fifty thousand events in what is printed: every id is in the file, and memory stays that of a laptop."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.data.export import printed
from tests.shared import ROOT

COUNT = 50_000
#: the most memory that making a file may take, in megabytes, Python and the events themselves included
MOST = {"svg": 500, "png": 700, "html": 1200, "docx": 800, "pdf": 2500}

#: run in a process of its own: its peak is then that of one file
CODE = """
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from data.export import Extract, build
from tests.data.export.sample import JORF, SREN, context
fmt, count, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
places = ("fr", "us", "eu", "de", "uk", "us-ca", "int", "it", "kr")
days = [(date(2015, 1, 1) + timedelta(days=n * 4000 // count)).isoformat() for n in range(count)]
events = [
    replace(SREN, event_id=f"event-{n:06d}", jurisdiction=places[n % 9], date=day, date_start=day, date_end=day,
            title=f"Loi {n}", titles={}, sources=(replace(JORF, url=f"https://a.example/{n}"),))
    for n, day in enumerate(days)
]
Path(out).write_bytes(build(fmt, Extract(events), context(count)).data)
# the peak of this program alone: what getrusage tells goes back to the program that started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("fmt", MOST)
def test_fifty_thousand_events_fit(fmt: str, tmp_path: Path):
    command = [sys.executable, "-c", CODE, fmt, str(COUNT), str(tmp_path / "file")]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert int(found.stdout) < MOST[fmt]
    data = (tmp_path / "file").read_bytes()
    expected = {f"event-{n:06d}" for n in range(COUNT)}
    if fmt == "html":  # the strict reader would take minutes for it
        assert set(re.findall(r'<tr [^>]*data-row="([a-z0-9-]+)"', data.decode())) == expected
    elif fmt == "pdf":  # the fast reader of text
        with pypdfium2.PdfDocument(data) as document:
            text = " ".join(page.get_textpage().get_text_range() for page in document)
        assert {"".join(one.split()) for one in re.findall(r"‹([a-z0-9\s-]+)›", text)} == expected
    else:
        assert set(printed.IDS[fmt](data)) == expected
