"""The timeline figure as PNG, 1,920 pixels wide: the SVG drawn twice as large, for slides. No browser is needed.

What the file says of itself stands in its text fields (PNG ``iTXt``) too, with the ids of its events.
"""

from __future__ import annotations

import struct
import zlib

from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.figure_svg import draw
from data.export.typeset import picture
from data.export.wording import about
from data.vocabulary import Vocabulary

SCALE = 2


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The figure with its facts beside the pixels."""
    drawing = draw(extract.events, context, labels)
    data = picture(drawing.svg, drawing.width, drawing.height, SCALE)
    told = {
        "Title": context.view_title,
        "Description": drawing.words,
        "Source": "\n".join(about(context)),
        "Events": " ".join(one.event_id for one in extract.events),
    }
    return Export(context.filename("png"), "image/png", _described(data, told))


def _described(data: bytes, told: dict[str, str]) -> bytes:
    """The picture with text fields after its header (8 bytes of signature, 25 of IHDR)."""
    return data[:33] + b"".join(_field(key, text) for key, text in told.items()) + data[33:]


def _field(key: str, text: str) -> bytes:
    """One compressed ``iTXt`` chunk: keyword, method, no language, UTF-8."""
    cleaned = text.encode("utf-8", "replace").replace(b"\x00", b" ")
    body = b"iTXt" + key.encode("ascii") + b"\x00\x01\x00\x00\x00" + zlib.compress(cleaned, 9)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
