"""The directions of imports and the habits that keep the rooms apart."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import ROOT

PACKAGES = ("data", "collectors", "dashboard")
MAY_IMPORT = {"data": {"data"}, "collectors": {"data", "collectors"}, "dashboard": {"data", "dashboard"}}


def modules(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_in_one_direction(package: str):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] in (*PACKAGES, "tests") and name.split(".")[0] not in MAY_IMPORT[package]
    ]
    assert wrong == []


def test_source_modules_cannot_write_and_touch_no_network_or_clock():
    allowed = ("data.models", "data.errors", "data.reference", "data.view", "data.fold", "collectors.sources")
    helpers = (
        "collectors.text",
        "collectors.links",
        "collectors.local_dates",
        "collectors.feed_dates",
        "collectors.stage_tables",
    )
    forbidden = {
        "httpx",
        "socket",
        "requests",
        "urllib.request",
        "sqlite3",
        "sqlite_utils",
        "pysqlite3",
        "subprocess",
        "time",
    }
    wrong = []
    for path in modules("collectors/sources"):
        for name in imports(path):
            ours = name.split(".")[0] in PACKAGES
            if (ours and not name.startswith((*allowed, *helpers))) or name in forbidden:
                wrong.append(f"{path.name} imports {name}")
    assert wrong == []


def test_only_the_run_writes():
    writers = ("data.store", "data.store_events", "data.store_actors", "data.baseline", "data.publish", "data.payloads")
    may = {"visit.py", "run.py", "interpret.py", "assemble.py", "rereading.py", "originals.py", "rebuilding.py",
           "reading_batch.py", "schedule.py"}  # fmt: skip
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for package in ("collectors", "dashboard")
        for path in modules(package)
        for name in imports(path)
        if name.startswith(writers) and path.name not in may and path.parent.name != "commands"
    ]
    assert wrong == []


def test_sql_stands_in_data_only():
    statement = re.compile(
        r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.S
    )
    wrong = []
    for package in ("collectors", "dashboard"):
        for path in modules(package):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and statement.search(node.value):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_feedparser_only_ever_sees_bytes_in_memory():
    """A response body that is a path or an address would otherwise be opened."""
    wrong = []
    for package in PACKAGES:
        for path in modules(package):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "parse"
                ):
                    continue
                if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "feedparser"):
                    continue
                first = node.args[0] if node.args else None
                if not (
                    isinstance(first, ast.Call)
                    and isinstance(first.func, ast.Attribute)
                    and first.func.attr == "BytesIO"
                ):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_one_module_opens_sqlite():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for package in PACKAGES
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] in ("sqlite3", "pysqlite3")
        or (name == "sqlite_utils.utils" and path.name != "database.py")
    ]
    assert wrong == []


def test_the_dashboard_never_loads_spacy():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import pathlib, importlib\n"
        "for path in sorted(pathlib.Path(sys.argv[1], 'dashboard').rglob('*.py')):\n"
        "    if path.name != 'app.py' and 'views' not in path.parts:\n"
        "        name = '.'.join(path.relative_to(sys.argv[1]).with_suffix('').parts).removesuffix('.__init__')\n"
        "        importlib.import_module(name)\n"
        "import data.queries, data.search, data.export\n"
        "print(sorted(name for name in ('spacy', 'collectors', 'thinc', 'trafilatura') if name in sys.modules))\n"
    )
    found = subprocess.run([sys.executable, "-c", code, str(ROOT)], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_repository_speaks_of_the_product_alone():
    """No path of one machine, no package registry's host."""
    hosts = ["pyth" + "onhosted", "py" + "pi.org", "npm" + "js.org", "deb." + "debian"]
    pattern = re.compile("|".join([*map(re.escape, hosts), "/wo" + "rk/", "/ro" + "ot/"]))
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    wrong = []
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in (".png", ".ico", ".gz", ".zip") or not path.is_file():
            continue
        if pattern.search(path.read_text(encoding="utf-8", errors="ignore")):
            wrong.append(name)
    assert wrong == []


def test_top_level_stays_as_designed():
    allowed = re.compile(
        r"^(dashboard|collectors|data|tests|docs|requirements.*\.txt|README.*\.md|CHANGELOG\.md|CONTRIBUTING\.md|LICENSE.*"
        r"|Makefile|pyproject\.toml|\.streamlit|\.ci|\.gitignore|\.gitattributes|\.editorconfig|\.pre-commit-config\.yaml"
        r"|\.github|CITATION\.cff|SECURITY\.md)$"
    )
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    assert [name for name in {one.split("/")[0] for one in filter(None, files)} if not allowed.match(name)] == []
