"""``python -m collectors notify``: subscriptions to changes by mail, and the round that sends them (cron, a timer)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from collectors.clock import Clock, stamp
from collectors.digests import Office, Record, draft, is_due, send, steps_of
from collectors.mail import Sender, post, sender
from collectors.redaction import secrets_of
from data import desk, edition, queries, subscriptions
from data.database import Database, home, only_one
from data.errors import SubscriptionError, ViewError
from data.export.wording import check_codes
from data.queries.digest import state
from data.reference import load_sources
from data.view import PAGE_KEYS, View
from data.vocabulary import load_vocabulary


def notify(options: argparse.Namespace) -> int:
    """One command; 0 well, 1 when a mail could not be sent. Raises MonitorError."""
    return {"send": _send, "add": _add, "list": _list, "remove": _remove}[options.what](options)


def _send(options: argparse.Namespace) -> int:
    if not options.dry_run:
        return send_due(options.now)
    with _record() as record:
        return _rehearse(record, options)


def send_due(now: Clock) -> int:
    """Send what is pending and what is due; 1 when something stays pending. Raises MonitorError."""
    office = Office(sender(os.environ), _site(), now, secrets_of(load_sources(), os.environ))
    with (
        _record() as record,
        only_one(home() / "notify.lock", "notify"),
        subscriptions.opened() as db,
        post(os.environ) as way,
    ):
        outcome = send(db, record, office, way)
    for line in outcome.lines:
        print(line)
    print(f"{outcome.sent} sent, {outcome.pending} pending")
    return 1 if outcome.pending else 0


def _rehearse(record: Record, options: argparse.Namespace) -> int:
    """Print what would be sent; nothing is written, nothing is connected to."""
    told_by = sender(os.environ) if os.environ.get("MONITOR_MAIL_FROM") else Sender("", "monitor@localhost.localdomain")
    office = Office(told_by, _site(), options.now)
    with subscriptions.opened() as db:
        held = {mail.subscription_id: mail.steps for mail in subscriptions.pending(db)}
        for one in subscriptions.standing(db):
            if not (steps := held.get(one.subscription_id)):
                steps = steps_of(db, record, one)[0] if is_due(one, options.now()) else {}
            written = draft(record, office, one, steps)[0] if steps else None
            print(f"{one.subscription_id}  {one.address}  {written.subject if written else 'nothing to send'}")
    return 0


def _add(options: argparse.Namespace) -> int:
    with _record() as record, only_one(home() / "notify.lock", "notify"), subscriptions.opened() as db:
        query = _query(record.db, options)
        known = state(record.db, View.parse(query), options.kind)
        number = subscriptions.add(
            db, options.address, query, known, kind=options.kind, every=options.every, lang=options.lang,
            saved=options.saved, at=stamp(options.now),
        )  # fmt: skip
    print(f"subscription {number}: {options.address} is told of what changes from now on")
    return 0


def _query(db: Database, options: argparse.Namespace) -> str:
    """The query of the view that is asked for. Raises ViewError or SubscriptionError."""
    if sum(map(bool, (options.view, options.saved, options.actor))) > 1:
        raise SubscriptionError("one of --view, --saved and --actor")
    if options.actor:
        if queries.actor(db, options.actor) is None:
            raise SubscriptionError(f"no actor {options.actor!r}")
        return View(actors=(options.actor,)).query_string()
    if options.saved:
        kept = next((one for one in desk.saved_views() if one.name == options.saved), None)
        if kept is None:
            raise SubscriptionError(f"no saved view {options.saved!r}")
        return View.parse(kept.query).query_string()
    if "as_of=" in options.view:
        raise ViewError("a subscription follows the record of now; leave out as_of")
    view = View.parse(options.view.rpartition("?")[2], ignore=PAGE_KEYS)
    check_codes(view, load_vocabulary())
    return view.query_string()


def _list(options: argparse.Namespace) -> int:
    with subscriptions.opened() as db:
        waiting = {mail.subscription_id: mail for mail in subscriptions.pending(db)}
        kept = {one.name for one in desk.saved_views()}
        for one in subscriptions.standing(db):
            what = f"saved view {one.saved!r}" if one.saved else one.query or "every event"
            print(f"{one.subscription_id}  {one.address}  {one.kind}  {one.every}  {one.lang}  {what}")
            print(f"    since {one.started_at}, {one.mail_count} mails, last {one.sent_at or 'never'}")
            if one.saved and one.saved not in kept:
                print(f"    the saved view is gone or renamed; followed as it stood last: {one.query or 'every event'}")
            if mail := waiting.get(one.subscription_id):
                print(f"    a mail is pending: tried {mail.attempt_count} times; {mail.problem or 'not tried yet'}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    with subscriptions.opened() as db:
        if not subscriptions.end(db, options.number, at=stamp(options.now)):
            print(f"no subscription {options.number}", file=sys.stderr)
            return 2
    print(f"subscription {options.number} has ended, its address is forgotten")
    return 0


@contextmanager
def _record() -> Iterator[Record]:
    """The record of now: the publication with what the team decided since. Raises StorageError."""
    now = edition.current()
    db = edition.open_edition(now)
    try:
        yield Record(db, f"{queries.snapshot(db).id}-{now.decisions or 'none'}-{now.withheld or 'none'}")
    finally:
        db.close()


def _site() -> str:
    """The address of the dashboard as readers of mail reach it; empty when ``MONITOR_ADDRESS`` does not say it."""
    return os.environ.get("MONITOR_ADDRESS", "").rstrip("/").removesuffix("/timeline")
