"""Hostile strings in what is sent and served: citation lines, mails and their headers, live addresses, the end of a
subscription. None adds a header, a recipient, a mail, a part, a line or an element, and nobody comes to the canary.

Mails go through a real server on loopback and are read by the email package; live addresses and ``/unsubscribe`` are asked
by a client of HTTP. Each is compared with the same thing with harmless words.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import anyio
import httpx
from starlette.applications import Starlette

from collectors import mail as envelope
from collectors.mail import Post, Sender, Server, message
from dashboard import live, routes
from data import subscriptions
from data.database import desk_path
from data.digest import Facts
from data.digest_text import Changes, Digest, Way, compose
from data.export import Extract, cited
from data.export.citation_lines import STYLES, line
from data.export.context import LANGUAGES, Context
from data.export.plain import web_link
from data.view import View
from data.vocabulary import load_vocabulary
from tests.collectors.mailbox import Mailbox, body, running
from tests.dashboard import snapshot
from tests.data.export.sample import context
from tests.trust import Missed, payloads
from tests.trust.canary import Window, canary, window
from tests.trust.shapes import SHAPES, Shape, of_html, told

ANNA, LEAVE, TOKEN = "anna@example.org", "https://monitor.example/unsubscribe?token=", "x" * 32
#: strings that one mail tells of; its subject and its view have one
IN_A_MAIL = 8
#: the browser keeps a loop in this thread
_APART = ThreadPoolExecutor(1)
_BEFORE = Facts("2024-05-20", "scheduled", "", "hearing", "0")


def prove(count: int) -> list[str]:
    """``count`` strings; raises Missed when one of them is more than words."""
    with (
        canary() as bird,
        window() as page,
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, {"MONITOR_HOME": home}),
    ):
        texts = payloads.strings(bird.address, count)
        told_of, wrong = zip(*(one(texts, page) for one in (_citations, _mails, _addresses)), strict=True)
        lines, contacts = list(told_of), list(bird.asked)
    found = [one for some in wrong for one in some]
    lines[0] = f"{len(texts)} strings: {lines[0]}"
    lines.append(f"{len(contacts)} contacts, {len(found)} findings")
    if found or contacts:
        raise Missed("; ".join([*lines, *found[:12], *contacts[:5]]))
    return [*lines, f"control: {_control()}"]


def _citations(texts: Sequence[str], page: Window) -> tuple[str, list[str]]:
    """Every style of every event and of a view of that title: one line, printable, its address one of the web."""
    count, wrong, labels = 0, [], load_vocabulary()
    whole = payloads.extract(list(texts))
    for event, text in zip(whole.events, texts, strict=True):
        for lang in LANGUAGES:
            about = context(1, lang, view_title=text, view=View(query=text))
            for found in (cited.of_event(event, Extract((event,)), about, labels), cited.of_view(about)):
                for style in STYLES:
                    count += 1
                    written = line(found, style)
                    odd = [one for one in written if not one.isprintable() and one != "\u00a0" and one != "\u202f"]
                    if len(written.splitlines()) != 1 or any(
                        ord(one) < 32 or one in "\u202e\u2066\u2028\u2029\x85" for one in odd
                    ):
                        wrong.append(f"{style} {lang}: {written[:120]!r}")
    return f"{count} citations, each on one line", wrong


def written(texts: Sequence[str], lang: str) -> Digest:
    """The digest of events, changes and files with these texts; its view has the first."""
    whole = payloads.extract(list(texts))
    about: Context = context(len(texts), lang, view_title=texts[0], view=View(query=texts[0]))
    events = whole.events
    changes = Changes(
        events[::2],
        [(one, _BEFORE, True) for one in events[1::2]],
        [(one, "enacted") for one in whole.dossiers.values()],
        1,
        1,
    )
    way = Way("https://monitor.example", LEAVE + TOKEN, "monitor@example.org")
    return compose(changes, about, load_vocabulary(), way)


def enveloped(digest: Digest, lang: str) -> EmailMessage:
    """The mail, as the collector sends it."""
    return message(
        digest, to=ANNA, writer=Sender("Monitor", "monitor@example.org"), message_id="1", at=datetime.now(UTC), lang=lang,
        leave=LEAVE + TOKEN, token=TOKEN,
    )  # fmt: skip


def _mails(texts: Sequence[str], page: Window) -> tuple[str, list[str]]:
    """A mail for each string through a server: as many mails, headers, parts and lines, and HTML that only shows."""
    mailbox, wrong, plain = Mailbox(), [], []
    jobs = [
        (lang, [texts[(n + k) % len(texts)] for k in range(IN_A_MAIL)]) for lang in LANGUAGES for n in range(len(texts))
    ]
    with running(mailbox) as port:
        post = Post(Server("127.0.0.1", port, "none"))
        for lang, some in jobs:
            mail = enveloped(written(some, lang), lang)
            plain.append(enveloped(written([payloads.harmless(one) for one in some], lang), lang))
            post(mail, to=ANNA, writer=Sender("Monitor", "monitor@example.org"))
        post.close()
    if [to for to, _ in mailbox.mails] != [ANNA] * len(jobs):
        wrong.append(f"{len(mailbox.mails)} mails to {len({to for to, _ in mailbox.mails})} addresses for {len(jobs)}")
    for number, ((_, mail), other) in enumerate(zip(mailbox.mails, plain, strict=False)):
        wrong += [f"mail {number}: {one}" for one in told(of_mail(mail), of_mail(other))]
        if number % IN_A_MAIL == 0:  # each string is in IN_A_MAIL mails: this looks at it once
            wrong += [f"mail {number}: {one}" for one in page.look_at_words(body(mail, "html"))]
    return (
        f"{len(mailbox.mails)} mails through a server, each with the headers, parts and lines of a harmless one",
        wrong,
    )


def of_mail(mail: EmailMessage) -> Shape:
    """Headers by name, parts by type, defects, elements of the HTML, lines of the text that could be taken for others."""
    found: Shape = Counter()
    for part in mail.walk():
        found[f"part {part.get_content_type()}"] += 1
        found.update(f"header {name.lower()}" for name, _ in part.items())
        found.update(f"defect {type(one).__name__}" for one in part.defects)
    found["recipient"] = len(mail["To"].addresses) + len(mail.get_all("Cc", [])) + len(mail.get_all("Bcc", []))
    found["line of subject"] = len(str(mail["Subject"]).splitlines())
    found.update(of_html(body(mail, "html").encode()))
    text = body(mail, "plain")
    found["end of the text"] = len(re.findall(r"^-- $", text, re.MULTILINE))
    links = re.findall(r"^(\w[\w+.-]*):\S", text, re.MULTILINE)
    found.update(
        {
            f"line that is a link to {one.lower()}": 1
            for one in links
            if f"{one.lower()}:" in ("javascript:", "data:", "file:")
        }
    )
    found["link that is none"] = sum(not web_link(one) for one in re.findall(r"^https?://\S+$", text, re.MULTILINE))
    found.pop("header received", None)
    for name in ("header x-peer", "header x-mailfrom", "header x-rcptto"):
        found.pop(name, None)
    return +found


def _addresses(texts: Sequence[str], page: Window) -> tuple[str, list[str]]:
    """Live addresses and the end of a subscription, asked with the string in every key, compared with a harmless word."""
    home = Path(os.environ["MONITOR_HOME"])
    snapshot.build(home)
    with subscriptions.opened() as db:
        subscriptions.add(db, ANNA, "", {}, kind="new", every="daily", lang="en", saved="", at="2026-11-25T06:00:00Z")
    before = desk_path().read_bytes()
    forms: dict[str, Callable[[str], str]] = {
        **{
            f"{name} of words": lambda word, name=name: f"/feed/{name}?q={quote(word, errors='replace')}&lang=en"
            for name in live.FEEDS
        },  # type: ignore[misc]
        "saved": lambda word: f"/feed/atom?saved={quote(word, errors='replace')}",
        "place": lambda word: f"/feed/json?jurisdiction={quote(word, errors='replace')}",
        "language": lambda word: f"/feed/ics?lang={quote(word, errors='replace')}",
        "name": lambda word: f"/feed/{quote(word, safe='', errors='replace')}",
        "leave": lambda word: f"/unsubscribe?token={quote(word, errors='replace')}",
    }
    count, wrong = 0, []
    answers: dict[int, int] = Counter()
    for name, form in forms.items():
        usual = asked(form("harmless"))
        for text in texts:
            answer = asked(form(text))
            count += 1
            answers[answer.status_code] += 1
            more = (
                told(of_answer(answer), of_answer(usual))
                if answer.status_code == usual.status_code
                else told_less(answer)
            )
            if answer.status_code == 200 and (fmt := name.partition(" ")[0]) in live.FEEDS:
                more += (
                    told(SHAPES[fmt](answer.content), SHAPES[fmt](usual.content))
                    if _is_whole(fmt, usual, answer)
                    else []
                )
            wrong += [f"{name} {text[:60]!r}: {one}" for one in more]
            if name == "leave" and answer.content != usual.content:
                wrong.append(f"/unsubscribe says something else for {text[:60]!r}")
    wrong += page.look_at_words(asked(forms["leave"]("harmless")).text.replace("<form", "<p"))
    if desk_path().read_bytes() != before:
        wrong.append("a subscription was changed")
    codes = ", ".join(f"{number} x {code}" for code, number in sorted(answers.items()))
    return f"{count} requests of live addresses and /unsubscribe ({codes}), no header more than usual", wrong


def _is_whole(fmt: str, usual: httpx.Response, answer: httpx.Response) -> bool:
    """Whether both hold no event, so that their shapes are the same but for what the view says of itself."""
    return not any(word in one.text for one in (usual, answer) for word in ("BEGIN:VEVENT", "<entry", '"event_id"'))


def told_less(answer: httpx.Response) -> list[str]:
    """What is wrong with an answer of another kind than that to a harmless word: it must be a file, one plain line, or
    lead to the same place without a slash."""
    if answer.status_code == 307 and answer.headers["location"].startswith("http://localhost/feed/"):
        return []
    plain = answer.headers.get("content-type", "").startswith("text/plain") and len(answer.text.splitlines()) == 1
    is_well = answer.status_code == 200 or (plain and answer.status_code in (400, 404))
    return [] if is_well else [f"status {answer.status_code}"]


def of_answer(answer: httpx.Response) -> Shape:
    """Its headers by name, and whether what is not a file may be taken for a page."""
    found: Shape = Counter(f"header {name.lower()}" for name, _ in answer.headers.multi_items())
    found[f"type {answer.headers.get('content-type', '')}"] = 1
    if name := re.search(r'filename="(.*)"', answer.headers.get("content-disposition", "")):
        found["file name that is not plain"] = int(not re.fullmatch(r"[a-z0-9-]+\.[a-z.]+", name[1]))
    return +found


def asked(path: str) -> httpx.Response:
    """An answer of the addresses beside the pages, without a server between."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes.served()))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)

    return _APART.submit(anyio.run, ask).result()


def _control() -> str:
    """A mail whose subject is taken as it is: the header it adds must be seen."""
    text = "=?utf-8?q?x=0D=0ABcc:_a@b.example?="
    usual = of_mail(enveloped(Digest("x", "x", "<p>x</p>", 1), "en"))
    with patch.object(envelope, "_plain", lambda one: one):
        try:
            seen = told(of_mail(enveloped(Digest(text, "x", "<p>x</p>", 1), "en")), usual)
        except ValueError as error:
            seen = [str(error)]
    seen += told(of_mail(enveloped(Digest("x", "javascript:x", "<p onclick=x><img src=x></p>", 1), "en")), usual)
    if len(seen) < 3:
        raise Missed(f"a mail that escapes nothing is not seen: {seen}")
    return f"a mail that escapes nothing is seen: {', '.join(seen)}"
