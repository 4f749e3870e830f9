"""``read``, ``reread``, ``labels``, ``score`` and ``explain``: how texts are read, and how well."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from collectors.analysis.lexicon import rule_version
from collectors.apart import Apart
from collectors.assemble import assemble
from collectors.batches import batches_of, run_batches
from collectors.clippings import SOURCE
from collectors.clock import stamp
from collectors.commands import interpreter, no_such, opened, published
from collectors.labels import Row, labels
from collectors.originals import Originals
from collectors.reading_batch import Context, documents_reader, records_reader
from collectors.rereading import Elsewhere, reread
from collectors.workers import open_workers
from data import (
    desk,
    members,
    queries,
    store_kept,
    store_runs,
    store_sources,
)
from data.database import (
    Database,
    a_copy,
    collected_path,
    open_immutable,
    payload_folder,
    published_path,
    writer_lock,
)
from data.reference import load_reference, load_sources
from data.store_kept import Wanted


def read_command(options: argparse.Namespace) -> int:
    from collectors.analysis.predictions import read_documents, write_rows

    documents = read_documents(options.documents)
    found: dict[int, dict[str, Any]] = {}
    bad: dict[int, BaseException] = {}
    with open_workers(options.executor, options.workers, options.scheduler) as workers:
        for batch, rows in run_batches(
            documents_reader(Context(rule_version())),
            batches_of(enumerate(documents)),
            workers=workers,
            on_poison=lambda one, error: bad.update({one[0]: error}),
        ):
            found.update((n, row) for (n, _), row in zip(batch, rows, strict=True))
    write_rows(options.predictions, (found[n] for n in sorted(found)))
    for n, error in sorted(bad.items()):
        print(f"not read: {documents[n].id} ({type(error).__name__}: {error})", file=sys.stderr)
    return 1 if bad else 0


def reread_command(options: argparse.Namespace) -> int:
    wanted = Wanted(rule_version(), options.all, options.source)
    if not options.apply:
        with a_copy(collected_path()) as copy:
            db = opened(options.now, copy)
            code = _read_again(db, wanted, options)
            db.close()
        print("nothing was written: 'reread --apply' writes it")
        return code
    with writer_lock(collected_path()):
        db = opened(options.now)
        code = _read_again(db, wanted, options)
        assemble(db, options.now)
        published(db, options.now)
        db.close()
    return code


def _read_again(db: Database, wanted: Wanted, options: argparse.Namespace) -> int:
    sources = {one.id: one for one in (*store_sources.kept_sources(db), *load_sources(), SOURCE)}
    if wanted.source_id and wanted.source_id not in sources:
        return no_such([wanted.source_id])
    with Apart() as parse, open_workers(options.executor, options.workers, options.scheduler) as workers:
        originals = Originals(
            kept=lambda digest: store_runs.kept_response(db, payload_folder(), digest, ""),
            masked=lambda source_id: store_kept.masked_ids(db, source_id),
            sources=sources,
            parse=parse,
        )
        context = Context(rule_version(), tuple(members.members(db)))
        elsewhere = (
            Elsewhere(workers, lambda files: records_reader(replace(context, watched=files))) if workers else None
        )
        report = reread(db, wanted, interpreter(db), originals, sources, at=stamp(options.now), elsewhere=elsewhere)
    print("\n".join(report.lines()))
    return 0


def labels_command(options: argparse.Namespace) -> int:
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


def score_command(options: argparse.Namespace) -> int:
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
    reader = interpreter(open_immutable(published_path())).load()
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


def explain_command(options: argparse.Namespace) -> int:
    from collectors.explain import explain

    db = open_immutable(published_path())
    number = options.what if options.what.isdigit() else queries.item_at(db, options.what)
    page = queries.item(db, int(number)) if number else None
    if page is None:
        print(f"no item {options.what!r} is kept", file=sys.stderr)
        return 1
    print(explain(page, interpreter(db).load()))
    return 0
