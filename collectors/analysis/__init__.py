"""Prose to facts by rules kept as data; see docs/reading.md. Importing this package loads no spaCy."""

from collectors.analysis.lexicon import rule_version
from collectors.analysis.reading import Document, Evidence, Mention, Reading, Relevance
from collectors.analysis.relevance import judge

RULES_VERSION = rule_version()

__all__ = ["RULES_VERSION", "Document", "Evidence", "Mention", "Reading", "Relevance", "judge"]
