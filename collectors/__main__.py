"""The command line: ``python -m collectors <command>``.

build    create or migrate the database, load the curated baseline, publish the first snapshot
collect  visit the sources (``--due``: only those whose interval has passed), join, publish
watch    collect what is due, for ever: the built-in schedule
add      read one clipping: a file or an address
joins    which records were put together, and why; decide, withdraw: the team's word on it
reread   read again what was read with other rules and print what would change; ``--apply`` writes it
rebuild  make every table again from the kept answers, without a network; ``--check`` only compares
explain  print a kept item's text with every decision of reading it
labels   write what the team decided as an annotated collection
score    print how well the documents of an annotated collection are read, and those the team decided on
read     read documents of a JSON Lines file and write what was found, without any database
sources  list the catalogue; ``--coverage``: what is read of each place and body, and what is not
notify   changes by mail: add, list and remove subscriptions, send what is due
backup   write the record, the team's decisions and the kept bodies into one file
restore  put them back from such a file, and publish
check    validate the reference data, then ask every source once and write a table of their health
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from collectors.arguments import parser
from collectors.commands.collecting import add_command, build_command, collect_command
from collectors.commands.deciding import decide_command, joins_command, withdraw_command
from collectors.commands.keeping import backup_command, restore_command
from collectors.commands.listing import check_command, sources_command
from collectors.commands.reading import (
    explain_command,
    labels_command,
    read_command,
    reread_command,
    score_command,
)
from collectors.commands.rebuilding import rebuild_command
from collectors.commands.watching import watch_command
from collectors.notify import notify
from data.errors import MonitorError
from data.trouble import explained


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0 well, also when publishers could not be reached (they are named); 1 a source failed, was refused or looks
    suspicious, or the database cannot be used; 2 wrong use; 75 another collection is running.
    """
    options = parser(__doc__ or "").parse_args(arguments)
    try:
        with explained():
            return COMMANDS[options.command](options)
    except MonitorError as error:
        print(error, file=sys.stderr)
        return 75 if " is running (process " in str(error) else 1


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build_command,
    "collect": collect_command,
    "watch": watch_command,
    "add": add_command,
    "joins": joins_command,
    "decide": decide_command,
    "withdraw": withdraw_command,
    "read": read_command,
    "reread": reread_command,
    "rebuild": rebuild_command,
    "labels": labels_command,
    "score": score_command,
    "explain": explain_command,
    "sources": sources_command,
    "check": check_command,
    "backup": backup_command,
    "restore": restore_command,
    "notify": notify,
}

if __name__ == "__main__":
    sys.exit(main())
