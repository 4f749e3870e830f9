"""Rows people read: what :mod:`data.queries` and :mod:`data.search` return and exports write.

Dates are ISO strings of the precision known; ``*_at`` are UTC instants; empty string means unknown.
``titles`` and ``summaries`` map interface languages to reviewed translations (may lack a language);
``title`` is the official wording in ``lang``. Use :func:`localised` to choose.
"""

from data.rows.actors import (
    ActorDocument,
    ActorFile,
    ActorProfile,
    ActorRow,
    Affiliation,
    LastAct,
    ListedActor,
    Neighbour,
    Role,
    Seat,
)
from data.rows.changes import Change, ChangeFilter, ChangeLine, Revision
from data.rows.dossiers import Answer, DossierRow, FacetFiles, Relation, RoleHolder, StageChange, StageSpan
from data.rows.events import Density, EventActor, EventSource, Lane, Listing, Telling, TimelineEvent, localised
from data.rows.items import CitedFile, CoveringPiece, Document, ItemFigure, ItemPage, ItemSpan
from data.rows.positions import Measure, Position, PositionMatrix, StatedPosition, Statement
from data.rows.search import AlsoSearched, FoundNothing, SearchHit, SearchPage
from data.rows.sources import Problem, Snapshot, SourceHealth, Volume

__all__ = [
    "ActorDocument",
    "ActorFile",
    "ActorProfile",
    "ActorRow",
    "Affiliation",
    "AlsoSearched",
    "Answer",
    "Change",
    "ChangeFilter",
    "ChangeLine",
    "CitedFile",
    "CoveringPiece",
    "Density",
    "Document",
    "DossierRow",
    "EventActor",
    "EventSource",
    "FacetFiles",
    "FoundNothing",
    "ItemFigure",
    "ItemPage",
    "ItemSpan",
    "Lane",
    "LastAct",
    "ListedActor",
    "Listing",
    "Measure",
    "Neighbour",
    "Position",
    "PositionMatrix",
    "Problem",
    "Relation",
    "Revision",
    "Role",
    "RoleHolder",
    "SearchHit",
    "SearchPage",
    "Seat",
    "Snapshot",
    "SourceHealth",
    "StageChange",
    "StageSpan",
    "StatedPosition",
    "Statement",
    "Telling",
    "TimelineEvent",
    "Volume",
    "localised",
]
