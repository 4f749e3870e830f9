"""Markdown: rendered by a reader that is not ours, every word of others comes out letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from data.export import Extract, build, markdown
from data.export.plain import one_line
from data.rows import TimelineEvent
from tests.data.export import hostile
from tests.data.export.hostile import NASTY
from tests.data.export.sample import DEEPTRACE, EVENTS, SREN, Codes, context

#: what our page is made of; no image, no code block, no raw HTML
OURS = {
    *("heading_open", "heading_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open"),
    *("list_item_close", "paragraph_open", "paragraph_close", "table_open", "table_close", "thead_open", "thead_close"),
    *("tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
    *("text", "code_inline", "link_open", "link_close"),
}
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def page(*events: TimelineEvent, lang: str = "fr", **more: str) -> str:
    return build("markdown", Extract(events), context(len(events), lang, **more), labels=Codes()).data.decode()


def every(tokens: list[Token]) -> Iterator[Token]:
    for one in tokens:
        yield one
        yield from every(one.children or [])


def words(text: str) -> str:
    """The visible text of Markdown, without our invisible joiner."""
    return "".join(one.content for one in every(READER.parse(text)) if one.type == "text").replace("\u2060", "")


def links(text: str) -> list[str]:
    return [str(one.attrs["href"]) for one in every(READER.parse(text)) if one.type == "link_open"]


def test_the_page_has_a_table_of_the_events_and_a_heading_for_each():
    tokens = READER.parse(page(*EVENTS))
    kinds = [one.type for one in tokens]
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 1 + len(EVENTS)
    assert [one.tag for one in tokens if one.type == "heading_open"] == ["h1", "h2", *["h3"] * 3]


def test_a_coarse_date_is_told_in_words_and_as_code():
    text = page(DEEPTRACE)
    assert "octobre 2019" in words(text)
    assert "`2019-10` (connue au mois)" in text


def test_links_lead_to_the_view_the_event_and_its_sources():
    event = f"https://monitor.example/?event={SREN.event_id}"
    found = links(page(SREN))
    assert found[1:] == [event, *(one.url for one in SREN.sources)]
    assert found[0].startswith("https://monitor.example/?jurisdiction=fr&")


def test_an_empty_view_is_a_page_without_a_table():
    kinds = [one.type for one in READER.parse(page())]
    assert "table_open" not in kinds
    assert kinds.count("heading_open") == 1


@pytest.mark.parametrize("text", [*NASTY, "---", "***", "+ a", "1. a", "1) a", "> a", "    code", "~~a~~", "a\\", "#"])
def test_words_of_others_come_out_letter_by_letter(text: str):
    written = markdown.escaped(text)
    assert words(f"- {written}") == one_line(text)
    assert words(f"# x {written}") == f"x {one_line(text)}".strip()
    assert {one.type for one in every(READER.parse(written))} <= {"paragraph_open", "paragraph_close", "inline", "text"}


@settings(max_examples=400, deadline=None)
@given(st.one_of(hostile.words, st.text(alphabet="#*_`[]()<>!|~\\-+=:.&;1@ aw/$^{}\"'\t\n", max_size=30)))
def test_no_text_is_structure(text: str):
    written = markdown.escaped(text)
    assert words(written) == one_line(text)
    assert words(f"| a | b |\n| --- | --- |\n| {written} | z |") == f"ab{one_line(text)}z"
    linked = markdown.link("https://a.example/", text)
    assert links(linked) == (["https://a.example/"])
    assert words(linked) == one_line(text)


@settings(max_examples=60, deadline=None)
@given(hostile.events)
def test_no_event_makes_anything_but_our_page(event: TimelineEvent):
    text = page(event, view_title=event.title)
    assert {one.type for one in every(READER.parse(text))} <= OURS
    assert all(one.startswith(("https://", "http://")) for one in links(text))
    assert text.count("\n### ") == 1


def test_an_address_keeps_its_signs():
    odd = "https://a.example/x_(y)?a=1&copy=2&b=*|*"
    assert links(markdown.link(odd, "x")) == [odd.replace("|", "%7C")]
    bad = replace(SREN.sources[0], url="javascript:alert(1)")
    assert all("javascript" not in one for one in links(page(replace(SREN, sources=(bad,)))))
