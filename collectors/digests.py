"""Digests by mail: what is due, written down, handed over, confirmed, in this order.

A mail is written down before it is handed over and confirmed after the server took it. A process that dies in between
leaves it pending: the next one hands it over again under the same ``Message-ID``, by which a duplicate can be known.
So every change is told at least once, and twice at most where the end came between the server's word and ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import blake2b

from collectors.clock import Clock, stamp
from collectors.mail import Refused, Sender, Trouble, message, problem
from data import coverage, desk, digest, queries, subscriptions
from data.database import Database
from data.digest_text import SHOWN, Changes, Digest, Way, compose, lines_of
from data.export import Context
from data.export.wording import view_title
from data.queries.digest import standing_within, state
from data.rows import DossierRow, TimelineEvent
from data.subscriptions import Pending, Steps, Subscription
from data.view import View
from data.vocabulary import load_vocabulary

#: how long after a mail the next one is due; an hour less than the name says, for a schedule that is not to the second
_PAUSE = {"daily": timedelta(hours=23), "weekly": timedelta(days=6, hours=23)}

#: hands a mail over, as :class:`collectors.mail.Post` does
HandOver = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Record:
    """The record that is told of: an open edition, and what tells it from every other one."""

    db: Database
    edition: str


@dataclass(frozen=True, slots=True)
class Office:
    """What a mail needs besides its subject: who writes, the site without a slash at its end, empty where it has no
    address that others reach, the clock, and what is never told of a server's words."""

    writer: Sender
    site: str
    clock: Clock
    secrets: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What a round did: mails ``sent``, still ``pending`` because they failed; lines for whoever runs it."""

    sent: int = 0
    pending: int = 0
    lines: list[str] = field(default_factory=list)


def send(db: Database, record: Record, office: Office, hand_over: HandOver) -> Outcome:
    """Hand over what is pending, then what is due. ``db`` is the team's database, for one process at a time.

    A server that cannot be reached ends the round; a mail it does not take stays pending and the others go on.
    """
    outcome = Outcome()
    try:
        for mail in subscriptions.pending(db):
            _deliver(db, record, office, hand_over, mail, outcome)
        held = {mail.subscription_id for mail in subscriptions.pending(db)}
        for one in subscriptions.standing(db):
            if one.subscription_id in held or not is_due(one, office.clock()):
                continue
            if steps := _take_in(db, record, one):
                number = subscriptions.mail_number(db, one.subscription_id)
                name = message_name(one, record.edition, number)
                mail = subscriptions.put(db, name, one, record.edition, steps, at=stamp(office.clock))
                if not _deliver(db, record, office, hand_over, mail, outcome):
                    continue
            _follow(db, record, one)
    except Trouble as error:
        outcome.lines.append(f"the mail server cannot be used: {problem(error, office.secrets)}")
    outcome.pending = len(subscriptions.pending(db))
    return outcome


def is_due(one: Subscription, now: datetime) -> bool:
    """Whether enough time has passed since the last mail; never two on one local day, however often this is asked."""
    if not one.sent_at:
        return True
    sent = datetime.fromisoformat(one.sent_at)
    return now - sent >= _PAUSE[one.every] and now.astimezone().date() != sent.astimezone().date()


def message_name(one: Subscription, edition: str, number: int) -> str:
    """The left part of the ``Message-ID``: of the subscription, the edition and how many mails came before."""
    return blake2b(f"{one.token}|{edition}|{number}".encode(), digest_size=16).hexdigest()


def steps_of(db: Database, record: Record, one: Subscription) -> tuple[Steps, Steps]:
    """(what is to tell, what is taken in silently) since a subscription was told last."""
    known = subscriptions.told(db, one.subscription_id)
    now = state(record.db, View.parse(one.query), one.kind, known)
    joined = standing_within(record.db, known.keys() - now.keys(), now)
    return digest.steps(known, now, one.kind, joined), digest.silent(known, now, one.kind, joined)


def draft(record: Record, office: Office, one: Subscription, steps: Steps) -> tuple[Digest | None, Steps]:
    """The mail that tells ``steps``, and those of them it tells; None when nothing is left to tell.

    What has gone or is withheld since the steps were written down is not told.
    """
    changes, spelt = _changes(record, steps, one.lang)
    if not spelt:
        return None, {}
    view = View.parse(one.query)
    snapshot = queries.snapshot(record.db)
    labels = load_vocabulary()
    context = Context(
        view_title=one.saved or view_title(view, labels, one.lang, queries.view_names(record.db, view, one.lang)),
        view=view,
        lang=one.lang,
        as_of=snapshot.instant(),
        count=len(spelt),
        permalink_base=f"{office.site or 'http://localhost:8501'}/timeline",
        vocabulary_version=snapshot.vocabulary_version,
        not_covered=coverage.not_covered(one.lang, view.jurisdictions),
    )
    way = Way(office.site or "http://localhost:8501", leave_address(office, one), office.writer.address)
    return compose(changes, context, labels, way), spelt


def leave_address(office: Office, one: Subscription) -> str:
    """The address that ends a subscription; empty where the site has none that others reach."""
    return f"{office.site}/unsubscribe?token={one.token}" if office.site else ""


def _take_in(db: Database, record: Record, one: Subscription) -> Steps:
    steps, silent = steps_of(db, record, one)
    if silent:
        subscriptions.note(db, one.subscription_id, silent)
    return steps


def _deliver(
    db: Database, record: Record, office: Office, hand_over: HandOver, mail: Pending, outcome: Outcome
) -> bool:
    """Hand one mail over and confirm it; False when it stays pending. Raises one of ``Trouble``."""
    one = next((one for one in subscriptions.standing(db) if one.subscription_id == mail.subscription_id), None)
    if one is None:  # it ended, and its mail went with it
        return True
    written, spelt = draft(record, office, one, mail.steps)
    now = office.clock()
    if written is None:
        subscriptions.confirm(db, mail, {}, at=stamp(office.clock), sent=False)
        return True
    found: EmailMessage = message(
        written, to=one.address, writer=office.writer, message_id=mail.message_id, at=now, lang=one.lang,
        leave=leave_address(office, one), token=one.token,
    )  # fmt: skip
    try:
        hand_over(found, to=one.address, writer=office.writer)
    except Refused as error:
        subscriptions.failed(db, mail, str(error))
        outcome.lines.append(f"subscription {one.subscription_id}: not sent, {error}")
        return False
    except Trouble as error:
        subscriptions.failed(db, mail, problem(error, office.secrets))
        raise
    subscriptions.confirm(db, mail, spelt, at=stamp(office.clock))
    outcome.sent += 1
    outcome.lines.append(f"subscription {one.subscription_id}: {written.count} changes sent")
    return True


def _follow(db: Database, record: Record, one: Subscription) -> None:
    """A saved view that is another now is followed as it is now; what it held until now was told just before."""
    if not one.saved:
        return
    query = next((kept.query for kept in desk.saved_views() if kept.name == one.saved), one.query)
    if query != one.query:
        subscriptions.follow(db, one.subscription_id, query, state(record.db, View.parse(query), one.kind))


def _changes(record: Record, steps: Steps, lang: str) -> tuple[Changes, Steps]:
    new: list[TimelineEvent] = []
    changed: list[tuple[TimelineEvent, digest.Facts, bool]] = []
    files: list[tuple[DossierRow, str]] = []
    spelt: dict[str, tuple[str | None, str | None]] = {}
    gone = more = 0
    for key, (before, after) in sorted(sorted(steps.items()), key=_day, reverse=True):
        entity, _, ref = key.partition(":")
        if after is None:
            gone += 1
        elif len(new) + len(changed) + len(files) >= SHOWN:
            more += 1
        elif entity == "file":
            dossier = queries.dossier(record.db, ref)
            if dossier is None or dossier.dossier_id != ref or dossier.stage == before:
                continue
            files.append((dossier, before or ""))
        else:
            event = queries.event(record.db, ref)
            if event is None or event.event_id != ref:
                continue
            if before is None:
                new.append(event)
            else:
                was = digest.facts_of(before)
                mark = digest.mark_of(event.date, event.status, event.stage, event.type, event.title)
                retitled = digest.facts_of(mark).title != was.title
                if not lines_of(event, was, retitled, load_vocabulary(), lang):
                    continue
                changed.append((event, was, retitled))
        spelt[key] = (before, after)
    return Changes(new, changed, files, gone, more), spelt


def _day(step: tuple[str, tuple[str | None, str | None]]) -> str:
    key, (_, after) = step
    return digest.facts_of(after).date if after is not None and key.startswith("event:") else ""
