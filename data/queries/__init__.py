"""Questions the dashboard and the exports ask of the published snapshot: one function a question, reads only.

Every function takes an open read-only database and returns records of :mod:`data.rows`.
"""

from data.queries.actors import actor, actors
from data.queries.changes import change_count, changes
from data.queries.citations import citing_count, citing_pieces
from data.queries.documents import dossier_document_counts, dossier_documents
from data.queries.dossiers import (
    dossier,
    dossier_actors,
    dossier_relations,
    dossiers,
    revisions,
    stage_counts,
)
from data.queries.items import (
    actor_positions,
    item,
    item_at,
    item_figures,
    item_of,
    item_of_decision,
    labelled_text,
    tellings,
)
from data.queries.sources import problems, sources_health
from data.queries.timeline import (
    coming_up,
    density,
    emptying_filters,
    event,
    facets,
    new_events,
    overdue,
    snapshot,
    timeline,
    timeline_count,
)
from data.queries.together import candidates, members, named

__all__ = [
    "actor",
    "actor_positions",
    "actors",
    "candidates",
    "change_count",
    "changes",
    "citing_count",
    "citing_pieces",
    "coming_up",
    "density",
    "dossier",
    "dossier_actors",
    "dossier_document_counts",
    "dossier_documents",
    "dossier_relations",
    "dossiers",
    "emptying_filters",
    "event",
    "facets",
    "item",
    "item_at",
    "item_figures",
    "item_of",
    "item_of_decision",
    "labelled_text",
    "members",
    "named",
    "new_events",
    "overdue",
    "problems",
    "revisions",
    "snapshot",
    "sources_health",
    "stage_counts",
    "tellings",
    "timeline",
    "timeline_count",
]
