"""Builds replay folders: from the real payloads when they stand beside the project, else from our fixtures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from data.models import Source
from tests.fixtures import replay_assemblee, replay_senat, replay_world

Entry = tuple[str, bytes, dict[str, str]]


def official_entries(shared: Path | None) -> list[Entry]:
    """(address, body, headers) for every structured collector."""
    return [entry for module in (replay_assemblee, replay_senat, replay_world) for entry in module.entries(shared)]


def feed_entries(sources: Iterable[Source], *, items: int) -> list[Entry]:
    """A small RSS feed for each source; every fifth article is on the subject."""
    return [
        (source.urls[0], _feed(source, items), {"content-type": "application/rss+xml; charset=utf-8"})
        for source in sources
    ]


def _feed(source: Source, items: int) -> bytes:
    parts = []
    for n in range(items):
        if n % 5 == 0:
            title = f"Deepfakes : l'Arcom met en demeure la plateforme {n}"
            text = (
                "Le 12 janvier 2026, l'Arcom a ouvert une enquête sur les hypertrucages à caractère sexuel "
                "diffusés sans consentement, a indiqué le Sénat."
            )
        else:
            title, text = f"Nouvelle du jour {n}", "Un texte sans rapport avec le sujet."
        parts.append(
            f"<item><title>{escape(title)}</title><link>https://example.org/{source.id}/{n}</link>"
            f"<guid>https://example.org/{source.id}/{n}</guid><description>{escape(text)}</description>"
            f"<pubDate>Tue, {13 + n % 10} Jan 2026 10:00:00 +0100</pubDate></item>"
        )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>{escape(source.publisher)}</title><link>https://example.org/</link><description>x</description>"
        f"{''.join(parts)}</channel></rss>"
    ).encode()


def write_replay(folder: Path, entries: Iterable[Entry]) -> None:
    """Write ``index.jsonl`` and one file per response, as ``--record`` does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "index.jsonl").open("w", encoding="utf-8") as index:
        for url, body, headers in entries:
            name = f"{sha256(url.encode()).hexdigest()[:16]}.bin"
            (folder / name).write_bytes(body)
            tag = {"etag": f'"{sha256(body).hexdigest()[:12]}"'}
            line = {"url": url, "status": 200, "headers": {**tag, **headers}, "file": name}
            index.write(json.dumps(line, ensure_ascii=False) + "\n")
