"""What the documentation claims is there: commands, files, and examples that work as written."""

from __future__ import annotations

import re
import shlex

import pytest

from collectors.arguments import parser
from collectors.sources_page import load_formats, page
from data.reference import load_sources
from tests.fixtures.replay_samples import named
from tests.shared import ROOT, SHARED, needs_shared

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ADD_A_SOURCE = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    return re.findall(r"\.venv/bin/python -m collectors ([^\n#`>]+)", text)


@pytest.mark.parametrize("command", sorted({*commands(README), *commands(ADD_A_SOURCE)}))
def test_a_documented_command_is_understood(command: str):
    parser("").parse_args(shlex.split(command))


def test_the_two_commands_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "bench"):
        assert re.search(rf"^{target}:", makefile, re.M)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make run" in README and "make test" in README


def test_links_of_the_documents_lead_somewhere():
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_rooms_named_in_the_architecture_exist():
    named = re.findall(r"`((?:data|collectors|dashboard|tests)/[\w/.*-]*)`", ARCHITECTURE)
    assert len(named) > 15
    missing = [name for name in named if not list(ROOT.glob(name.rstrip("/"))) and not name.startswith("data/db")]
    assert missing == []


def test_functions_named_on_the_way_of_one_record_exist():
    import importlib

    for dotted in set(re.findall(r"`((?:data|collectors)\.[\w.]+)`", ARCHITECTURE)):
        parts = dotted.split(".")
        for cut in range(len(parts), 0, -1):
            try:
                thing = importlib.import_module(".".join(parts[:cut]))
            except ModuleNotFoundError:
                continue
            for name in parts[cut:]:
                thing = getattr(thing, name)
            break
        else:
            pytest.fail(dotted)


def test_the_page_of_sources_is_that_of_the_catalogue():
    told = page(load_sources(), load_formats())
    assert (ROOT / "docs" / "sources.md").read_text(encoding="utf-8") == told, "python -m collectors sources --page"


def test_the_readme_counts_as_the_catalogue_does():
    sources = load_sources()
    assert "the parliaments of eleven jurisdictions" in README
    assert len({one.jurisdiction for one in sources if one.kind == "parliament"}) == 11
    assert "more than a hundred newsrooms" in README.replace("\n  ", " ")
    assert len({one.publisher for one in sources if one.kind in ("news", "ngo")}) > 100
    assert "in six languages" in README.replace("\n  ", " ")
    assert len({one.lang for one in sources if one.collector == "feed"}) == 6


def test_every_format_is_of_a_collector_in_use():
    assert set(load_formats()) == {source.collector for source in load_sources()}


@needs_shared
@pytest.mark.shared
def test_a_payload_called_real_is_one():
    catalogue = {source.id: source.collector for source in load_sources()}
    real = {catalogue[source_id] for source_id, _, _ in named(SHARED)}
    by_other_tests = {"feed", "fr_assemblee", "fr_assemblee_acteurs", "fr_senat", "us_govinfo", "ca_legisinfo"}
    assert {name for name, about in load_formats().items() if about["payload"] == "real"} == real | by_other_tests


def test_every_requirement_is_pinned_and_has_its_reason():
    reasons = (ROOT / "docs" / "decisions" / "0002-libraries.md").read_text(encoding="utf-8")
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    for line in pinned:
        name, mark, _ = line.partition("==")
        assert mark, line
        assert name in reasons, f"{name} needs a line of reason"
