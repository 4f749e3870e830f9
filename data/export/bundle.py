"""Every other format of a view in one zip file, with a manifest of hashes and a page that says what is what.

A format that cannot be made here (a library or a program is missing) is left out, and the manifest, the page and the
notes say which and why; the others are there all the same.
"""

from __future__ import annotations

import hashlib
import io
import logging
import zipfile

from data import export
from data.export import json_text
from data.export.citation_lines import line as citation_line
from data.export.cited import of_view
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.wording import about, told, word
from data.vocabulary import Vocabulary

_LOG = logging.getLogger(__name__)

NAME = "bundle"


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The zip. Members carry the instant of the record, so that the same view gives the same bytes."""
    out = io.BytesIO()
    files: list[dict[str, object]] = []
    left_out: list[dict[str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for fmt in export.FORMATS:
            if fmt == NAME:
                continue
            try:
                made = export.FORMATS[fmt].write(extract, context, labels, options)
            except Exception as error:  # whatever stops one format: the others must still be taken away
                _LOG.warning("%s could not be made", fmt, exc_info=True)
                left_out.append({"format": fmt, "why": export.reason(error)})
                continue
            _add(archive, made.filename, made.data, context)
            files.append(
                {
                    "format": fmt,
                    "name": made.filename,
                    "mime": made.mime,
                    "size": len(made.data),
                    "sha256": hashlib.sha256(made.data).hexdigest(),
                }
            )
        _add(archive, "manifest.json", _manifest(context, files, left_out), context)
        _add(archive, "README.txt", _readme(context, files, left_out).encode("utf-8"), context)
    notes = (word("left_out", context.lang).format(formats=", ".join(one["format"] for one in left_out)),)
    return Export(context.filename("zip"), "application/zip", out.getvalue(), notes if left_out else ())


def _add(archive: zipfile.ZipFile, name: str, data: bytes, context: Context) -> None:
    moment = context.as_of_instant()
    info = zipfile.ZipInfo(name, (max(moment.year, 1980), moment.month, moment.day, moment.hour, moment.minute, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every system
    archive.writestr(info, data)


def _manifest(context: Context, files: list[dict[str, object]], left_out: list[dict[str, str]]) -> bytes:
    return json_text.written(
        {
            "format": "deepfake-policy-monitor-bundle",
            "context": json_text.context_members(context),
            "files": iter(files),
            "left_out": iter(left_out),
        }
    )


def _readme(context: Context, files: list[dict[str, object]], left_out: list[dict[str, str]]) -> str:
    lang = context.lang
    lines = [context.view_title, "", *about(context), told("cite", citation_line(of_view(context), "apa"), lang), ""]
    lines += [f"{one['format']}{word('colon', lang)}{one['name']}" for one in files]
    if left_out:
        lines += ["", *(f"{one['format']}{word('colon', lang)}{one['why']}" for one in left_out)]
    return "\r\n".join([*lines, "", word("manifest", lang), ""])
