"""typst at work: our own templates, everything of others as data. What was fetched is never typst code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "templates"

#: a page that is the picture and nothing else; one pixel is one point
_PICTURE = b"""#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.figure), format: "svg", width: 100%)
"""


def picture(svg: str, width: int, height: int, scale: float) -> bytes:
    """An SVG of ours as PNG, ``scale`` times as large."""
    inputs = {"figure": svg, "width": str(width), "height": str(height)}
    found = typst.compile(_PICTURE, format="png", ppi=72.0 * scale, sys_inputs=inputs)
    assert isinstance(found, bytes), "one page"
    return found


def document(template: str, data: object, inputs: Mapping[str, str], at: datetime) -> tuple[bytes, bool]:
    """A template of ours with ``data`` (plain values) and further inputs as tagged PDF, stamped with ``at``.

    True when it is PDF/UA-1. That standard refuses a letter that no font of this machine has (Chinese, an emoji):
    the file is then tagged all the same, and the letter is there as text but drawn as an empty box.
    """
    told = {**inputs, "data": json.dumps(data, ensure_ascii=False)}
    source = (TEMPLATES / template).read_bytes()
    try:
        found = typst.compile(source, format="pdf", sys_inputs=told, pdf_standards=["ua-1"], timestamp=at)
        is_ua = True
    except typst.TypstError as error:
        if "could not be displayed with font" not in str(error):
            raise
        found = typst.compile(source, format="pdf", sys_inputs=told, timestamp=at)
        is_ua = False
    assert isinstance(found, bytes), "one file"
    return found, is_ua
