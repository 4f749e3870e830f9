"""What a running collection tells: a line in the terminal, and ``progress.json`` for the dashboard."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: how many visits must have ended before the time left is told
FEWEST = 8

#: outcomes that mean the publisher could not be reached or let in
UNREACHABLE = ("unavailable", "blocked")


@dataclass
class Progress:
    """State of one collection. ``say`` prints a line; ``path`` is rewritten whole at each step.

    ``seconds`` is a clock that only moves forward; the time left is the pace so far times what remains.
    """

    path: Path
    say: Callable[[str], None]
    total: int
    started_at: str
    finished_at: str = ""
    done: int = 0
    running: list[str] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    unreachable: list[str] = field(default_factory=list)
    records: int = 0
    seconds: Callable[[], float] = time.monotonic
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.seconds()

    def seconds_left(self) -> int:
        """An estimate; 0 when too little is done to tell, or nothing is left."""
        if self.done < FEWEST:
            return 0
        return round((self.seconds() - self.began) / self.done * (self.total - self.done))

    def start(self, source_id: str) -> None:
        """A visit begins."""
        self.running.append(source_id)
        self._write()

    def finish(self, source_id: str, name: str, outcome: str, detail: str, records: int = 0) -> None:
        """A visit ended; ``records`` is how many it read."""
        self.running.remove(source_id)
        self.done += 1
        self.records += records
        self.outcomes[source_id] = outcome
        if outcome in UNREACHABLE:
            self.unreachable.append(name)
        left = self.seconds_left()
        place = f"[{self.done:>3}/{self.total}" + (f", {_duration(left)} left]" if left >= 60 else "]")
        self.say(f"{place} {source_id:<34} {outcome:<12} {detail}".rstrip())
        self._write()

    def close(self, at: str) -> None:
        """The collection ended; name every source that could not be reached."""
        self.finished_at = at
        if self.unreachable:
            self.say(f"could not be reached ({len(self.unreachable)}): {', '.join(sorted(self.unreachable))}")
        self._write()

    def _write(self) -> None:
        state = {name: value for name, value in asdict(_Saved.of(self)).items()}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(".tmp")  # one collection at a time
        temporary.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self.path)


def _duration(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.0f} h"


@dataclass(frozen=True)
class _Saved:
    started_at: str
    finished_at: str
    total: int
    done: int
    running: list[str]
    outcomes: dict[str, str]
    unreachable: list[str]
    records: int
    seconds_left: int

    @classmethod
    def of(cls, progress: Progress) -> _Saved:
        return cls(
            progress.started_at,
            progress.finished_at,
            progress.total,
            progress.done,
            list(progress.running),
            dict(progress.outcomes),
            sorted(progress.unreachable),
            progress.records,
            0 if progress.finished_at else progress.seconds_left(),
        )
