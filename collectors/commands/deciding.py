"""``joins``, ``decide`` and ``withdraw``: what was put together, and the team's word on it."""

from __future__ import annotations

import argparse

from collectors.clock import stamp
from collectors.commands.collecting import build_command
from collectors.deciding import Word, decide
from data import (
    desk,
    store_identity,
    store_joins,
)
from data.database import (
    open_immutable,
    published_path,
)


def joins_command(options: argparse.Namespace) -> int:
    db = open_immutable(published_path())
    if options.proposed:
        for one, other, name in store_identity.proposals(db, options.what):
            print(f"{one} and {other}: both {name}")
        return 0
    for member, root, rule in store_joins.standing_joins(db, options.what):
        print(f"{member} -> {root} ({rule})")
    return 0


def decide_command(options: argparse.Namespace) -> int:
    word = Word(
        options.kind, options.entity, options.one, options.other, options.type, options.date, options.why, options.by,
        options.private,
    )  # fmt: skip
    number = decide(word, at=stamp(options.now))
    about = " and ".join(one for one in (options.one, options.other) if one)
    print(f"decision {number}: {options.kind} {about}; 'withdraw {number}' takes it back")
    return build_command(options)


def withdraw_command(options: argparse.Namespace) -> int:
    with desk.open_desk() as team:
        desk.withdraw(team, options.number, at=stamp(options.now))
    return build_command(options)
