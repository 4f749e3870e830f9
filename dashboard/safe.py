"""Third-party text on its way to the screen. Streamlit reads markdown in most places; publishers do not mean it."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=^])")


def safe_md(text: str) -> str:
    """``text`` escaped so that markdown shows it letter by letter, on one line: no link, image, colour or formula."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def safe_link(url: str) -> str:
    """The address when it is http or https and has no space, else an empty string."""
    return url if re.match(r"https?://[^\s\"'<>\\]+$", url, re.IGNORECASE) else ""


def md_link(label: str, url: str) -> str:
    """A markdown link with an escaped label; the label alone when the address is not fit to be a link."""
    target = safe_link(url)
    if not target:
        return safe_md(label)
    return f"[{safe_md(label)}]({target.replace('(', '%28').replace(')', '%29')})"
