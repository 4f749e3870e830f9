"""Addresses: which ones we may store and show, without tracking, and without secrets in messages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit, urlunsplit

_TRACKING = {
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
    "igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp",
    "hsctatracking", "mkt_tok", "wickedid", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid",
    "ml_subscriber", "ml_subscriber_hash", "_openstat", "xtor", "xtmc", "xtcr", "xtref", "xtloc",
    "ref_src", "ref_url", "smid", "smtyp", "cmpid", "cmp", "ns_campaign", "ns_mchannel", "ns_source",
    "ns_linkname", "ns_fee", "ito", "ocid", "ftag", "ftcamp", "traffic_source", "echobox", "_ga", "_gl",
    "sc_cid", "wt_mc", "wt.mc_id", "wtmc", "guccounter", "spm", "sr_share", "syndication_source",
    "cvid",
}  # fmt: skip
_TRACKING_STARTS = ("utm_", "at_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "itm_", "stm_", "vero_")
_FRAGMENT_KEPT = ("!", "/")
_SECRET = re.compile(
    r"(?i)([?&;](?:[a-z_.-]*api[_-]?key|apikey|key|(?:access_|auth_)?token|subscription-key)=)[^&#;\s\"'<>)\]]*"
)
_MOST_URL = 4_000


def safe_link(url: str, base: str = "") -> str:
    """The absolute http(s) form of ``url`` resolved against ``base``, or an empty string."""
    candidate = "".join(ch for ch in url.strip() if ch > " " and ch != "\x7f")
    if not candidate or len(candidate) > _MOST_URL:
        return ""
    try:
        absolute = urljoin(base, candidate) if base else candidate
        parts = urlsplit(absolute)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "\\" in absolute:
        return ""
    if any(ch in host for ch in "<>\"'`{}|^%"):
        return ""
    if parts.username is not None or parts.password is not None:
        return ""
    return _safe_characters(absolute)


def _safe_characters(url: str) -> str:
    """Markup cannot hide in an address: the characters no address holds are percent-encoded."""
    for char, code in (("<", "%3C"), (">", "%3E"), ('"', "%22"), ("`", "%60")):
        url = url.replace(char, code)
    return url


def clean_link(url: str) -> str:
    """A safe link to the same page without what only tells who sent the reader.

    Known redirect links are unwrapped where the target stands in the query (Google Alerts, Bing News):
    no request is made. Everything that may choose the page (path, other parameters, their order) stays.
    """
    link = safe_link(_unwrapped(url))
    if not link:
        return safe_link(url)
    parts = urlsplit(link)
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    scheme = parts.scheme.lower()
    if parts.port and parts.port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{parts.port}"
    kept = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair, host)]
    fragment = parts.fragment if parts.fragment.startswith(_FRAGMENT_KEPT) else ""
    return urlunsplit((scheme, host, parts.path or "/", "&".join(kept), fragment))


def canonical_link(url: str) -> str:
    """A key to compare links by, not an address to open: no AMP, ``m.``, ``www.``, last slash either."""
    link = clean_link(url)
    if not link:
        return ""
    parts = urlsplit(link)
    host = parts.netloc
    for start in ("www.", "m.", "mobile.", "amp."):
        if host.startswith(start) and host.count(".") > 1:
            host = host.removeprefix(start)
            break
    path = re.sub(r"(?:/amp|\.amp)?/*$", "", parts.path)
    kept = [pair for pair in parts.query.split("&") if pair and pair.lower() not in ("amp", "amp=1", "outputtype=amp")]
    return urlunsplit(("https", host, path or "/", "&".join(sorted(kept)), parts.fragment))


def redact(text: str) -> str:
    """``text`` with the values of query parameters that carry keys replaced."""
    return _SECRET.sub(r"\1REDACTED", text)


def _is_tracking(pair: str, host: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name).lower()
    if name in _TRACKING or name.startswith(_TRACKING_STARTS):
        return True
    if name in ("source", "from", "ref"):
        value = unquote(value).lower()
        return value in ("rss", "feed", "atom", "feedburner") or (name == "ref" and value.startswith(host))
    return name in ("rss", "feed") and value in ("", "1")


def _unwrapped(url: str) -> str:
    link = safe_link(url)
    if not link:
        return ""
    parts = urlsplit(link)
    host = (parts.hostname or "").lower()
    wanted: tuple[str, ...] = ()
    if re.fullmatch(r"(www\.)?google\.[a-z.]{2,6}", host) and parts.path == "/url":
        wanted = ("url", "q")
    elif host.endswith("bing.com") and parts.path.lower() == "/news/apiclick.aspx":
        wanted = ("url",)
    if wanted:
        try:
            values = parse_qs(parts.query, max_num_fields=100)
        except ValueError:
            return link
        for name in wanted:
            target = safe_link(values.get(name, [""])[0])
            if target:
                return target
    return link
