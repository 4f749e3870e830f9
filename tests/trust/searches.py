"""Whatever is typed into the search, it answers: no exception, and none takes a second of processor time."""

from __future__ import annotations

import os
import random
import tempfile
import time
from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

from collectors.__main__ import main
from data import queries
from data.database import open_immutable, published_path
from data.search import search
from data.search_help import why_nothing
from data.view import View
from tests.trust import Missed

#: pieces that mean something to the language of queries, to the index, to SQL, or to nobody
PIECES = ('"', "'", "*", "^", "-", "+", "(", ")", ":", "AND", "OR", "NOT", "NEAR", "NEAR/3", "title:", "place:", "type:",
          "actor:", "publisher:", "kind:", "{", "}", "--", ";", "/*", "DROP TABLE item", "\x00", "\ud800", "\u202e", "é",
          "deepfake", "loi", "Grok", "X", "226-8-1", "'; ATTACH 'a", "%", "_", "\\", "\n", "😀", "a" * 400, "rowid", "")  # fmt: skip


def prove(count: int) -> list[str]:
    """``count`` strings through the search, its help and the filter of words."""
    slowest, failed, hits = 0.0, [], 0
    chance = random.Random(11)
    with (
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, {"MONITOR_HOME": home}),
        redirect_stdout(StringIO()),
    ):
        main(["build"])
        db = open_immutable(published_path())
        for n in range(count):
            text = chance.choice(("", " ")).join(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))
            began = time.process_time()
            try:
                page = search(db, text, exact=n % 3 == 0, kind=("", "item", "event")[n % 3])
                hits += bool(page.total)
                if n % 5 == 0:
                    queries.timeline_count(db, View(query=text))
                    why_nothing(db, text)
            except Exception as error:  # counted, with the string that did it
                failed.append(f"{text!r}: {type(error).__name__}: {error}")
            slowest = max(slowest, time.process_time() - began)
        db.close()
    line = (
        f"{count} strings: {len(failed)} exceptions, {hits} with hits, slowest {slowest * 1e3:.0f} ms of processor time"
    )
    if failed or slowest > 1 or not hits:
        raise Missed(f"{line}; {failed[:3]}")
    return [line]
