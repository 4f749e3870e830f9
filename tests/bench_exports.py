"""Exports of 50,000 events, part of ``make bench``: each in a process of its own whose memory is limited.

Prints seconds, peak memory and size of the file. Ends with 1 when a format does not fit.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta

EVENTS = 50_000
#: address space of the process that makes the file, libraries and the events themselves included; the typesetter keeps
#: every page at once, and a bundle holds every other file
LIMIT_MB = 1_500
MORE_MB = {"pdf": 4_000, "bundle": 6_000}


def child(fmt: str, count: int) -> None:
    """Make one file under the limit and print what it took."""
    limit = MORE_MB.get(fmt, LIMIT_MB) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    from data.export import Extract, build
    from tests.data.export.sample import SREN, context

    first = date(1990, 1, 1)
    days = [(first + timedelta(days=n % 12_000)).isoformat() for n in range(count)]
    events = [
        replace(SREN, event_id=f"e-{n}", date=day, date_start=day, date_end=day, title=f"Événement {n} 👩‍⚖️")
        for n, day in enumerate(days)
    ]
    began = time.perf_counter()
    made = build(fmt, Extract(events), context(count))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{fmt:<15} {seconds:6.1f} s {peak:6d} MB {len(made.data) >> 20:5d} MB of file")


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else EVENTS
    failed = []
    from data.export import FORMATS

    for fmt in FORMATS:
        code = f"from tests.bench_exports import child; child({fmt!r}, {count})"
        if subprocess.run([sys.executable, "-c", code], check=False).returncode:
            failed.append(fmt)
    print(
        f"{count} events, limit {LIMIT_MB} MB, of {', '.join(f'{name} {mb}' for name, mb in MORE_MB.items())}: {'does not fit: ' + ', '.join(failed) if failed else 'all fit'}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
