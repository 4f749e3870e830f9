"""Written questions and written statements of both Houses: https://questions-statements-api.parliament.uk.

``/api/writtenquestions/questions`` lists cut long texts and end them in "...": the question is then asked for by its
id. A number (UIN) is unique only with the day it was tabled. A holding answer is followed by a real one, an answer
may be corrected: both change the record in place. Without ``sessionStatus=Any`` earlier sessions are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, need
from collectors.sources._json import said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, EventRecord, Follow, Identifier, Record, Rejected, Response, Source, When

_API = "https://questions-statements-api.parliament.uk/api"
_PAGES = "https://questions-statements.parliament.uk"
_QUESTION = ("id", "uin", "dateTabled", "questionText", "answeringBodyName", "house")
_STATEMENT = ("id", "uin", "dateMade", "title", "text", "answeringBodyName")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A list of questions or of statements, or one of them."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if isinstance(payload.get("value"), dict):
        yield from _one(payload["value"], False, response, source)
        return
    rows = payload.get("results")
    if not isinstance(rows, list):
        raise SourceError(source.id, response.url, "neither results nor a value: the format has changed")
    for place, row in enumerate(rows):
        value = row.get("value") if isinstance(row, dict) else None
        if isinstance(value, dict):
            yield from _one(value, True, response, source)
        else:
            yield Rejected(f"results[{place}]", "no value", str(row)[:500])
    yield from _next_page(payload, len(rows), response, source)


def _next_page(payload: dict[str, Any], size: int, response: Response, source: Source) -> Iterator[Follow]:
    parts = urlsplit(response.url)
    query = dict(parse_qsl(parts.query))
    skip = int(query.get("skip", "0")) if query.get("skip", "0").isdigit() else 0
    total = payload.get("totalResults")
    if isinstance(total, int) and size and skip + size < min(total, bodies.option_number(source, "max_results", 1000)):
        yield Follow(f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(query | {'skip': str(skip + size)})}")


def _one(row: dict[str, Any], is_listed: bool, response: Response, source: Source) -> Iterator[Record]:
    if "dateMade" in row:
        yield from _statement(row, is_listed, response, source)
        return
    need(row, _QUESTION, response, source)
    cut = any(plain_text(said(row, name)).endswith("...") for name in ("questionText", "answerText"))
    if is_listed and cut:
        yield Follow(f"{_API}/writtenquestions/questions/{said(row, 'id')}?expandMember=true")
        return
    ident, uin = said(row, "id"), said(row, "uin")
    asked_on, answered_on = bodies.on_day(said(row, "dateTabled")), bodies.on_day(said(row, "dateAnswered"))
    if not uin or asked_on is None:
        yield Rejected(f"question {ident}", "no number or no day", str(row)[:1000])
        return
    body = one_line(said(row, "answeringBodyName"))
    title = one_line(said(row, "heading")) or f"Question {uin} to {body}"
    url = f"{_PAGES}/written-questions/detail/{asked_on.iso()}/{uin}"
    asker = _member(row, "askingMember", "questioner")
    respondents = (
        *_member(row, "answeringMember", "respondent"),
        ActorRecord(body, "government", "uk", role="respondent"),
    )
    is_holding = row.get("answerIsHolding") is True
    events: list[EventRecord] = []

    def told(mark: str, kind: str, when: When, words: str, actors: tuple[ActorRecord, ...]) -> None:
        events.append(
            event(
                source, f"wq-{ident}:{mark}", kind, when, f"{words} {uin}: {title}", lang="en",
                rule=f"uk_questions:{mark}", code=said(row, "house"), url=url, quote=title, actors=actors,
            )
        )  # fmt: skip

    told("dateTabled", "question_asked", asked_on, "Written question", (*asker, respondents[-1]))
    if answered_on and said(row, "answerText") and not is_holding:
        told("dateAnswered", "question_answered", answered_on, "Answer to written question", (*respondents, *asker))
    states = ["withdrawn"] if row.get("isWithdrawn") is True else []
    states += ["holding answer"] if is_holding else []
    if said(row, "dateAnswerCorrected"):
        states.append(f"answer corrected {said(row, 'dateAnswerCorrected')[:10]}")
    texts = (plain_text(said(row, "questionText")), plain_text(said(row, "answerText")))
    yield item(
        source, f"wq-{ident}", "question", title, lang="en", url=url, summary="; ".join(states),
        text="\n\n".join(text for text in texts if text), when=asked_on,
        actors=tuple(dict.fromkeys((*asker, *respondents))), events=tuple(events),
    )  # fmt: skip


def _member(row: dict[str, Any], key: str, role: str) -> tuple[ActorRecord, ...]:
    """The member as the expanded record names them, else by number alone."""
    value = row.get(key)
    ident = said(row, f"{key}Id") or said(value, "id")
    if not ident.isdigit() or ident == "0":
        return ()
    return (
        ActorRecord(
            name=one_line(said(value, "name")),
            kind="person",
            jurisdiction="uk",
            identifiers=(Identifier("uk.member", ident),),
            role=role,
            role_title=one_line(said(value, "memberFrom")),
            party=one_line(said(value, "party")),
        ),
    )


def _statement(row: dict[str, Any], is_listed: bool, response: Response, source: Source) -> Iterator[Record]:
    need(row, _STATEMENT, response, source)
    ident, uin, when = said(row, "id"), said(row, "uin"), bodies.on_day(said(row, "dateMade"))
    title, text = one_line(said(row, "title")), plain_text(said(row, "text"))
    if is_listed and text.endswith("..."):
        yield Follow(f"{_API}/writtenstatements/statements/{ident}?expandMember=true")
        return
    if not title or when is None:
        yield Rejected(f"statement {ident}", "no title or no day", str(row)[:1000])
        return
    url = f"{_PAGES}/written-statements/detail/{when.iso()}/{uin}"
    body = ActorRecord(one_line(said(row, "answeringBodyName")), "government", "uk", role="author")
    who = (*_member(row, "member", "speaker"), body)
    told = event(
        source, f"ws-{ident}", "statement", when, f"Written statement {uin}: {title}", lang="en",
        rule="uk_questions:dateMade", code=said(row, "house"), url=url, quote=title, actors=who,
    )  # fmt: skip
    yield item(
        source, f"ws-{ident}", "notice", title, lang="en", url=url, summary=one_line(said(row, "memberRole")),
        text=text, when=when, actors=who, events=(told,),
    )  # fmt: skip
