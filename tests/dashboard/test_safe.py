"""Third-party text stays text, links are http(s) or nothing."""

from __future__ import annotations

import re

import pytest

from dashboard.safe import JOINER, md_link, safe_link, safe_md, safe_parts, safe_title
from tests.dashboard.payloads import PAYLOADS


def plain(markdown: str) -> str:
    """What markdown shows when every escape is honoured."""
    return re.sub(r"\\(.)", r"\1", markdown).replace(JOINER, "")


@pytest.mark.parametrize("text", PAYLOADS)
def test_the_letters_stay_and_every_sign_is_escaped(text: str):
    shown = safe_md(text)
    printable = "".join(ch if ch.isprintable() else " " if ch.isspace() else "" for ch in text)
    assert plain(shown) == " ".join(printable.split())
    for sign in "`*_[]#!|<>~$:":
        assert not re.search(rf"(?<!\\){re.escape(sign)}", shown.replace("\\\\", "")), sign


def test_signs_that_french_sets_apart_stay_on_the_line_of_their_word():
    assert plain(safe_title("Loi SREN : « délits » ?")) == "Loi SREN\u00a0: «\u00a0délits\u00a0»\u00a0?"
    assert "\u202f" in safe_md("75\u202f000 euros")


def test_patterns_that_are_looked_for_after_markdown_are_broken():
    for text in ("https://evil.example", ":smile:", ":material/delete:", "a@b.example", "www.evil.example", "a -> b"):
        assert JOINER in safe_md(text)


def test_a_snippet_marks_only_its_matches():
    shown = safe_parts((("the *new* ", False), ("deepfake", True), (" law", False)))
    assert shown == r"the \*new\* **deepfake** law"


def test_spaces_around_a_match_stay():
    assert plain(safe_parts((("on ", False), ("images", True), (" of", False)))) == "on **images** of"


@pytest.mark.parametrize(
    "url",
    [
        "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
        "//evil.example", "ftp://evil.example", "http:evil", "https://a b.example", "https://a.example/\n",
        'https://a.example/"onclick=x', "https://a.example/<b>", "https://a.example\\@evil.example", " https://a.example",
        "mailto:a@b.example", "file:///etc/passwd", "https://a.example/`x`",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_no_link(url: str):
    assert safe_link(url) == ""
    assert "](" not in md_link("label", url).replace("\\]", "").replace("\\(", "")


def test_a_link_cannot_be_ended_early():
    shown = md_link("a](https://evil.example)", "https://good.example/a_(b)*c*")
    assert shown.endswith("](https://good.example/a%5F%28b%29%2Ac%2A)")
    assert len(re.findall(r"(?<!\\)\]\(", shown)) == 1
