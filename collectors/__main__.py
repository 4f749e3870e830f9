"""The command line: ``python -m collectors <command>``.

build    create or migrate the database, load the curated baseline, publish the first snapshot
collect  visit the sources (``--due``: only those whose interval has passed), join, publish
add      read one clipping: a file or an address
joins    which records were put together, and why; decide, withdraw: the team's word on it
reread   read again what was read with other rules and print what would change; ``--apply`` writes it
explain  print a kept item's text with every decision of reading it
labels   write what the team decided as an annotated collection
score    print how well the documents of an annotated collection are read, and those the team decided on
read     read documents of a JSON Lines file and write what was found, without any database
sources  list the catalogue; ``--coverage``: what is read of each place and body, and what is not
notify   changes by mail: add, list and remove subscriptions, send what is due
check    validate the reference data, then ask every source once and write a table of their health
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from collectors import READ_WITH
from collectors.analysis.lexicon import rule_version
from collectors.arguments import parser
from collectors.assemble import assemble
from collectors.checking import WELL, check_sources, table
from collectors.clippings import SOURCE, Clipping, ClippingCollector
from collectors.clock import Clock, stamp, today
from collectors.deciding import Word, decide
from collectors.http import NetworkDoor
from collectors.interpret import Interpreter
from collectors.labels import Row, labels
from collectors.notify import notify, send_due
from collectors.originals import Originals
from collectors.outcomes import Door, Failure, Fetched
from collectors.replay import RecordingDoor, ReplayDoor
from collectors.rereading import reread
from collectors.run import Plan, collect, due
from collectors.sources_page import load_formats, page
from collectors.wire import Settings
from data import (
    baseline,
    coverage,
    desk,
    members,
    migrations,
    queries,
    store,
    store_identity,
    store_joins,
    store_kept,
    store_runs,
    store_sources,
)
from data.database import (
    Database,
    a_copy,
    collected_path,
    open_immutable,
    open_writer,
    payload_folder,
    published_path,
    writer_lock,
)
from data.errors import MonitorError, ReferenceDataError
from data.models import Response, Source
from data.payloads import keep_payload
from data.publish import publish
from data.reference import check, load_reference, load_sources
from data.search_terms import load_search_terms
from data.store_kept import Wanted
from data.vocabulary import load_vocabulary

#: outcomes somebody has to look at; a publisher that could not be reached is told and tried again
FAILED = {"failed", "blocked", "suspicious"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0 well, also when publishers could not be reached (they are named); 1 a source failed, was refused or looks
    suspicious, or the database cannot be used; 2 wrong use; 75 another collection is running.
    """
    options = parser(__doc__ or "").parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except MonitorError as error:
        print(error, file=sys.stderr)
        return 75 if " is running (process " in str(error) else 1


def _open(clock: Clock, path: Path | None = None) -> Database:
    """The writer's database (or a copy of it), migrated, with the baseline and the catalogue as the files have them."""
    db = open_writer(path or collected_path())
    migrations.migrate(db)
    store_sources.source_rows(db, [*load_sources(), SOURCE, baseline.SOURCE])
    baseline.load(db, load_reference(), at=stamp(clock))
    return db


def _publish(db: Database, clock: Clock) -> None:
    publish(
        db,
        published_path(),
        at=stamp(clock),
        today=today(clock),
        vocabulary_version=load_vocabulary().version,
        rules=rule_version(),
    )


def _build(options: argparse.Namespace) -> int:
    with writer_lock(collected_path()):
        db = _open(options.now)
        assemble(db, options.now)
        _publish(db, options.now)
        count = store_sources.event_count(db)
        db.close()
    print(f"ready: {count} events in {collected_path().parent}")
    return 0


def _collect(options: argparse.Namespace) -> int:
    catalogue = {source.id: source for source in load_sources()}
    if unknown := [name for name in options.source if name not in catalogue]:
        return _no_such(unknown)
    with writer_lock(collected_path()):
        db = _open(options.now)
        chosen = [catalogue[name] for name in options.source] or list(catalogue.values())
        chosen.sort(key=lambda one: (not one.options.get("first", False), one.id))
        if options.due:
            chosen = due(chosen, store_runs.last_visits(db), options.now())
        door = _door(options, db)
        outcomes = collect(
            db,
            Plan(chosen, jobs=1 if options.replay else options.jobs),
            door,
            _interpreter(db),
            options.now,
            print,
            lambda: _publish(db, options.now),
        )
        if outdated := store_kept.outdated_count(db, rule_version()):
            print(f"{outdated} kept items were read with other rules: 'reread' shows what today's would change")
        db.close()
    told = send_due(options.now) if options.notify else 0
    return 1 if told or any(outcome in FAILED for outcome in outcomes.values()) else 0


def _door(options: argparse.Namespace, db: Database) -> Door:
    if options.replay:
        return ReplayDoor(options.replay, options.now)
    door: Door = NetworkDoor(_settings(), options.now, holds=store_runs.held_hosts(db, stamp(options.now)))
    return RecordingDoor(door, options.record) if options.record else door


def _settings() -> Settings:
    return replace(
        Settings.from_environment(os.environ), allow_loopback=os.environ.get("MONITOR_ALLOW_LOOPBACK") == "1"
    )


def _add(options: argparse.Namespace) -> int:
    clipping = Clipping(
        name=Path(options.what).name,
        published_on=options.published,
        publisher=options.publisher,
        title=options.title,
        url=options.url or (options.what if options.what.startswith(("http://", "https://")) else ""),
        lang=options.lang,
        jurisdiction=options.jurisdiction,
    )
    with writer_lock(collected_path()):
        db = _open(options.now)
        response = _clipping_response(options, db)
        digest = keep_payload(payload_folder(), response.body)
        interpret = _interpreter(db)
        entries = [interpret(record, SOURCE) for record in ClippingCollector(clipping).parse(response, SOURCE)]
        counts = store.Counts()
        for unit in store.units(SOURCE, response, entries, etag="", last_modified="", read_with=READ_WITH):
            counts.add(store.record_unit(db, unit, digest))
        assemble(db, options.now)
        _publish(db, options.now)
        db.close()
    reading = entries[0].reading
    found = len(reading.events) if reading else 0
    state = "new" if counts.new else "changed" if counts.changed else "as before"
    print(f"{clipping.name}: {state}, on the subject: {'yes' if reading and reading.relevance.relevant else 'no'}, "
          f"{found} events read")  # fmt: skip
    return 0


def _clipping_response(options: argparse.Namespace, db: Database) -> Response:
    if not options.what.startswith(("http://", "https://")):
        try:
            body = Path(options.what).read_bytes()
        except OSError as error:
            raise MonitorError(f"cannot read {options.what}: {error.strerror}") from error
        name = Path(options.what).name
        kind = "text/html" if name.lower().endswith((".html", ".htm")) else ""
        return Response(url=name, status=200, headers={"content-type": kind}, body=body, fetched_at=stamp(options.now))
    door = NetworkDoor(_settings(), options.now, holds=store_runs.held_hosts(db, stamp(options.now)))
    outcome = door.get(
        options.what, validators=None, max_bytes=SOURCE.max_mb * 1024 * 1024, accept="text/html, */*;q=0.5",
        check_robots=True,
    )  # fmt: skip
    if isinstance(outcome, Fetched):
        return outcome.response
    said = f"{outcome.kind} {outcome.detail}".rstrip() if isinstance(outcome, Failure) else "nothing new"
    raise MonitorError(f"could not fetch {options.what}: {said}")


def _read(options: argparse.Namespace) -> int:
    from collectors.analysis.predictions import write_predictions

    write_predictions(options.documents, options.predictions, Interpreter().load())
    return 0


def _interpreter(db: Database) -> Interpreter:
    """Reads with the members of parliaments that the registers of this database list."""
    return Interpreter(lambda: members.members(db))


def _reread(options: argparse.Namespace) -> int:
    wanted = Wanted(rule_version(), options.all, options.source)
    if not options.apply:
        with a_copy(collected_path()) as copy:
            db = _open(options.now, copy)
            code = _read_again(db, wanted, options.now)
            db.close()
        print("nothing was written: 'reread --apply' writes it")
        return code
    with writer_lock(collected_path()):
        db = _open(options.now)
        code = _read_again(db, wanted, options.now)
        assemble(db, options.now)
        _publish(db, options.now)
        db.close()
    return code


def _read_again(db: Database, wanted: Wanted, clock: Clock) -> int:
    sources = {one.id: one for one in (*store_sources.kept_sources(db), *load_sources(), SOURCE)}
    if wanted.source_id and wanted.source_id not in sources:
        return _no_such([wanted.source_id])
    originals = Originals(
        kept=lambda digest: store_runs.kept_response(db, payload_folder(), digest, ""),
        masked=lambda source_id: store_kept.masked_ids(db, source_id),
        sources=sources,
    )
    print("\n".join(reread(db, wanted, _interpreter(db), originals, sources, at=stamp(clock)).lines()))
    return 0


def _labels(options: argparse.Namespace) -> int:
    found, missing = _labelled()
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found)
    if options.out:
        options.out.write_text(lines, encoding="utf-8")
        print(f"{len(found)} decided texts in {options.out}")
    else:
        print(lines, end="")
    if missing:
        print(f"{missing} decided texts are not stored here", file=sys.stderr)
    return 0


def _labelled() -> tuple[list[Row], int]:
    """The labelled set of the published texts, and how many decided ones are not published."""
    decisions = desk.standing()
    if not decisions:
        return [], 0
    db = open_immutable(published_path())
    return labels(decisions, lambda key: queries.labelled_text(db, key))


def _score(options: argparse.Namespace) -> int:
    if options.collection:
        _score_collection(options.collection)
    found, missing = _labelled()
    if not found:
        print("decided by the team: no text yet")
        return 0
    from collectors.analysis.predictions import documents_of, predictions
    from collectors.analysis.scoring import decided_lines

    print(f"decided by the team: {len(found)} texts, rules {rule_version()}")
    if missing:
        print(f"{missing} more are not stored here")
    reader = _interpreter(open_immutable(published_path())).load()
    print("\n".join(decided_lines(found, predictions(documents_of(found), reader))))
    return 0


def _score_collection(collection: Path) -> None:
    from collectors.analysis.predictions import read_predictions
    from collectors.analysis.reader import Reader
    from collectors.analysis.scoring import lines, score

    annotated = [json.loads(line) for line in collection.read_text(encoding="utf-8").splitlines() if line.strip()]
    reference = load_reference()
    listed = [actor for actor in reference.actors if actor.kind != "person"]
    for heading, reader in (
        ("with the whole reference", Reader(reference.actors, reference.roles)),
        ("with all persons taken out of the reference", Reader(listed)),
    ):
        print(f"{len(annotated)} documents, {heading}, rules {rule_version()}")
        print("\n".join(lines(score(annotated, read_predictions(collection, reader)))) + "\n")


def _explain(options: argparse.Namespace) -> int:
    from collectors.explain import explain

    db = open_immutable(published_path())
    number = options.what if options.what.isdigit() else queries.item_at(db, options.what)
    page = queries.item(db, int(number)) if number else None
    if page is None:
        print(f"no item {options.what!r} is kept", file=sys.stderr)
        return 1
    print(explain(page, _interpreter(db).load()))
    return 0


def _joins(options: argparse.Namespace) -> int:
    db = open_immutable(published_path())
    if options.proposed:
        for one, other, name in store_identity.proposals(db, options.what):
            print(f"{one} and {other}: both {name}")
        return 0
    for member, root, rule in store_joins.standing_joins(db, options.what):
        print(f"{member} -> {root} ({rule})")
    return 0


def _decide(options: argparse.Namespace) -> int:
    word = Word(
        options.kind, options.entity, options.one, options.other, options.type, options.date, options.why, options.by,
        options.private,
    )  # fmt: skip
    number = decide(word, at=stamp(options.now))
    about = " and ".join(one for one in (options.one, options.other) if one)
    print(f"decision {number}: {options.kind} {about}; 'withdraw {number}' takes it back")
    return _build(options)


def _withdraw(options: argparse.Namespace) -> int:
    with desk.open_desk() as team:
        desk.withdraw(team, options.number, at=stamp(options.now))
    return _build(options)


def _sources(options: argparse.Namespace) -> int:
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


def _check(options: argparse.Namespace) -> int:
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
        return _no_such(unknown)
    known = [one for dossier in load_reference().dossiers for one in dossier.identifiers]
    door = ReplayDoor(options.replay, options.now) if options.replay else NetworkDoor(_settings(), options.now)
    told = check_sources(chosen, door, known, os.environ, options.now(), print)
    written = table(told, stamp(options.now))
    if options.out:
        options.out.write_text(written, encoding="utf-8")
    print(written.splitlines()[0] if options.out else written)
    return 0 if all(one.verdict in WELL for one in told) else 1


def _no_such(names: Iterable[str]) -> int:
    print(f"no such source: {', '.join(sorted(names))}; see 'python -m collectors sources'", file=sys.stderr)
    return 2


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "collect": _collect,
    "add": _add,
    "joins": _joins,
    "decide": _decide,
    "withdraw": _withdraw,
    "read": _read,
    "reread": _reread,
    "labels": _labels,
    "score": _score,
    "explain": _explain,
    "sources": _sources,
    "check": _check,
    "notify": notify,
}

if __name__ == "__main__":
    sys.exit(main())
