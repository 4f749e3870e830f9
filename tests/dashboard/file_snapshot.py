"""A snapshot with one full file from official records alone, and one about which nearly nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from data import migrations, store, store_citations, store_joins, store_sources
from data.database import open_writer
from data.models import ActorRecord, DossierRecord, EventRecord, Identifier, ItemRecord, RelationRecord, Response, When
from data.publish import publish
from data.readings import LegalReference, Reading, Relevance
from data.store import Entry
from data.vocabulary import load_vocabulary
from tests.dashboard.snapshot import source

TODAY = date(2026, 3, 1)
AT = "2026-03-01T08:00:00Z"
CHAMBER = source("us-chamber", "Chamber", "us", "parliament", official=True)
PAPER = source("us-paper", "Papers", "us", "news")
ACT, OLD = "us-chamber-s-146", "us-chamber-hr-9"
AMENDMENTS = 60
ON_SUBJECT = Relevance(True, 1.0)

_ADA = ActorRecord(
    "Ada Example", "person", "us", (Identifier("us.bioguide", "E000001"),), role="author", role_title="Senator",
    party="Union",
)  # fmt: skip
_COMMITTEE = ActorRecord("", "committee", "us", (Identifier("us.committee", "SSJU"),), role="rapporteur")


def _step(
    code: str,
    when: str,
    stage: str = "",
    *,
    kind: str = "bill_reading",
    status: str = "occurred",
    outcome: str = "",
    actors: tuple[ActorRecord, ...] = (),
    law: tuple[str, ...] = (),
) -> EventRecord:
    return EventRecord(
        external_id=code, type=kind, when=When.parse(when), title=f"Step {code}", lang="en", jurisdiction="us",
        url=f"https://example.org/{code}", stage=stage, status=status, outcome=outcome, actors=actors,
        legal_references=law,
    )  # fmt: skip


def act(title: str = "Deepfake labelling act", tabled: str = "2025-01-10") -> DossierRecord:
    """The full file; its title and first day can be told differently, which the change log then holds."""
    said = replace(_ADA, role="speaker", stance="supports", quote="It must *pass*", party="Reform")
    return DossierRecord(
        external_id="s-146", jurisdiction="us", track="law", title=title, lang="en", url="https://example.org/s-146",
        identifiers=(Identifier("us.bill", "119-s-146"),),
        relations=(
            RelationRecord("reintroduces", Identifier("us.bill", "118-hr-9")),
            RelationRecord("companion", Identifier("us.bill", "119-hr-633")),
        ),
        events=(
            _step("a1", tabled, "introduced", kind="bill_tabled", actors=(_ADA, _COMMITTEE), law=("us:usc:47:223",)),
            _step("a2", "2025-06-02"),
            _step("a3", "2025-06-09", actors=(said,)),
            _step("a4", "2026-02-20", "passed_one", kind="bill_adopted"),
            _step("a5", "2026-03-08", kind="hearing", status="scheduled"),
            _step("a6", "2026-01-05", kind="hearing", status="scheduled"),
        ),
    )  # fmt: skip


def _amendment(number: int) -> Entry:
    tabled = _step(f"t{number}", "2025-06-05", kind="amendment_decided", outcome="rejected", actors=(_ADA,))
    item = ItemRecord(
        external_id=f"am-{number}", kind="amendment", title=f"Amendment {number}", jurisdiction="us", lang="en",
        url=f"https://example.org/am/{number}", publisher="Chamber", published_on=date(2025, 6, 1 + number % 28),
        published_quality="date", dossier=(Identifier("us.bill", "119-s-146"),), events=(tabled,),
    )  # fmt: skip
    return Entry(item, Reading(Relevance(False, 0.0)))


def _report(number: int) -> Entry:
    item = ItemRecord(
        external_id=f"news-{number}", kind="article", title=f"Report {number} <b>on</b> the bill", jurisdiction="us",
        url=f"https://example.org/news/{number}", lang="en", text="About the act.", publisher=f"Paper {number}",
        published_on=date(2026, 1 + number // 2, 10 + number), published_quality="date",
    )  # fmt: skip
    cited = (LegalReference(6, 13, "the act", "us:bill:s146"),)
    return Entry(item, Reading(Relevance(True, 1.0), legal_references=cited))


def build(folder: Path) -> None:
    """Write ``published.db`` of :data:`TODAY` into ``folder``."""
    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [CHAMBER, PAPER])
    old = DossierRecord(
        external_id="hr-9", jurisdiction="us", track="law", title="Act of the last Congress", lang="en",
        identifiers=(Identifier("us.bill", "118-hr-9"),),
    )  # fmt: skip
    first = [Entry(act("Labelling act", "2025-01-09"), relevance=ON_SUBJECT), Entry(old, relevance=ON_SUBJECT)]
    rest = [Entry(act(), relevance=ON_SUBJECT), *(_amendment(number) for number in range(AMENDMENTS))]
    for told, entries, at in (
        (CHAMBER, first, "2026-02-01T08:00:00Z"),
        (CHAMBER, rest, "2026-02-25T08:00:00Z"),
        (PAPER, [_report(number) for number in range(3)], "2026-02-26T08:00:00Z"),
    ):
        response = Response(told.urls[0], 200, {}, at.encode(), at, told.urls[0])
        for unit in store.units(told, response, entries, etag="", last_modified="", read_with="1"):
            store.record_unit(db, unit, "ab" * 32)
    cited = store_citations.cited(db)
    store_citations.write_citations(db, ((item_id, ACT, name, "act") for item_id, name in cited))
    items = [row[0] for row in db.execute("SELECT item_id FROM item WHERE kind = 'article' ORDER BY 1").fetchall()]
    with db.conn:
        db.conn.executemany("INSERT INTO story VALUES (?, ?, 'text')", [(items[0], items[0]), (items[1], items[0])])
    proof = db.execute("SELECT event_id FROM event WHERE external_id LIKE '%a4'").fetchone()[0]
    store_joins.write_stages(db, [store_joins.StageRow(ACT, "passed_one", "2026-02-20", proof)], at=AT)
    publish(
        db,
        folder / "published.db",
        at=AT,
        today=TODAY,
        vocabulary_version=load_vocabulary().version,
        rules="1",
    )
    db.close()
