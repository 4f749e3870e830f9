"""The open data release: every table of the public record in CSV, Parquet and one SQLite file, with what they mean.

``python -m data.export release OUT/`` writes it. Nothing of the team's desk and no text of a publisher is in it beyond
short quotations; what every column holds stands in :mod:`data.export.release.tables` and is written into the release.
"""

from data.export.release.write import write_files, write_release

__all__ = ["write_files", "write_release"]
