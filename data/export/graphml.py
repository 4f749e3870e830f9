"""GraphML, for any program that draws networks. The network: :mod:`data.export.network`."""

from __future__ import annotations

from io import BytesIO

from networkx.readwrite.graphml import write_graphml_lxml

from data.export import network
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.vocabulary import Vocabulary

MIME = "application/graphml+xml; charset=utf-8"


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """An undirected graph that says of itself what every file says; of an empty view one without nodes."""
    found = network.graph(extract, context)
    found.graph["description"] = "\n".join(network.told(extract, context))
    file = BytesIO()
    write_graphml_lxml(found, file, encoding="utf-8", prettyprint=True)
    return Export(context.filename("graphml"), MIME, file.getvalue(), network.notes(extract, context))
