"""The curated baseline keeps its rules, and a broken rule is told with file and line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.errors import ReferenceDataError
from data.models import Identifier
from data.reference import FOLDER, PASSIVE_ROLES, STATED_ON, check, load_reference, load_sources
from data.reference_csv import split_conditions
from data.vocabulary import load_vocabulary

REFERENCE = load_reference(today=STATED_ON)
DOSSIERS = {dossier.dossier_id: dossier for dossier in REFERENCE.dossiers}
ACTORS = {actor.actor_id: actor for actor in REFERENCE.actors}


def test_baseline_breaks_no_rule() -> None:
    assert check() == []


def test_baseline_holds_the_reviewed_records() -> None:
    assert len(REFERENCE.actors) > 1000 and len(REFERENCE.roles) > 430
    assert len(REFERENCE.dossiers) >= 140 and len(REFERENCE.milestones) >= 360
    assert REFERENCE.version == load_vocabulary().version


@pytest.mark.parametrize(
    ("dossier_id", "scheme", "value"),
    [
        ("us-take-it-down-act", "us.bill", "119-s-146"),
        ("fr-loi-sren", "fr.an.dossier", "DLR5L16N47884"),
        ("fr-loi-sren", "fr.senat.dossier", "pjl22-593"),
        ("eu-ai-omnibus", "eu.procedure", "2025/0359(COD)"),
        ("ca-c-63", "ca.bill", "44-1/C-63"),
        ("ca-c-16", "ca.bill", "45-1/C-16"),
        ("ca-c-277", "ca.bill", "45-1/C-277"),
        ("ca-s-209", "ca.bill", "45-1/S-209"),
        ("uk-crime-and-policing-act", "uk.bill", "3938"),
    ],
)
def test_dossier_carries_the_identifier_that_official_records_join_on(dossier_id: str, scheme: str, value: str) -> None:
    assert Identifier(scheme, value) in DOSSIERS[dossier_id].identifiers


@pytest.mark.parametrize(
    ("dossier_id", "stage", "since"),
    [
        ("fr-loi-sren", "enacted", "2024-05-21"),
        ("us-take-it-down-act", "in_force", "2026-05-19"),
        ("ca-c-16", "enacted", "2026-06-18"),
        ("ca-c-63", "lapsed", "2025-01"),
        ("us-ca-ab-2655", "struck_down", "2025-08-05"),
        ("eu-ai-act", "in_force_partial", "2025-02-02"),
        ("us-copyright-office-digital-replicas", "unknown", ""),
    ],
)
def test_stage_follows_from_the_milestones(dossier_id: str, stage: str, since: str) -> None:
    assert (DOSSIERS[dossier_id].stage, DOSSIERS[dossier_id].stage_since) == (stage, since)


def test_stated_stage_is_the_proven_one_for_every_dossier() -> None:
    assert all((dossier.stage_stated or "unknown") == dossier.stage for dossier in REFERENCE.dossiers)


def test_past_plan_is_not_a_fact() -> None:
    planned = next(item for item in REFERENCE.milestones if item.event_id == "uk-cpa-main-commencement")
    assert planned.status == "scheduled" and planned.when.end < STATED_ON
    assert DOSSIERS["uk-crime-and-policing-act"].stage == "enacted"


def test_stage_of_a_later_day_is_computed_when_loading() -> None:
    later = {dossier.dossier_id: dossier for dossier in load_reference(today=date(2027, 6, 1)).dossiers}
    assert later["ca-c-277"].flags == ("stalled",)
    assert DOSSIERS["eu-ai-omnibus"].next_event_id == "eu-omn-2026-12-02-ban"
    assert later["eu-ai-omnibus"].next_event_id == ""


def test_no_person_is_linked_as_target_or_affected() -> None:
    linked = [(ACTORS[actor_id], role) for item in REFERENCE.milestones for actor_id, role in item.actors]
    assert not [actor.actor_id for actor, role in linked if actor.kind == "person" and role in PASSIVE_ROLES]


def test_every_person_holds_a_public_role() -> None:
    holders = {role.actor_id for role in REFERENCE.roles}
    persons = {actor.actor_id for actor in REFERENCE.actors if actor.kind == "person"}
    assert persons and persons <= holders


def test_ambiguous_name_matches_only_with_its_condition() -> None:
    conditions = {alias.alias: alias.conditions for alias in ACTORS["org-x"].ambiguous_aliases}
    assert ACTORS["org-x"].name == "X" and "case" in conditions["X"]


def test_bar_inside_brackets_does_not_separate_aliases() -> None:
    assert split_conditions("A [near x|y; case]|B C [source fr]") == (
        ("A", ("near x|y", "case")),
        ("B C", ("source fr",)),
    )
    with pytest.raises(ValueError, match="not 'alias"):
        split_conditions("A|B [case]")


def test_loading_imports_nothing_beyond_the_standard_library_and_data() -> None:
    script = (
        "import sys; before = set(sys.modules); import data.reference; data.reference.load_reference();"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) - set(sys.stdlib_module_names) == {"data"}


def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "reference"))


def edit(folder: Path, file: str, row: str, old: str, new: str) -> int:
    """Replace ``old`` in the line that begins with ``row``; return the line's number."""
    path = folder / file
    lines = path.read_text("utf-8").split("\n")
    number = next(index for index, line in enumerate(lines) if line.startswith(row + ","))
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new, 1)
    path.write_text("\n".join(lines), "utf-8")
    return number + 1


@pytest.mark.parametrize(
    ("file", "row", "old", "new", "problem"),
    [
        ("actors.csv", "org-x", ",platform,", ",website,", "'website' is not in the list actor_kinds"),
        ("actors.csv", "fr-arcom", ",fr,", ",xx,", "jurisdiction 'xx'"),
        ("actors.csv", "fr-arcom", "Arcom", "=Arcom", "reads as a formula"),
        ("actors.csv", "fr-cnil", "fr-cnil", "fr-arcom", "stands twice"),
        ("actors.csv", "org-x", ",https://x.com,", ",javascript:x,", "not an http(s) address"),
        ("roles.csv", "eu-thierry-breton", "2024-09", "2018", "ends before it starts"),
        ("roles.csv", "eu-thierry-breton", "2024-09", "2024-13", "not a date: '2024-13'"),
        ("roles.csv", "eu-thierry-breton", "eu-commission", "eu-komission", "is not in actors.csv"),
        ("dossiers.csv", "ca-c-277", "45-1/C-277", "C-277", "has not the form of ca.bill"),
        ("dossiers.csv", "ca-c-277", "45-1/C-277", "45-1/C-16", "also belongs to 'ca-c-16'"),
        ("dossiers.csv", "ca-c-277", ",introduced,", ",committee,", "milestones prove 'introduced'"),
        ("milestones.csv", "ca-c277-first-reading", "2026-05-06", "2026-05-36", "day"),
        ("milestones.csv", "ca-c277-first-reading", ",ca-c-277,", ",ca-c-278,", "not in dossiers.csv"),
        ("milestones.csv", "ca-c277-first-reading", "=author", "=target", "is a person"),
        ("milestones.csv", "ca-c277-first-reading", "=author", "=poet", "not in the list event_roles"),
    ],
)
def test_broken_rule_is_told_with_file_and_line(
    tmp_path: Path, file: str, row: str, old: str, new: str, problem: str
) -> None:
    folder = copy(tmp_path)
    line = edit(folder, file, row, old, new)
    told = check(folder)
    assert (file, line) in [(error.file, error.line) for error in told if problem in error.problem]
    with pytest.raises(ReferenceDataError) as caught:
        load_reference(folder)
    assert str(caught.value) == str(told[0])


SOURCE = """
[ofcom-news]
publisher = "Ofcom"
kind = "regulator"
lang = "en"
collector = "feed"
urls = ["https://www.ofcom.org.uk/feed"]
licence = "OGL-3.0"
every_hours = 12
min_records = 1
official = true
[ofcom-news.names]
en = "Ofcom news"
fr = "Actualités de l’Ofcom"
"""


def write_source(tmp_path: Path, text: str) -> Path:
    (tmp_path / "uk.toml").write_text(text, "utf-8")
    return tmp_path


def test_source_takes_its_jurisdiction_from_the_file(tmp_path: Path) -> None:
    (source,) = load_sources(write_source(tmp_path, SOURCE))
    assert (source.id, source.jurisdiction, source.urls) == (
        "ofcom-news",
        "uk",
        ("https://www.ofcom.org.uk/feed",),
    )
    assert source.name("fr") == "Actualités de l’Ofcom" and source.official and source.max_mb == 15


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("min_records = 1\n", "", "cannot be registered without min_records"),
        ("every_hours = 12\n", "", "cannot be registered without every_hours"),
        ('licence = "OGL-3.0"\n', 'licence = ""\n', "cannot be registered without licence"),
        ("https://www.ofcom.org.uk/feed", "file:///etc/passwd", "not an http"),
        ('kind = "regulator"', 'kind = "watchdog"', "not in the list source_kinds"),
        ("official = true", 'official = "yes"', "wrong type"),
        ("official = true", "oficial = true", "unknown key 'oficial'"),
        ("every_hours = 12", "every_hours = true", "wrong type"),
    ],
)
def test_bad_source_is_told_with_the_line_of_its_table(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = write_source(tmp_path, SOURCE.replace(old, new))
    with pytest.raises(ReferenceDataError, match=problem) as caught:
        load_sources(folder)
    assert (caught.value.file, caught.value.line) == ("sources/uk.toml", 2)


def test_source_that_plausibly_yields_nothing_may_say_so(tmp_path: Path) -> None:
    (source,) = load_sources(write_source(tmp_path, SOURCE.replace("min_records = 1", "min_records = 0")))
    assert source.min_records == 0
