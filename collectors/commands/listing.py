"""``sources`` and ``check``: the catalogue, what it covers, and whether its publishers answer."""

from __future__ import annotations

import argparse
import os
import sys

from collectors.apart import Apart
from collectors.checking import WELL, check_sources, table
from collectors.clock import stamp
from collectors.commands import no_such, settings
from collectors.http import NetworkDoor
from collectors.replay import ReplayDoor
from collectors.sources_page import load_formats, page
from data import (
    coverage,
    members,
)
from data.database import (
    open_immutable,
    published_path,
)
from data.errors import ReferenceDataError
from data.models import Source
from data.reference import check, load_reference, load_sources
from data.search_terms import load_search_terms


def sources_command(options: argparse.Namespace) -> int:
    if options.page:
        print(page(load_sources(), load_formats()), end="")
        return 0
    if options.coverage:
        print(coverage.statement(options.lang))
        print(f"\n{_lists(options.lang)}")
        return 0
    for source in load_sources():
        where = source.urls[0] if source.urls else "addresses of watched files"
        print(f"{source.id:<34} {source.jurisdiction:<6} {source.kind:<12} {source.collector:<24} {where}")
    return 0


def _lists(lang: str) -> str:
    """Whose members can be named: the reviewed persons, and the lists of the published database if there is one."""
    reference = load_reference()
    persons = {actor.actor_id for actor in reference.actors if actor.kind == "person"}
    dated = {role.actor_id for role in reference.roles if role.start} & persons
    found = members.chamber_lists(open_immutable(published_path())) if published_path().exists() else []
    return coverage.lists(found, len(persons), len(dated), lang)


def check_command(options: argparse.Namespace) -> int:
    problems = check()
    sources: tuple[Source, ...] = ()
    try:
        sources = load_sources()
        coverage.load_gaps()
        load_search_terms()
    except ReferenceDataError as error:  # told up to the first; the rows of the baseline are told all
        problems.append(error)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems in the reference data")
    if problems or options.offline:
        return 1 if problems else 0
    chosen = [one for one in sources if not options.source or one.id in options.source]
    if unknown := set(options.source) - {one.id for one in chosen}:
        return no_such(unknown)
    known = [one for dossier in load_reference().dossiers for one in dossier.identifiers]
    door = ReplayDoor(options.replay, options.now) if options.replay else NetworkDoor(settings(), options.now)
    with Apart() as parse:
        told = check_sources(chosen, door, known, os.environ, options.now(), print, parse=parse)
    written = table(told, stamp(options.now))
    if options.out:
        options.out.write_text(written, encoding="utf-8")
    print(written.splitlines()[0] if options.out else written)
    return 0 if all(one.verdict in WELL for one in told) else 1
