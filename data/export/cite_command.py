"""``python -m data.export cite``: copyable citation lines of an event, of one of its sources, or of a view."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping

from data.errors import ViewError
from data.export import cited
from data.export.citation_lines import STYLES, in_language, language_of, line
from data.export.cited import Citation
from data.export.context import LANGUAGES, Context
from data.export.extract import Extract
from data.vocabulary import Vocabulary


def parser() -> argparse.ArgumentParser:
    """The options, without the address that every command shares."""
    found = argparse.ArgumentParser(prog="python -m data.export cite", description="Print citation lines.")
    what = found.add_mutually_exclusive_group(required=True)
    what.add_argument("--event", metavar="ID", help="cite an event through its primary source")
    what.add_argument("--view", metavar="QUERY", help="cite a view as a data set: jurisdiction=fr&harm=ncii")
    found.add_argument("--source", type=int, metavar="N", help="with --event: its source number N, from 1")
    found.add_argument("--each", action="store_true", help="with --view: one line for each of its events")
    found.add_argument(
        "--style", choices=list(STYLES), help="one style; all of them, each after its name, unless given"
    )
    found.add_argument(
        "--lang", default="fr", choices=LANGUAGES, help="language of the words between the facts; of fr always French"
    )
    found.add_argument("--title", default="", help="title of the view; made from its filters unless given")
    return found


def lines(
    options: argparse.Namespace,
    extract: Extract,
    context: Context,
    labels: Vocabulary,
    names: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """The lines to print; ``names`` in each language, of the files and actors that the view asks for.

    Raises ViewError for an event, a source or a combination that does not exist.
    """
    if (options.source is not None and options.event is None) or (options.each and options.view is None):
        raise ViewError("--source belongs to --event, --each to --view")
    if options.event is not None and not extract.events:
        raise ViewError(f"there is no event {options.event!r}")
    for style in [options.style] if options.style else STYLES:
        spoken = language_of(style, context.lang)
        told = in_language(context, spoken, labels, names[spoken], titled=bool(options.title))
        before = "" if options.style else f"{style}\t"
        for one in _citations(options, extract, told, labels):
            yield f"{before}{line(one, style)}"


def _citations(
    options: argparse.Namespace, extract: Extract, context: Context, labels: Vocabulary
) -> Iterable[Citation]:
    if options.view is not None and not options.each:
        return [cited.of_view(context)]
    if options.source is None:
        return (cited.of_event(one, extract, context, labels) for one in extract.events)
    event = extract.events[0]
    if not 1 <= options.source <= len(event.sources):
        raise ViewError(f"{event.event_id} has {len(event.sources)} sources and no number {options.source}")
    return [cited.of_source(event, options.source - 1, extract, context, labels)]
