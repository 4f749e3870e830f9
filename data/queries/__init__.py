"""Questions the dashboard and the exports ask of the published snapshot: one function a question, reads only.

Every function takes an open read-only database and returns records of :mod:`data.rows`.
"""

from data.queries.actors import actor_choices, actor_count, actors, listed_actors, names_in
from data.queries.changes import change_count, changes, last_changes
from data.queries.citations import coverage, coverage_count, coverage_months
from data.queries.compare import ANSWERS, answers, facet_files
from data.queries.documents import dossier_document_counts, dossier_documents
from data.queries.dossiers import (
    dossier,
    dossier_relations,
    dossier_roles,
    dossiers,
    dossiers_by_id,
    revision_count,
    revisions,
)
from data.queries.items import (
    item,
    item_at,
    item_figures,
    item_of,
    item_of_decision,
    labelled_text,
    source_titles,
    tellings,
)
from data.queries.lanes import STEPS, attention, before_and_after, bins, extent, lanes, milestones, stage_history
from data.queries.overview import (
    coming_up,
    known_since,
    new_events,
    new_files,
    news_volume,
    overdue,
    stage_changes,
    stage_matrix,
)
from data.queries.positions import position_matrix, statement_count, statements
from data.queries.profiles import actor, actor_document_count, actor_documents, actor_files, neighbours, offices
from data.queries.sources import problems, sources_health
from data.queries.timeline import (
    choices,
    density,
    emptying_filters,
    event,
    latest,
    shared_count,
    shared_events,
    snapshot,
    timeline,
    timeline_count,
)
from data.queries.together import candidates, members, named, public_by
from data.queries.view_names import view_names

__all__ = [
    "ANSWERS",
    "STEPS",
    "actor",
    "actor_choices",
    "actor_count",
    "actor_document_count",
    "actor_documents",
    "actor_files",
    "actors",
    "answers",
    "attention",
    "before_and_after",
    "bins",
    "candidates",
    "change_count",
    "changes",
    "choices",
    "coming_up",
    "coverage",
    "coverage_count",
    "coverage_months",
    "density",
    "dossier",
    "dossier_document_counts",
    "dossier_documents",
    "dossier_relations",
    "dossier_roles",
    "dossiers",
    "dossiers_by_id",
    "emptying_filters",
    "event",
    "extent",
    "facet_files",
    "item",
    "item_at",
    "item_figures",
    "item_of",
    "item_of_decision",
    "known_since",
    "labelled_text",
    "lanes",
    "last_changes",
    "latest",
    "listed_actors",
    "members",
    "milestones",
    "named",
    "names_in",
    "neighbours",
    "new_events",
    "new_files",
    "news_volume",
    "offices",
    "overdue",
    "position_matrix",
    "problems",
    "public_by",
    "revision_count",
    "revisions",
    "shared_count",
    "shared_events",
    "snapshot",
    "source_titles",
    "sources_health",
    "stage_changes",
    "stage_history",
    "stage_matrix",
    "statement_count",
    "statements",
    "tellings",
    "timeline",
    "timeline_count",
    "view_names",
]
