"""The words of the interface in each language, and dates as that language writes them.

Words of the domain (stages, types, roles) live with the vocabulary in ``data/reference/vocabulary``; here
are only those of the pages. A key missing in a language falls back to English; a test finds it first.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from data.vocabulary import load_vocabulary

LANGUAGES = ("fr", "en")
DEFAULT = "en"
_FOLDER = Path(__file__).parent / "locales"


@cache
def words(lang: str) -> dict[str, str]:
    """key -> text of one language; nested tables become dotted keys."""
    table = tomllib.loads((_FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}

    def walk(prefix: str, part: dict[str, object]) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                found[prefix + key] = str(value)

    walk("", table)
    return found


def lang() -> str:
    """The interface language of this session: chosen, else in the address, else what the browser prefers."""
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    if chosen in LANGUAGES:
        return str(chosen)
    preferred = (st.context.locale or "")[:2].lower()
    return preferred if preferred in LANGUAGES else DEFAULT


def t(key: str, **values: object) -> str:
    """The interface's text for ``key`` in the session's language."""
    now = lang()
    text = words(now).get(key) or words(DEFAULT)[key]
    return text.format(**values) if values else text


def label(list_name: str, code: str) -> str:
    """The vocabulary's label of a code in the session's language; the code itself when it has none."""
    return load_vocabulary().label(list_name, code, lang()) if code else ""


def stage_label(track: str, code: str) -> str:
    """The label of a stage of a track."""
    if not code or code == "unknown":
        return t("stage.unknown")
    return load_vocabulary().stage_label(track, code, lang())


def show_date(iso: str) -> str:
    """A partial ISO date or ``a/b`` interval in words of the session's language; never shifted by a zone."""
    if not iso:
        return ""
    if "/" in iso:
        first, second = iso.split("/", 1)
        return f"{show_date(first)} – {show_date(second)}"
    parts = iso[:10].split("-")
    if len(parts) == 1:
        return parts[0]
    month = words(lang())[f"month.{int(parts[1])}"]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    day = date(int(parts[0]), int(parts[1]), int(parts[2])).day
    number = "1er" if lang() == "fr" and day == 1 else str(day)
    return f"{number} {month} {parts[0]}"


def show_instant(instant: str) -> str:
    """A UTC instant, to the minute, marked as UTC."""
    return f"{show_date(instant[:10])} {instant[11:16]} UTC" if instant else t("never")
