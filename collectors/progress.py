"""What a running collection tells: a line in the terminal, and ``progress.json`` for the dashboard."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: outcomes that mean the publisher could not be reached or let in
UNREACHABLE = ("unavailable", "blocked")


@dataclass
class Progress:
    """State of one collection. ``say`` prints a line; ``path`` is rewritten whole at each step."""

    path: Path
    say: Callable[[str], None]
    total: int
    started_at: str
    finished_at: str = ""
    done: int = 0
    running: list[str] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    unreachable: list[str] = field(default_factory=list)

    def start(self, source_id: str) -> None:
        """A visit begins."""
        self.running.append(source_id)
        self._write()

    def finish(self, source_id: str, name: str, outcome: str, detail: str) -> None:
        """A visit ended."""
        self.running.remove(source_id)
        self.done += 1
        self.outcomes[source_id] = outcome
        if outcome in UNREACHABLE:
            self.unreachable.append(name)
        self.say(f"[{self.done:>3}/{self.total}] {source_id:<34} {outcome:<12} {detail}".rstrip())
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
        temporary = self.path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self.path)


@dataclass(frozen=True)
class _Saved:
    started_at: str
    finished_at: str
    total: int
    done: int
    running: list[str]
    outcomes: dict[str, str]
    unreachable: list[str]

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
        )
