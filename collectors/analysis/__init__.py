"""Prose to facts by rules kept as data; see docs/reading.md. Importing this package loads no spaCy."""

from collectors.analysis.reading import Document, Evidence, Mention, Reading, Relevance
from collectors.analysis.relevance import judge

__all__ = ["Document", "Evidence", "Mention", "Reading", "Relevance", "judge"]
