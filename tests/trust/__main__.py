"""``python -m tests.trust [NAME [N [PART]]]``: one proof, or all of them one after the other.

``PART``, where a proof has parts (``breakage-apart``: ``development`` or ``"held out"``), is the only one that runs.
"""

from __future__ import annotations

import importlib
import sys

from tests.trust import Missed

#: name -> module with ``prove(count) -> lines``, and how many cases by default
PROOFS: dict[str, tuple[str, int]] = {
    "executors": ("tests.trust.executors", 3_000),
    "kills": ("tests.trust.kills", 2_000),
    "kills-mail": ("tests.trust.kills_mail", 500),
    "kills-backup": ("tests.trust.kills_backup", 200),
    "journals": ("tests.trust.journals", 1_000),
    "full": ("tests.trust.full", 10_000),
    "locks": ("tests.trust.locks", 50),
    "ssrf": ("tests.trust.ssrf", 100_000),
    "outcomes": ("tests.trust.outcomes", 100),
    "duplicates": ("tests.trust.duplicates", 10),
    "flips": ("tests.trust.flips", 1_000),
    "hanging": ("tests.trust.hanging", 120),
    "breakage": ("tests.trust.breakage", 1_000),
    "breakage-apart": ("tests.trust.breakage_apart", 1_000),
    "fuzz": ("tests.trust.fuzz", 100_000),
    "schedule": ("tests.trust.schedule", 3_000),
    "searches": ("tests.trust.searches", 20_000),
    "exports": ("tests.trust.exports", 600),
    "mails": ("tests.trust.mails", 600),
}


def main(arguments: list[str]) -> int:
    """Print ``name: line`` for each figure; 1 when a criterion is missed, 2 for an unknown name."""
    name, *rest = arguments or ["all"]
    if name not in (*PROOFS, "all"):
        print(f"no proof {name}; there are {', '.join(PROOFS)} and all", file=sys.stderr)
        return 2
    missed = 0
    for one in PROOFS if name == "all" else [name]:
        module, count = PROOFS[one]
        try:
            lines = importlib.import_module(module).prove(int(rest[0]) if rest else count, *rest[1:])
        except Missed as reason:
            missed, lines = 1, [f"MISSED: {reason}"]
        for line in lines:
            print(f"{one}: {line}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
