"""What the files and actors that a view asks for are called, for its title."""

from __future__ import annotations

from data.database import Database
from data.queries.actors import listed_actors
from data.queries.dossiers import dossiers_by_id
from data.rows import localised
from data.view import View


def view_names(db: Database, view: View, lang: str) -> dict[str, str]:
    """Id -> title of the file, in ``lang`` where a reviewed one exists, or name of the actor; unknown ids are not."""
    files = dossiers_by_id(db, view.dossiers)
    actors = listed_actors(db, view.actors)
    return {
        **{code: localised(one.titles, lang, one.title) for code, one in files.items()},
        **{code: one.name or one.number for code, one in actors.items()},
    }
