"""Who is told of changes by mail, what they were told, and the mails on their way: in the team's database.

Each subscription keeps what it was told last (``told``), so that a change is told once however late it becomes known
and whatever decisions came in between. A mail is written down as ``pending`` with what it tells before it is handed
over, and becomes ``sent`` with that in one transaction: after a crash between the two it goes out again under the
same number. Marks hold codes and hashes, never words: a name that is withheld later stands nowhere here.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.database import Database, rows, writing
from data.desk import open_desk
from data.digest import KINDS
from data.errors import SubscriptionError

EVERY = ("daily", "weekly")
LANGUAGES = ("fr", "en")

#: an address as it can stand in a header without any quoting (RFC 5321 dot-atom), ASCII only
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS subscription (
    subscription_id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,              -- empty once it has ended
    query TEXT NOT NULL,                -- the view that is followed, of a saved view as it stood last
    saved TEXT NOT NULL DEFAULT '',     -- name of a saved view, or empty
    kind TEXT NOT NULL CHECK (kind IN ('new_and_changed', 'stage_changes', 'new')),
    every TEXT NOT NULL CHECK (every IN ('daily', 'weekly')),
    lang TEXT NOT NULL CHECK (lang IN ('fr', 'en')),
    token TEXT NOT NULL UNIQUE,         -- who has it may end the subscription
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT '',
    sent_at TEXT NOT NULL DEFAULT '',
    sent_edition TEXT NOT NULL DEFAULT '',
    mail_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS told (
    subscription_id INTEGER NOT NULL REFERENCES subscription,
    key TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (subscription_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (
    message_id TEXT PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES subscription,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'dropped')),
    edition TEXT NOT NULL,
    changes TEXT NOT NULL,              -- JSON object: key -> [mark before or null, after or null]; empty once sent
    made_at TEXT NOT NULL,
    sent_at TEXT NOT NULL DEFAULT '',
    attempt_count INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS outbox_pending ON outbox (subscription_id) WHERE state = 'pending';
"""

#: key -> (mark before, mark after); None for what was not there, or is not any more
Steps = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """Somebody who is told. ``query`` is the view, ``saved`` the name it was kept under or empty; ``*_at`` are UTC
    instants, empty when it did not happen."""

    subscription_id: int
    address: str
    query: str
    saved: str
    kind: str
    every: str
    lang: str
    token: str
    started_at: str
    ended_at: str
    sent_at: str
    sent_edition: str
    mail_count: int


@dataclass(frozen=True, slots=True)
class Pending:
    """A mail that was not confirmed yet; ``attempt_count`` handings over failed, the last one by ``problem``."""

    message_id: str
    subscription_id: int
    edition: str
    steps: Steps
    attempt_count: int
    problem: str


_COLUMNS = (
    "subscription_id, address, query, saved, kind, every, lang, token, started_at, ended_at, sent_at, sent_edition,"
    " mail_count"
)


@contextmanager
def opened(path: Path | None = None) -> Iterator[Database]:
    """The team's database with the tables of subscriptions."""
    with open_desk(path) as db:
        db.conn.executescript(_SCHEMA)
        yield db


def checked_address(text: str) -> str:
    """The address when it is one that needs no quoting. Raises SubscriptionError; a line break never passes."""
    if not _ADDRESS.fullmatch(text) or len(text) > 254 or len(text.rpartition("@")[0]) > 64:
        raise SubscriptionError(f"not an e-mail address: {text[:80]!r}")
    return text


def add(
    db: Database,
    address: str,
    query: str,
    known: Mapping[str, str],
    *,
    kind: str,
    every: str,
    lang: str,
    at: str,
    saved: str = "",
) -> int:
    """Begin a subscription; returns its number. ``known`` is the state of the view: only what changes later is told.

    Raises SubscriptionError for an address that is none, or one that has this subscription already.
    """
    checked_address(address)
    for value, allowed in ((kind, KINDS), (every, EVERY), (lang, LANGUAGES)):
        if value not in allowed:
            raise SubscriptionError(f"{value!r} is none of {', '.join(allowed)}")
    with writing(db):
        same = db.execute(
            "SELECT subscription_id FROM subscription WHERE ended_at = '' AND address = ? COLLATE NOCASE AND kind = ?"
            " AND saved = ? AND (saved <> '' OR query = ?)",
            (address, kind, saved, query),
        ).fetchone()
        if same:
            raise SubscriptionError(f"{address} has this subscription already: number {same[0]}")
        number = int(
            db.execute(
                "INSERT INTO subscription (address, query, saved, kind, every, lang, token, started_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING subscription_id",
                (address, query, saved, kind, every, lang, secrets.token_urlsafe(24), at),
            ).fetchone()[0]
        )
        _tell(db, number, {key: (None, mark) for key, mark in known.items()})
    return number


def standing(db: Database) -> list[Subscription]:
    """The subscriptions that have not ended, by number."""
    found = rows(db, f"SELECT {_COLUMNS} FROM subscription WHERE ended_at = '' ORDER BY subscription_id")
    return [Subscription(**one) for one in found]


def of_token(db: Database, token: str) -> Subscription | None:
    """The subscription a link speaks of, also one that has ended."""
    found = rows(db, f"SELECT {_COLUMNS} FROM subscription WHERE token = ?", (token,))
    return Subscription(**found[0]) if found else None


def end(db: Database, number: int, *, at: str) -> bool:
    """End a subscription and forget the address and what it was told; False when there is none that stands."""
    with writing(db):
        ended = db.execute(
            "UPDATE subscription SET ended_at = ?, address = '', query = '', saved = '' WHERE subscription_id = ?"
            " AND ended_at = '' RETURNING 1",
            (at, number),
        ).fetchall()
        db.execute("DELETE FROM told WHERE subscription_id = ?", (number,))
        db.execute("DELETE FROM outbox WHERE subscription_id = ?", (number,))
    return bool(ended)


def told(db: Database, number: int) -> dict[str, str]:
    """key -> mark of what a subscription was told last."""
    return dict(db.execute("SELECT key, mark FROM told WHERE subscription_id = ?", (number,)).fetchall())


def pending(db: Database) -> list[Pending]:
    """The mails whose handing over was not confirmed, the oldest first."""
    return [
        Pending(
            row["message_id"],
            row["subscription_id"],
            row["edition"],
            {key: (before, after) for key, (before, after) in json.loads(row["changes"]).items()},
            row["attempt_count"],
            row["problem"],
        )
        for row in rows(
            db,
            "SELECT message_id, subscription_id, edition, changes, attempt_count, problem FROM outbox"
            " WHERE state = 'pending' ORDER BY made_at, subscription_id",
        )
    ]


def put(db: Database, message_id: str, one: Subscription, edition: str, steps: Steps, *, at: str) -> Pending:
    """Write a mail down before it is handed over."""
    with writing(db):
        db.execute(
            "INSERT INTO outbox (message_id, subscription_id, state, edition, changes, made_at)"
            " VALUES (?, ?, 'pending', ?, ?, ?)",
            (message_id, one.subscription_id, edition, json.dumps(dict(steps)), at),
        )
    return Pending(message_id, one.subscription_id, edition, steps, 0, "")


def confirm(db: Database, mail: Pending, steps: Steps, *, at: str, sent: bool = True) -> None:
    """A mail was handed over and told ``steps``: both are true together, or neither. ``sent`` is False for one that
    had nothing left to tell. A subscription that ended meanwhile stays ended."""
    with writing(db):
        still = db.execute(
            "UPDATE outbox SET state = ?, sent_at = ?, changes = '' WHERE message_id = ? RETURNING 1",
            ("sent" if sent else "dropped", at, mail.message_id),
        ).fetchall()
        if still:
            _tell(db, mail.subscription_id, steps)
            if sent:
                db.execute(
                    "UPDATE subscription SET sent_at = ?, sent_edition = ?, mail_count = mail_count + 1"
                    " WHERE subscription_id = ?",
                    (at, mail.edition, mail.subscription_id),
                )


def failed(db: Database, mail: Pending, problem: str) -> None:
    """Handing over failed: it stays pending, and the reason is kept."""
    with writing(db):
        db.execute(
            "UPDATE outbox SET attempt_count = attempt_count + 1, problem = ? WHERE message_id = ?",
            (problem, mail.message_id),
        )


def note(db: Database, number: int, steps: Steps) -> None:
    """Take in silently what is not worth a mail."""
    with writing(db):
        _tell(db, number, steps)


def follow(db: Database, number: int, query: str, known: Mapping[str, str]) -> None:
    """The saved view behind a subscription is another now: what it holds today counts as told."""
    with writing(db):
        db.execute("UPDATE subscription SET query = ? WHERE subscription_id = ?", (query, number))
        db.execute("DELETE FROM told WHERE subscription_id = ?", (number,))
        _tell(db, number, {key: (None, mark) for key, mark in known.items()})


def mail_number(db: Database, number: int) -> int:
    """How many mails to a subscription were written down so far."""
    return int(db.execute("SELECT count(*) FROM outbox WHERE subscription_id = ?", (number,)).fetchone()[0])


def _tell(db: Database, number: int, steps: Steps) -> None:
    gone: Sequence[str] = [key for key, (_, after) in steps.items() if after is None]
    here = [(number, key, after) for key, (_, after) in steps.items() if after is not None]
    db.conn.executemany("DELETE FROM told WHERE subscription_id = ? AND key = ?", [(number, key) for key in gone])
    db.conn.executemany(
        "INSERT INTO told VALUES (?, ?, ?) ON CONFLICT (subscription_id, key) DO UPDATE SET mark = excluded.mark", here
    )
