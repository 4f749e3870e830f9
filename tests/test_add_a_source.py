"""``docs/add-a-source.md`` followed word for word, in a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from data.models import Source
from tests.replay import feed_entries, write_replay
from tests.shared import ROOT

PAGE = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")
FEED, SYSTEM, REST = (part for part in re.split(r"^## ", PAGE, flags=re.M)[1:])
NOW = ("--now", "2026-11-25T06:00:00Z")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy to write into."""
    for name in ("data", "collectors", "tests", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "db"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def write_files(section: str, project: Path) -> list[str]:
    """Every block of the section under the path named before it; an existing file is added to."""
    written = []
    for name, block in re.findall(r"^ *`([\w/.-]+)`:\n\n( *```\w+\n.*?^ *```)", section, re.S | re.M):
        body = dedent("\n".join(block.splitlines()[1:-1])) + "\n"
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.exists() else ""
        path.write_text(before + body, encoding="utf-8")
        written.append(name)
    return written


def run(command: str, project: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """A command of the page, in the copy."""
    words, _, target = command.partition(" > ")
    python, *arguments = words.split()
    assert python == ".venv/bin/python"
    environment = {**os.environ, "MONITOR_HOME": str(project / "home"), "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, *arguments, *more], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    if target:
        (project / target).write_text(done.stdout, encoding="utf-8")
    return done


def commands(section: str) -> list[str]:
    return re.findall(r"^ *(\.venv/bin/python [^\n]+)$", section, re.M)


def test_a_feed_is_added_as_the_page_says(project: Path):
    assert write_files(FEED, project) == ["data/reference/sources/fr-feeds.toml"]
    source = Source(
        "fr-example", {}, "Exemple", "fr", "news", "fr", "feed", ("https://www.example.org/feed.xml",), "", 6, 5
    )
    write_replay(project / "answers", feed_entries([source], items=10))
    validate, ask, collect, page = commands(FEED)
    done = run(validate, project)
    assert done.returncode == 0, done.stderr
    assert (
        "| fr-example | Exemple | OK | 10 |" in run(ask, project, "--replay", "answers", "--now", "2026-01-25").stdout
    )
    done = run(collect, project, "--replay", "answers", *NOW)
    assert done.returncode == 0 and "10 new" in done.stdout, done.stdout + done.stderr
    assert run(page, project).returncode == 0
    assert "`fr-example`" in (project / "docs" / "sources.md").read_text(encoding="utf-8")


def test_an_official_system_is_added_as_the_page_says(project: Path):
    assert len(write_files(SYSTEM, project)) == 6
    bills = (project / "tests/fixtures/sources/nl_example/bills.json").read_bytes()
    assert json.loads(bills)["bills"]
    write_replay(project / "some-folder", [("https://api.example.org/bills?from=2023-01-01", bills, {})])
    validate, facts, collect, page = commands(SYSTEM)
    for command, more in ((validate, ()), (facts, ("-p", "no:cacheprovider")), (collect, NOW), (page, ())):
        done = run(command, project, *more)
        assert done.returncode == 0, done.stdout + done.stderr
        if command == collect:
            assert "1 new" in done.stdout and "1 unknown codes" in done.stdout
    module = (project / "collectors/sources/nl_example.py").read_text(encoding="utf-8")
    assert 20 <= len(module.splitlines()) <= 120
    assert "`nl_example`" in (project / "docs" / "sources.md").read_text(encoding="utf-8")


def test_the_example_module_passes_the_checks_of_the_project(project: Path):
    write_files(SYSTEM, project)
    ruff = Path(sys.executable).with_name("ruff")
    names = ["collectors/sources/nl_example.py", "tests/collectors/sources/test_nl_example.py"]
    for action in (["check"], ["format", "--check"]):
        done = subprocess.run([ruff, *action, *names], cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    done = run(
        ".venv/bin/python -m pytest tests/test_architecture.py",
        project,
        "-p",
        "no:cacheprovider",
        "-k",
        "source_modules",
    )
    assert done.returncode == 0, done.stdout


def test_every_key_the_page_names_is_one_of_a_source():
    for name in re.findall(r"^- `(\w+)`", REST, re.M):
        assert name in Source.__slots__, name
