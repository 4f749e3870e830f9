"""HTML from templates of ours: everything that is put in is escaped, nothing may be missing, nothing is loaded.

A template extends ``base.html.j2`` and takes its parts from ``macros.html.j2``. Strings are put on one line without
control characters; data for programs goes through :func:`script_json`.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data.export.phrases import counted, phrase, source_dates
from data.export.plain import one_line, unbroken, web_link
from data.export.wording import shown_date, stage_label, word

TEMPLATES = Path(__file__).parent / "templates"
STYLE = TEMPLATES / "page.css"


def render(template: str, **values: Any) -> str:
    """The page of a template; ``lang`` and ``labels`` are always needed. Raises UndefinedError for a missing value."""
    return _environment().get_template(template).render(style=style(), **values)


def style() -> Markup:
    """Our own style sheet, for a ``style`` element or a file of its own."""
    return Markup(STYLE.read_text(encoding="utf-8"))


def script_json(data: Any) -> Markup:
    """``data`` as JSON for a ``script`` element: no text in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text.encode("utf-8", "replace").decode())


def trusted(markup: str) -> Markup:
    """Markup that our own code wrote with every text escaped: the drawn figure, nothing else."""
    return Markup(markup)


@functools.cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    found.globals.update(phrase=phrase, counted=counted, word=word, colon=_colon)
    found.filters.update(web_link=web_link, shown_date=shown_date, source_dates=source_dates, stage_label=stage_label)
    return found


def _colon(lang: str) -> Markup:
    """A colon with the spacing of the language, which cleaning would take off."""
    return Markup(word("colon", lang))


def _clean(value: Any) -> Any:
    return unbroken(one_line(value)) if isinstance(value, str) and not isinstance(value, Markup) else value
