"""What normally comes next for a file, and who decides: reviewed sentences, by jurisdiction where the rules differ.

They tell the usual procedure and nothing about the file itself. Words: ``data/reference/vocabulary/next_steps.toml``
for laws of places whose procedure is described, else the ladder's own sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, who decides (empty when not told), and the name and address of where the procedure is explained."""

    sentence: str
    who: str = ""
    procedure: str = ""
    url: str = ""


def next_step(jurisdiction: str, track: str, stage: str, lang: str) -> NextStep:
    """What follows a stage. Without a sentence for an unknown stage. Raises KeyError for a stage the track lacks."""
    vocabulary = load_vocabulary()
    rung = vocabulary.stage(track, stage)
    general = NextStep(rung.next.get(lang) or rung.next.get("en", ""))
    if track != "law":
        return general
    place = vocabulary.lists["jurisdictions"].get(jurisdiction)
    parent = str(place.extra.get("parent", "")) if place and place.extra.get("level") == "subnational" else ""
    of_parts = f"{parent}-states" if parent else jurisdiction
    term = vocabulary.lists["next_steps"].get(f"{of_parts}-{stage}")
    if term is None:
        return general
    who = term.extra.get("who", {})
    told = vocabulary.lists["procedures"].get(of_parts)
    return NextStep(
        term.labels.get(lang) or term.labels["en"],
        str(who.get(lang) or who.get("en", "")),
        (told.labels.get(lang) or told.labels["en"]) if told else "",
        str(told.extra["url"]) if told else "",
    )
