"""GraphML, for any program that draws networks. The network: :mod:`data.export.network`."""

from __future__ import annotations

from networkx.readwrite.graphml import GraphMLWriter

from data.export import network
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.vocabulary import Vocabulary

MIME = "application/graphml+xml; charset=utf-8"


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """An undirected graph that says of itself what every file says; of an empty view one without nodes."""
    found = network.graph(extract, context)
    found.graph["description"] = "\n".join(network.told(extract, context))
    text = str(GraphMLWriter(found, encoding="utf-8", prettyprint=True))
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return Export(context.filename("graphml"), MIME, f"{head}{text}\n".encode(), network.notes(extract, context))
