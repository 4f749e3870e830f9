"""Questions that set jurisdictions side by side: files by harm or approach, answers to an incident. Reads only."""

from __future__ import annotations

from data.database import Database, rows
from data.queries.dossiers import where_dossiers
from data.queries.timeline import where
from data.rows import Answer, FacetFiles
from data.view import View

#: kind of answer -> types of events that are one, in the order in which answers tend to come
ANSWERS = {
    "statement": ("statement",),
    "referral": ("referral",),
    "contact": ("regulator_contact",),
    "investigation": ("investigation_opened",),
    "measure": ("interim_measure", "fine_sanction", "court_ruling"),
    "bill": ("bill_tabled",),
    "vote": ("bill_adopted",),
    "law": ("regulation_made", "law_signed", "law_in_force"),
}
#: those who speak for a place or hold a public office there: what a company or an association says is no answer of it
_PUBLIC = (
    *("person", "government", "parliament", "committee", "group", "party"),
    *("regulator", "court", "prosecutor", "police"),
)
#: roles of an actor that is spoken of or to
_PASSIVE = ("target", "platform", "respondent", "consulted", "affected_group")


def facet_files(db: Database, view: View, facet: str) -> list[FacetFiles]:
    """Files of a view counted by jurisdiction, code, track and stage; ``facet`` is ``harm`` or ``approach``.

    A file with several codes counts for each. Raises KeyError for another facet.
    """
    column = {"harm": "harms", "approach": "approaches"}[facet]
    condition, params = where_dossiers(view)
    found = rows(
        db,
        f"""
        SELECT d.jurisdiction, f.value AS code, d.track, d.stage, count(*) AS count
        FROM (SELECT * FROM shown_dossier WHERE {condition}) d, json_each(d.{column}) f
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        """,
        params,
    )
    return [FacetFiles(**one) for one in found]


def answers(db: Database, view: View) -> list[Answer]:
    """The first event of each kind in each jurisdiction of a view, by day; only what occurred.

    Where a coarser date leaves open whether another came before, that one follows with ``is_first`` false. A
    statement counts when somebody who speaks for the place makes it.
    """
    condition, params = where(view)
    kinds = [(kind, type_) for kind, types in ANSWERS.items() for type_ in types]
    found = rows(
        db,
        f"""
        WITH kinds (kind, type) AS (VALUES {", ".join(["(?, ?)"] * len(kinds))}),
        told AS (
            SELECT e.seq, e.event_id, e.jurisdiction, k.kind, e.date, e.date_start, e.date_end, e.origin
            FROM shown_event e JOIN kinds k USING (type)
            WHERE {condition} AND e.status = 'occurred' AND (k.kind <> 'statement' OR EXISTS (
                SELECT 1 FROM shown_actor x JOIN actor a USING (actor_id)
                WHERE x.event_id = e.event_id AND a.jurisdiction = e.jurisdiction
                  AND a.kind IN ({", ".join("?" * len(_PUBLIC))}) AND x.role NOT IN ({", ".join("?" * len(_PASSIVE))})
            ))
        ),
        placed AS (
            SELECT *, row_number() OVER (PARTITION BY jurisdiction, kind ORDER BY date_end, date_start, seq) AS surely,
                   row_number() OVER (PARTITION BY jurisdiction, kind ORDER BY date_start, date_end, seq) AS perhaps
            FROM told
        )
        SELECT event_id, jurisdiction, kind, date, date_start, date_end, origin, surely = 1 AS is_first FROM placed
        WHERE surely = 1 OR perhaps = 1 ORDER BY date_end, date_start, seq
        """,
        [*(part for pair in kinds for part in pair), *params, *_PUBLIC, *_PASSIVE],
    )
    return [Answer(**{**one, "is_first": bool(one["is_first"])}) for one in found]
