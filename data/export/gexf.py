"""GEXF 1.2 with dates on nodes and edges, for Gephi and its like. The network: :mod:`data.export.network`."""

from __future__ import annotations

from xml.etree import ElementTree

from networkx.readwrite.gexf import GEXFWriter

from data.export import network
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.plain import one_line
from data.vocabulary import Vocabulary

MIME = "application/gexf+xml; charset=utf-8"
_CREATOR = "Deepfake Policy Monitor"


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """A dynamic undirected graph; of an empty view one without nodes."""
    found = network.graph(extract, context)
    found.graph.update(mode="dynamic", name=one_line(context.view_title))
    writer = GEXFWriter(found, prettyprint=False)
    writer.graph_element.set("timeformat", "date")
    _describe(writer.xml, extract, context)
    ElementTree.indent(writer.xml)
    data = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    return Export(context.filename("gexf"), MIME, data + b"\n", network.notes(extract, context))


def _describe(document: ElementTree.Element, extract: Extract, context: Context) -> None:
    """The head of the file, with the day of the snapshot in place of the day of writing."""
    meta = document.find("meta")
    assert meta is not None
    meta.clear()
    meta.set("lastmodifieddate", f"{context.as_of_instant():%Y-%m-%d}")
    ElementTree.SubElement(meta, "creator").text = _CREATOR
    ElementTree.SubElement(meta, "description").text = "\n".join(network.told(extract, context))
