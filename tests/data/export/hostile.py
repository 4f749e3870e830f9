"""Text as strangers write it, for property tests: put into every field of an event that holds their words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from data.rows import EventActor, EventSource, TimelineEvent
from tests.data.export.sample import JORF, SREN

_PIECES = (
    "=HYPERLINK(\"https://a.example\")", "+1", "-2+3", "@SUM(A1)", "＝1", "－1", "\t=1", "\r=1", "\x00=1", "\n=1",
    "|", ";", ",", '"', "'", "\\", "\r\nATTENDEE:mailto:a@b.example", "\nEND:VEVENT\nBEGIN:VEVENT", "\u2028X:1",
    "\x85X:1", "\x0bX:1", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p>", "&lt;b&gt;", "]]>",
    "javascript:alert(1)", "\ud800", "\u202e", "\ufeff", "é", "漢字", "👩‍⚖️", "https://a.example/?x=1&y=<b>",
)  # fmt: skip

#: each stands in every field of an event once
NASTY = (
    '=HYPERLINK("https://a.example","x")', "@SUM(A1:A9)", "+1-1", "\t=1+1", "</script><script>alert(1)</script>", "]]>",
    "a\r\nb", "\u202eabc\u202c \u2067x\u2069 \u200fא", "👩‍⚖️ 🏛️", "x" * 5000, "漢字" * 2500, "a\x00b", "\x00", "\ud800",
    "# a\n- b\n1. c\n| d |", "[x](https://a.example) ![y](https://a.example/y.png) <https://a.example> `z` $z$ **z**",
    "www.a.example https://a.example me@a.example :smile: &lt;b&gt; &#60;", "<img src=x onerror=alert(1)>", "--- === ~~~",
    "END:VEVENT\r\nBEGIN:VEVENT", "a;b,c|d\"e'f\\g", "_x0041_", "",
)  # fmt: skip

words = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=12)), max_size=6).map("".join)
links = st.one_of(words, words.map("https://a.example/{}".format))

sources = st.builds(
    lambda url, publisher, quote, day: replace(JORF, url=url, publisher=publisher, quote=quote, published_on=day),
    links, words, words, words,
)  # fmt: skip
actors = st.builds(
    EventActor, st.just("a"), words, st.sampled_from(["regulator", "person"]), st.sampled_from(["", "author"]),
    st.sampled_from(["", "opposes"]), words, words, words,
)  # fmt: skip


def _event(title: str, summary: str, code: str, heads: list[EventSource], who: list[EventActor]) -> TimelineEvent:
    return replace(
        SREN,
        title=title,
        titles={},
        dossier_title=title,
        dossier_titles={"en": summary},
        dossier_identifiers=(("case", code),),
        summaries={"en": summary, "fr": summary},
        official_code=code,
        sources=tuple(heads),
        actors=tuple(who),
    )


events: st.SearchStrategy[TimelineEvent] = st.builds(
    _event, words, words, words, st.lists(sources, max_size=3), st.lists(actors, max_size=3)
)
