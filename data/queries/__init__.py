"""Questions the dashboard and the exports ask of the published snapshot: one function a question, reads only.

Every function takes an open read-only database and returns records of :mod:`data.rows`.
"""

from data.queries.actors import actor_choices, actor_count, actors
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
    item,
    item_at,
    item_figures,
    item_of,
    item_of_decision,
    labelled_text,
    tellings,
)
from data.queries.positions import position_matrix, statement_count, statements
from data.queries.profiles import actor, actor_document_count, actor_documents, actor_files, neighbours
from data.queries.sources import problems, sources_health
from data.queries.timeline import (
    coming_up,
    density,
    emptying_filters,
    event,
    facets,
    new_events,
    overdue,
    shared_count,
    shared_events,
    snapshot,
    timeline,
    timeline_count,
)

__all__ = [
    "actor",
    "actor_choices",
    "actor_count",
    "actor_document_count",
    "actor_documents",
    "actor_files",
    "actors",
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
    "neighbours",
    "new_events",
    "overdue",
    "position_matrix",
    "problems",
    "revisions",
    "shared_count",
    "shared_events",
    "snapshot",
    "sources_health",
    "stage_counts",
    "statement_count",
    "statements",
    "tellings",
    "timeline",
    "timeline_count",
]
