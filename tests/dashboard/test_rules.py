"""Habits that keep the pages safe and quick, read from the source and from a run."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from data import export
from tests.data.export.sample import EVENTS, context
from tests.shared import ROOT

SOURCES = sorted((ROOT / "dashboard").rglob("*.py"))


def test_no_page_takes_html_and_none_imports_what_it_must_not():
    wrong = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("unsafe_allow_html", "unsafe_allow_javascript"):
                wrong.append(f"{path.name}: {node.arg}")
            if isinstance(node, ast.Attribute) and node.attr in ("html", "iframe", "write", "write_stream", "image"):
                wrong.append(f"{path.name}:{node.lineno} .{node.attr}")
            names = (
                [one.name for one in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )  # fmt: skip
            wrong += [f"{path.name} imports {name}" for name in names if name.split(".")[0] in ("spacy", "collectors")]
    assert wrong == []


def test_markdown_never_gets_a_field_of_a_row_as_it_is():
    """Inside st.markdown and st.caption a bare attribute of a record is always a mistake."""
    rows = {"title", "name", "quote", "publisher", "error", "reason", "organisation", "party", "role_title", "value"}
    wrong = []
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr not in (
                "markdown",
                "caption",
                "title",
                "subheader",
                "info",
                "warning",
                "error",
                "button",
            ):
                continue
            for argument in call.args[:1]:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                for part in parts:
                    inner = part.value if isinstance(part, ast.FormattedValue) else part
                    if isinstance(inner, ast.Attribute) and inner.attr in rows:
                        wrong.append(f"{path.name}:{call.lineno} {ast.unparse(inner)}")
    assert wrong == []


def test_the_server_listens_to_this_machine_alone_and_reports_nothing():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server = config["server"]
    assert (server["address"], server["port"], server["headless"]) == ("127.0.0.1", 8501, True)
    assert server["enableCORS"] and server["enableXsrfProtection"]
    assert not server["enableStaticServing"]
    assert server["fileWatcherType"] == "none"
    assert server["maxUploadSize"] <= 5
    assert config["browser"]["gatherUsageStats"] is False
    client = config["client"]
    assert (client["toolbarMode"], client["showErrorDetails"], client["disableDataExport"]) == ("minimal", "none", True)
    assert server["enableAgentApi"] is False


def test_the_landing_page_draws_no_figure_and_loads_no_language_model(home: Path):
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"at = AppTest.from_file({str(ROOT / 'dashboard' / 'app.py')!r}, default_timeout=60).run()\n"
        "assert not at.exception, at.exception\n"
        "assert len(at.title) == 1\n"
        "assert not at.get('plotly_chart')\n"
        "names = ('dashboard.charts', 'spacy', 'collectors')\n"
        "print(sorted(name for name in names if name in sys.modules))\n"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("fmt", export.FORMATS)
def test_file_names_and_types_promised_to_the_browser_are_those_of_the_writers(fmt: str):
    written = export.build(fmt, export.Extract(EVENTS), context())
    assert written.filename.endswith(f".{export.FORMATS[fmt].extension}")
    assert written.mime == export.FORMATS[fmt].mime
