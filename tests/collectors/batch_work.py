"""Work that other processes are given by test_batches.py; imports nothing heavy, since each of them imports it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

BAD = 5


def squares(batch: Sequence[int]) -> list[int]:
    return [n * n for n in batch]


def raises(batch: Sequence[int]) -> list[int]:
    if BAD in batch:
        raise ValueError("an unlucky number")
    return squares(batch)


def dies(batch: Sequence[int]) -> list[int]:
    if BAD in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return squares(batch)


def hangs(batch: Sequence[int]) -> list[int]:
    if BAD in batch:
        time.sleep(600)
    return squares(batch)


def slowly(batch: Sequence[int]) -> list[tuple[int, int]]:
    time.sleep(0.05)
    return [(n * n, os.getpid()) for n in batch]
