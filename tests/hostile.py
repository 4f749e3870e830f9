"""``make hostile``: hostile strings in every field that others fill, looked at on every page in a real browser.

A published collection is copied and every such field of it filled anew: 250 strings a field in one round, 5,000 in
twenty. The pages must then show them, run no script, ask no other host for anything, show no picture and stay within
their width, which is that of a desk and that of a phone in turn.
What makes a string hostile: tags and handlers of HTML, markdown and its links, formulas of TeX and of spreadsheets,
templates of figures, styles, control characters, directions of writing, words without a break.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice, product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, sync_playwright

from data import publish
from data.database import Database, open_writer, writing
from tests.dashboard import snapshot
from tests.dashboard.addresses import PAGES
from tests.dashboard.program import FLAGS, chromium_program, is_foreign, serve, stop
from tests.shared import ROOT

COUNT, IN_A_FIELD = 5_000, 250
#: of the window, one after the other from round to round
WIDTHS = (1400, 390)
#: milliseconds that a loaded machine may take for one step of a page
PATIENCE = 240_000
#: the pages looked at, those whose filters leave nothing last, since filters go along; the search finds what it looks for among the strings
LOOKED_AT = {"changes": "/changes", **PAGES, "search": "/search?words=canary"}
#: what is said of a page that shows none of the strings, and the pages that have none to show: words of ours and counts
NOTHING = "shows none of the strings"
SILENT = ("about", "empty", "malformed", "compare-facets", "compare-incident")
_STILL = """document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') !== null"""
#: nothing has moved for most of a second
_QUIET = """() => new Promise((done) => {
    let calm = setTimeout(done, 800);
    const again = () => { clearTimeout(calm); calm = setTimeout(done, 800); };
    new MutationObserver(again).observe(document.body, {childList: true, subtree: true, characterData: true});
    setTimeout(done, 30000);
})"""
#: to another page as the browser's own button for going back does, and whether the program was seen to run for it
_GO = """(target) => {
    window.__ran = false;
    const seen = () => { window.__ran ||= !document.querySelector('[data-test-script-state="notRunning"]'); };
    new MutationObserver(seen).observe(document.documentElement,
        {childList: true, subtree: true, attributes: true, attributeFilter: ['data-test-script-state']});
    history.pushState({}, '', target);
    history.pushState({}, '', '#');
    history.back();
}"""
CANARY = "https://canary.example"
SCRIPT = "window.__hit=1"
_CORES = (
    f"<script>{SCRIPT}</script>", f"<img src=x onerror={SCRIPT}>", f"<svg/onload={SCRIPT}>", f"<b onmouseover={SCRIPT}>b</b>",
    f"<iframe src=javascript:{SCRIPT}></iframe>", f"<details open ontoggle={SCRIPT}>", f"<style onload={SCRIPT}></style>",
    f"<img src='{CANARY}/i'>", f"<link rel=stylesheet href={CANARY}/s>", f"<script src={CANARY}/j></script>",
    f"<meta http-equiv=refresh content='0;url={CANARY}/r'>", f"<base href={CANARY}>", f"<form action={CANARY}><button>go",
    f"<object data={CANARY}/o>", f"<video poster={CANARY}/v>", f"<a href='javascript:{SCRIPT}'>a</a>", f"<body onload={SCRIPT}>",
    f"<style>@import '{CANARY}/c';*{{background:url({CANARY}/b)}}</style>", "<!-- -->", "<![CDATA[x]]>", "</textarea></title>",
    f"![x]({CANARY}/m)", f"![x][r]\n\n[r]: {CANARY}/n", f"[x](javascript:{SCRIPT})", f"[x](data:text/html,<script>{SCRIPT}</script>)",
    f"<{CANARY}/auto>", f"[x]({CANARY}/l \"t\")", "[[x]]", "`code` ```\nblock\n```", "# h\n- l\n1. n\n> q\n---\n| a |\n|---|",
    r"$\href{" + f"javascript:{SCRIPT}" + r"}{x}$", r"$$\includegraphics{" + CANARY + "/t}$$", ":red[x] :material/delete: :smile:",
    "%{meta} %{customdata} {0} {{7*7}} ${7*7} #{7*7} <%= 7*7 %>", "<a href='" + CANARY + "'>a</a><br><sub>s</sub>",
    f'=HYPERLINK("{CANARY}/x")', "@SUM(1+1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1+1", "'; DROP TABLE item; --", '" OR ""="',
    "\u202eright to left\u2066isolated", "\u200b\u200d\ufeff\u00ad", "\x01\x07\x1b[31m\x7f", "e\u0301" * 40, "ﷺ" * 12, "𝕏🇫🇷👩‍👩‍👧",
    "W" * 300, "=" * 200, "a\u00a0" * 60, "\n\n\n", "null", "undefined", "NaN", "../../etc/passwd", "C:\\con\\nul", "?event=x&lang=de#x",
)  # fmt: skip
_BEFORE = (
    "",
    '"',
    "'",
    "`",
    ">",
    '">',
    "'>",
    "-->",
    "]]>",
    "</script>",
    "</style>",
    "}}",
    "\\",
    "&quot;",
    "&#x3C;",
    "%3C",
)
_AFTER = ("", "<", "//", "<!--", "\\", " x=1")
#: what others fill, by table: ``text``, or JSON whose words are theirs
FIELDS = {
    "item": {"publisher": "text", "authors": "list", "published_said": "text"},
    "item_text": {"title": "text", "summary": "text", "text": "text"},
    "item_revision": {"title": "text", "summary": "text", "text": "text"},
    "mention": {"text": "text", "name": "text", "rule": "text"},
    "legal_reference": {"text": "text", "normalised": "text"},
    "figure": {"text": "text"},
    "position": {"name": "text", "quote": "text"},
    "actor": {"name": "text", "party": "text", "url": "text"},
    "actor_name": {"name": "text"},
    "role": {"title_en": "text", "title_fr": "text", "organisation": "text", "source_url": "text"},
    "dossier": {"title": "text", "titles": "words", "url": "text", "text": "text"},
    "dossier_actor": {"role_title": "text", "party": "text"},
    "event": {"official_code": "text", "title": "text", "titles": "words", "summaries": "words", "date_said": "text",
              "legal_references": "list"},
    "event_source": {"publisher": "text", "quote": "text", "rule": "text"},
    "event_actor": {"quote": "text", "role_title": "text", "party": "text"},
    "revision": {"old": "text", "new": "text", "by": "text", "why": "text"},
    "quarantine": {"locator": "text", "reason": "text", "raw": "text"},
    "unknown_code": {"field": "text", "code": "text", "locator": "text"},
    "source": {"names": "words", "publisher": "text", "licence": "text"},
}  # fmt: skip


def strings(count: int = COUNT) -> list[str]:
    """Distinct hostile strings, the cores in every setting first."""

    def every() -> Iterator[str]:
        for after, before, core in product(_AFTER, _BEFORE, _CORES):
            yield f"{before}{core}{after}"

    return list(islice(every(), count))


def poison(source: Path, target: Path, start: int, size: int = IN_A_FIELD) -> None:
    """Copy the collected database of ``source`` with every field of others filled, and publish the copy."""
    known = strings()
    words = " ".join(known[(start + n) % len(known)] for n in range(size))
    filled = {
        "text": words,
        "list": json.dumps([words]),
        "words": json.dumps({lang: words for lang in ("en", "fr")}),
    }
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "collected.db", target / "collected.db")
    db = open_writer(target / "collected.db")
    with writing(db):
        for entity in ("event", "dossier"):  # a change that a source told, so that the log has words of others
            db.execute(
                "INSERT INTO revision (entity, entity_id, field, old, new, at, by, why)"
                f" SELECT '{entity}', {entity}_id, 'title', 'before', 'after', first_seen_at, source_id, 'because'"
                f" FROM {entity} LIMIT 9"
            )
        for table, columns in FIELDS.items():
            _fill(db, table, {name: filled[kind] for name, kind in columns.items()})
        db.execute("INSERT INTO item_search(item_search) VALUES ('rebuild')")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    publish.publish(db, target / "published.db", at=now, today=date.today(), vocabulary_version="1", rules="1")
    db.close()
    state = {"started_at": now, "finished_at": now, "unreachable": [words], "running": [words], "total": 1, "done": 1}
    (target / "progress.json").write_text(json.dumps(state), encoding="utf-8")


def _fill(db: Database, table: str, values: dict[str, str]) -> None:
    """Set the columns; where a row must stay unlike another its number is put before."""
    for name, value in values.items():
        words_only = " AND field NOT LIKE 'date%'" if table == "revision" and name in ("old", "new") else ""
        unlike = table in ("actor_name", "quarantine", "legal_reference", "position", "unknown_code")
        db.execute(
            f"UPDATE OR REPLACE {table} SET {name} = CASE WHEN ? THEN rowid || ' ' ELSE '' END || ?"
            f" WHERE {name} <> ''{words_only}",
            (int(unlike), value),
        )


def window(context: BrowserContext, wrong: list[str]) -> Page:
    """A window that notes in ``wrong`` what it asks of other hosts and what it opens."""
    page = context.new_page()
    page.on("request", lambda one: wrong.append(f"asks {one.url[:80]}") if is_foreign(one.url) else None)
    page.on("dialog", lambda one: (wrong.append(f"dialog {one.message[:40]}"), one.dismiss()))
    return page


def go(page: Page, site: str, address: str) -> None:
    """Open a page and wait until it has settled: within the program where it is open already, as its own links do."""
    target = f"{site}{address}{'&' if '?' in address else '?'}lang=en"
    drawn = page.url.startswith(site)
    if drawn:
        page.evaluate(_GO, target)
        try:
            page.wait_for_function(f"window.__ran && {_STILL}", timeout=20_000)
        except TimeoutError:  # not seen to run: load it anew, so that no other page is taken for it
            drawn = False
    if not drawn:
        page.goto(target, timeout=PATIENCE)
    page.wait_for_selector('[data-testid="stMain"] :is(h1, h2, [data-testid="stAlert"])', timeout=PATIENCE)
    page.wait_for_function(_STILL, timeout=PATIENCE)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=PATIENCE)
    page.evaluate(_QUIET)  # pictures and handlers need their moment


def look(page: Page, wrong: list[str], first: str = CANARY) -> list[str]:
    """What is wrong on the page that is open: scripts, pictures, errors, a page wider than its window, and what the
    window noted in ``wrong``, which is taken out of it. ``first`` is where the strings begin: a short field shows no more.
    """
    found: dict[str, Any] = page.evaluate(
        """(first) => ({
            hit: [window.__hit === 1, window.__hit = 0][0],
            wide: document.documentElement.scrollWidth - window.innerWidth,
            main: (({scrollWidth, clientWidth}) => scrollWidth - clientWidth)(document.querySelector('[data-testid=stMain]')),
            made: document.querySelectorAll('[data-testid=stMain] :is(img[src*=canary], script, iframe, object, .katex, form[action])').length,
            links: [...document.querySelectorAll('a[href]')].filter((one) => /^\\s*(javascript|data|vbscript|file|blob):/i.test(one.getAttribute('href'))).length,
            error: document.querySelectorAll('[data-testid=stException]').length,
            told: ((text) => text.includes(first) || /canary\\.example|__hit/.test(text))(
                document.body.textContent.replace(/[\\s\\u200b-\\u206f]/g, '')),
        })""",
        re.sub(r"[\s\u200b-\u206f]", "", first)[:6],
    )
    seen = wrong[:]
    wrong.clear()
    if found["hit"]:
        seen.append("a script ran")
    if not found["told"]:
        seen.append(NOTHING)
    seen += [f"{name}: {found[name]}" for name in ("made", "links", "error") if found[name]]
    seen += [f"{name} by {found[name]} pixels" for name in ("wide", "main") if found[name] > 1]
    return seen


def look_at_all(
    browser: Browser, source: Path, home: Path, start: int, width: int, size: int = IN_A_FIELD
) -> list[str]:
    """What is wrong on any page with ``size`` strings from ``start`` in every field, in a window of that width."""
    poison(source, home, start, size)
    server, site = serve(ROOT / "dashboard" / "app.py", home, home / "server.log")
    context = browser.new_context(viewport={"width": width, "height": 900})
    noted: list[str] = []
    page, wrong = window(context, noted), []
    try:
        for name, address in LOOKED_AT.items():
            go(page, site, address)
            found = [one for one in look(page, noted, strings()[start]) if one != NOTHING or name not in SILENT]
            wrong += [f"from {start}, {name}, {width}: {one}" for one in found]
    finally:
        context.close()
        stop(server)
    return wrong


def main(arguments: list[str]) -> int:
    """``[ROUNDS [FIRST]]``: how many rounds, and after how many to begin, so that a long run can be divided."""
    given = [int(one) for one in arguments if one]
    count, first = [*given, *(COUNT // IN_A_FIELD, 0)[len(given) :]]
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        snapshot.build(source := Path(name) / "clean")
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        for one in range(first, first + count):
            width = WIDTHS[one % len(WIDTHS)]  # every core in turn in each; what a string can run knows no width
            found = look_at_all(browser, source, Path(name) / str(one), one * IN_A_FIELD, width)
            print(f"round {one + 1}, {width} pixels: {len(found)} findings", *found, sep="\n  ", flush=True)
            wrong += found
        browser.close()
    print(
        f"{count * IN_A_FIELD} strings in {sum(map(len, FIELDS.values()))} fields, {count * len(LOOKED_AT)} pages:"
        f" {len(wrong)} findings"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
