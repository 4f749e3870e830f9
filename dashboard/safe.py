"""Third-party text on its way to the screen. Streamlit reads markdown in most places; publishers do not mean it.

Escaping alone is not enough: bare addresses, emoji and icon short codes and arrows are looked for in the text
*after* markdown was read. There an invisible word joiner (U+2060) breaks the pattern.
"""

from __future__ import annotations

import re

from dashboard.i18n import bound

JOINER = "\u2060"
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=^\"'@/])")
#: spaces that stay as they are: the plain one, and those that keep a sign or a number on one line
_SPACES = " \u00a0\u202f"
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_LATE = re.compile(
    r"(?<=:)(?=[\w+\-/])|(?<=\w)(?=@)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])|(?<=\d)(?=\. )", re.IGNORECASE
)


def safe_md(text: str) -> str:
    """``text`` escaped so that markdown shows it letter by letter on one line: no link, image, colour or formula."""
    return _escape(_SPACE.sub(" ", text).strip())


def safe_title(text: str) -> str:
    """:func:`safe_md` for a title that may be French: the signs set apart stay on the line of their word."""
    return bound(safe_md(text))


def safe_parts(parts: tuple[tuple[str, bool], ...]) -> str:
    """A snippet as markdown: matches in bold, every letter of both kinds escaped."""
    found = []
    for text, is_match in parts:
        inner = _escape(re.sub(r"\s+", " ", text))
        found.append(f"**{inner}**" if is_match and inner.strip() else inner)
    return "".join(found).strip()


def safe_link(url: str) -> str:
    """The address when it is http or https and has nothing that could end it early, else an empty string."""
    return url if re.match(r"https?://[^\s\"'<>\\`{}|^\x00-\x20]+\Z", url, re.IGNORECASE) else ""


def md_link(label: str, url: str) -> str:
    """A markdown link with an escaped label; the label alone when the address is not fit to be a link."""
    target = safe_link(url)
    if not target:
        return safe_md(label)
    for raw, quoted in (("(", "%28"), (")", "%29"), ("[", "%5B"), ("]", "%5D"), ("*", "%2A"), ("_", "%5F")):
        target = target.replace(raw, quoted)
    return f"[{safe_md(label)}]({target})"


def _escape(text: str) -> str:
    printable = "".join(ch for ch in text if ch in _SPACES or ch.isprintable())
    return _SPECIAL.sub(r"\\\1", _LATE.sub(JOINER, printable))
