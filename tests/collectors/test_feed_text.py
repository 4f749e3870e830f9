"""Text comes out of markup plain, quickly and without an error; links come out safe and without tracking."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.links import canonical_link, clean_link, redact, safe_link
from collectors.text import one_line, plain_text

PIECES = [*"<>/!?-[]'\"=& ;#abdilpstx\n\x00\ud800", "<!--", "-->", "<![CDATA[", "&lt;", "&gt;", "&amp;lt;"]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Hello <b>world</b></p><p>Two", "Hello world\n\nTwo"),
        ("a < b and c > d", "a < b and c > d"),
        ("1 <3 you", "1 <3 you"),
        ("AT&amp;T", "AT&T"),
        ("l&#039;actualit&amp;eacute;", "l'actualité"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;ok", "ok"),
        ('<img alt="a<b>c" src=x>t', "t"),
        ('<a title="a > b">link</a>', "link"),
        ("x<!-- hidden > -->y", "xy"),
        ("<![CDATA[in <b>bold</b>]]> out", "in bold out"),
        ("<svg><path d='x'/></svg>c", "c"),
        ("<iframe src='x'/>after", "after"),
        ("a\u00a0b\x0b\ufeffc", "a b c"),
        ("2024\x962026\x85", "2024–2026…"),
        ("safe\u202e.cod", "safe.cod"),
    ],
)
def test_markup_becomes_text(markup, text):
    assert plain_text(markup) == text


@given(MARKUP)
def test_no_tag_is_left_in_any_text(markup):
    found = one_line(markup)
    assert not re.search(r"<[a-zA-Z/!?][^<>]*>", found)
    assert "\n" not in found
    found.encode("utf-8")


@pytest.mark.parametrize(
    "unit", ["<", "<a", "<!--", "<div>", "&lt;", "<![", "<a b='", "<a <b> >", "</a ", "&#", '<a "']
)
def test_unfinished_markup_takes_linear_time(unit):
    def seconds(letters: int) -> float:
        """The least this thread computed for a text of so many letters, of three times."""
        text, found = unit * (letters // len(unit)), []
        for _ in range(3):
            began = time.thread_time()
            plain_text(text)
            found.append(time.thread_time() - began)
        return min(found)

    assert seconds(240_000) < 10 * seconds(60_000)  # four times the letters: sixteen times would be quadratic


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x", "file:///etc/hostname", "ftp://example.org/",
        "feed:https://example.org/", "mailto:a@example.org",
        "https://someone:word@example.org/", "https://someone@example.org/", "https:\\\\example.org", "http:///path",
        "https://exa<b>mple.org/", "http://[::1", "https://example.org:port/", "", "about:blank", "//",
        "x" * 5000,
    ],
)  # fmt: skip
def test_link_that_is_not_http_or_hides_something_is_dropped(url):
    assert safe_link(url) == ""
    assert clean_link(url) == ""


@given(st.text())
def test_any_link_is_empty_or_http_without_markup(url):
    for found in (safe_link(url, "https://a.example/b"), clean_link(url), canonical_link(url)):
        assert found == "" or (found.startswith(("http://", "https://")) and not set(found) & set('<>" \n'))


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://A.example:443/x?utm_source=rss&id=7&fbclid=z#xtor=RSS-1", "https://a.example/x?id=7"),
        ("https://a.example/x?xtor=RSS-3208&at_medium=RSS&at_campaign=KARANGA", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1&b=3", "https://a.example/x?b=2&a=1&b=3"),
        ("http://a.example:8080", "http://a.example:8080/"),
        ("https://a.example/app#!/law/7", "https://a.example/app#!/law/7"),
        ("https://a.example/x?source=rss", "https://a.example/x"),
        ("https://a.example/x?source=senate", "https://a.example/x?source=senate"),
        (
            "https://www.google.com/url?rct=j&url=https://b.example/y%3Fid%3D1&ct=ga",
            "https://b.example/y?id=1",
        ),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fb.example%2fy&c=1",
            "https://b.example/y",
        ),
        (
            "https://www.google.com/url?url=javascript:alert(1)",
            "https://www.google.com/url?url=javascript:alert(1)",
        ),
    ],
)
def test_clean_link_keeps_the_page_and_drops_the_rest(url, clean):
    assert clean_link(url) == clean
    assert clean_link(clean) == clean


def test_canonical_link_joins_the_spellings_of_one_page():
    spellings = [
        "http://m.a.example/x/?amp=1",
        "https://www.a.example/x/amp/",
        "https://a.example/x?utm_medium=m",
    ]
    assert {canonical_link(url) for url in spellings} == {"https://a.example/x"}


def test_keys_are_redacted_and_the_rest_is_kept():
    found = redact("GET https://a.example/?api_key=K1&q=x&API-KEY=K2&token=K3;key=K4 and ?apikey=K5&access_token=K6")
    assert not re.search(r"K\d", found)
    assert "q=x" in found
