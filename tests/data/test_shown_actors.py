"""Who acts in an event, as it is shown: one line for each part that somebody has in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import queries
from data.database import open_immutable
from data.reference import load_reference
from data.view import View
from tests.data.monitor import AN, NEWS, Monitor, article, said

REFERENCE = load_reference(today=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("roles", "shown"),
    [(("", "speaker"), ["speaker"]), (("", ""), [""]), (("speaker", "consulted"), ["consulted", "speaker"])],
)
def test_who_is_named_by_one_source_and_does_something_by_another_is_shown_once(
    tmp_path: Path, roles: tuple[str, str], shown: list[str]
):
    monitor = Monitor(tmp_path)
    monitor.load(REFERENCE)
    for number, role in enumerate(roles, 1):
        told = replace(said(number, kind="investigation_opened"), actors=(replace(AN, role=role),))
        monitor.tell(NEWS, article(number, told))
    monitor.publish()
    found = queries.timeline(open_immutable(tmp_path / "published.db"), View())
    (event,) = [one for one in found if one.title.startswith("Said")]
    assert len(event.sources) == 2
    assert sorted(one.role for one in event.actors) == shown
