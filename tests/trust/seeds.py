"""Answers to begin with: every one that the tests of the parsers give to a parser, all of them written by hand.

The tests are run once, in a process of their own, with this module as a plugin of pytest that notes what each parser is
called with; real payloads, where they stand beside the project, are left aside.
"""

from __future__ import annotations

import functools
import importlib
import os
import pickle
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from collectors import sources
from data.models import Record, Response, Source
from tests.shared import ROOT

#: name of the module whose ``parse`` it is, what it is given
Seed = tuple[str, Response, Source]
_OUT = "MONITOR_SEEDS"
_NOTED: dict[tuple[str, str, bytes], Seed] = {}


def names() -> list[str]:
    """Every module that parses the answers of strangers."""
    found = [f"collectors.sources.{one.name}" for one in pkgutil.iter_modules(sources.__path__) if one.name[0] != "_"]
    return ["collectors.feed", *found]


def seeds() -> list[Seed]:
    """The answers, ordered. Raises CalledProcessError when a test of a parser fails."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "seeds"
        environment = {**os.environ, _OUT: str(out), "MONITOR_SHARED": folder, "PYTHONPATH": str(ROOT)}
        tests = ["tests/collectors/sources", "tests/collectors/test_feed.py"]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.trust.seeds", "-p", "no:cacheprovider", *tests]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        found: list[Seed] = pickle.loads(out.read_bytes())
    return sorted(found, key=lambda seed: (seed[0], seed[2].id, seed[1].body))


def _noting(name: str, parse: Callable[..., Iterable[Record]]) -> Callable[..., Iterable[Record]]:
    @functools.wraps(parse)
    def noted(response: Response, source: Source, *rest: Any) -> Iterable[Record]:
        _NOTED.setdefault((name, source.id, response.body), (name, response, source))
        return parse(response, source, *rest)

    return noted


def pytest_sessionfinish() -> None:
    """Hand over what was noted."""
    if out := os.environ.get(_OUT):
        Path(out).write_bytes(pickle.dumps([*_NOTED.values()]))


if _OUT in os.environ:
    for _name in names():
        _module: Any = importlib.import_module(_name)
        _module.parse = _noting(_name, _module.parse)
