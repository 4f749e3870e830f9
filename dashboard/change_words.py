"""A change of the record in words: what was and what is, who says so, why. Pure, so that a test can read every line."""

from __future__ import annotations

import re

from dashboard.dates import show_date
from dashboard.i18n import label, number, plural, t
from dashboard.tables import revision_text
from data.rows import Change, Revision

#: reasons the program gives, as the change log holds them -> key of their words
WHY = {
    "the source changed it": "source",
    "the source no longer lists it": "unlisted",
    "no longer read in the text": "unread",
    "read again with other rules": "rules",
    "taken out of the baseline": "baseline",
    "no longer the same": "apart",
    "taken back": "taken_back",
    "decision": "decision",
    "same dossier, type and day": "same_file",
    "same type, day and actors": "same_day",
    "same type, month and doers": "same_month",
}
_SAME_NUMBER = re.compile(r"same ([a-z][\w.]*)")
_PROOF = re.compile(r"event ([a-z0-9-]*)")


def what(one: Change, lang: str) -> list[str]:
    """What changed, a text a field; an end that moved with its beginning is not told twice."""
    if one.kind == "new":
        places = ", ".join(
            f"{label('jurisdictions', line.field, lang)} {number(int(line.new), lang)}" for line in one.lines
        )
        count = sum(int(line.new) for line in one.lines)
        return [plural("change_log.new", count, lang, places=places)]
    if one.kind == "removed":  # its title stands above
        return [t("change_log.removed", lang, date=show_date(line.old[:10], lang)) for line in one.lines]
    starts = [(line.old, line.new) for line in one.lines if line.field == "date_start"]
    return [
        revision_text(Revision(one.entity, one.entity_id, line.field, line.old, line.new, one.at, "", ""), lang)
        for line in one.lines
        if not (line.field == "date_end" and (line.old, line.new) in starts)
    ]


def who(one: Change | Revision, lang: str) -> str:
    """Who says so: a source by its name, or by its id where that is all there is, rules of ours, or the team."""
    if one.by in ("joining", "stages", "team"):
        return t(f"change_log.by_{one.by}", lang)
    if isinstance(one, Revision):
        return one.by
    return one.by_names.get(lang) or one.by_names.get("en") or one.by


def why(one: Change | Revision, lang: str) -> str:
    """The reason in words; the team's own words as they are. Empty when the line itself says it."""
    if one.why in WHY:
        return t(f"why.{WHY[one.why]}", lang)
    if one.by == "stages" and _PROOF.fullmatch(one.why):
        return ""
    if one.by == "joining" and (same := _SAME_NUMBER.fullmatch(one.why)):
        return t("why.same_number", lang, scheme=label("schemes", same[1], lang))
    return one.why


def proof(one: Change) -> str:
    """The event that proves a new stage, or empty."""
    found = _PROOF.fullmatch(one.why) if one.by == "stages" else None
    return found[1] if found else ""
