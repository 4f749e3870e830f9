"""Names that an installed spaCy model proposes beside the rules: an extra, never needed, never believed alone.

The setting ``MONITOR_MODELS`` names a package or a folder per language (``fr=fr_core_news_md,en=en_core_web_md``). What
a rule has found stays as it is. A proposed person has no public role, so the name is withheld like any other private
person's; a proposed body is a mention without identity, and part of no event.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collectors.analysis.lexicon import LANGUAGES, MODELS
from collectors.analysis.reading import Mention
from data.errors import MonitorError

if TYPE_CHECKING:
    from spacy.language import Language

#: labels of entities, as the published pipelines have them, and the kind of actor they may be
_KINDS = {"PER": "person", "PERSON": "person", "ORG": "other"}


def load_models(named: str) -> dict[str, Language]:
    """The pipelines that a setting names, by language. Raises MonitorError for one that is not installed here."""
    if not named.strip():
        return {}
    import spacy

    found: dict[str, Language] = {}
    for part in filter(None, (part.strip() for part in named.split(","))):
        lang, _, name = part.partition("=")
        if lang not in LANGUAGES or not name:
            raise MonitorError(f"{MODELS}: {part!r} is not a language of {', '.join(LANGUAGES)} and a model")
        try:
            found[lang] = spacy.load(name)
        except (OSError, ValueError, ImportError) as error:
            raise MonitorError(f"{MODELS}: no spaCy model {name!r} is installed here: {error}") from error
    return found


def proposed(
    text: str, lang: str, models: Mapping[str, Language], mentions: list[Mention], withheld: list[tuple[int, int]]
) -> list[Mention]:
    """What the model of that language adds: names that touch no mention and no withheld name, in text order."""
    model = models.get(lang)
    if model is None:
        return []
    taken = [*((one.start, one.end) for one in mentions), *withheld]
    rule = f"model:{model.meta['name']}-{model.meta['version']}"
    return [
        Mention(entity.start_char, entity.end_char, entity.text, "", entity.text, _KINDS[entity.label_], rule)
        for entity in model(text).ents
        if entity.label_ in _KINDS
        and "\n" not in entity.text
        and not any(start < entity.end_char and entity.start_char < end for start, end in taken)
    ]
