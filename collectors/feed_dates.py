"""What the date string of a feed means, as far as it can be known; never more.

The ladder: RFC 822 and RFC 3339 and their usual damage, read strictly; month names of the languages we
follow; ``dateparser`` for a string that holds a full date in the feed's own language; nothing. The values
feedparser offers are not used: it ignores zone names, takes an unzoned time for UTC and makes a date of
``2026/6/29`` that depends on the month of the run.

A date without a time stays a date. A time without a zone is an instant only when the source declares its
time zone. Instants before 1995 or more than 48 hours after the fetch are refused: the raw string stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EARLIEST = date(1995, 1, 1)
_AHEAD = timedelta(hours=48)
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Published:
    """A feed's date as said and as resolved. ``quality`` as in :class:`data.models.ItemRecord`."""

    said: str = ""
    on: date | None = None
    at: str = ""
    quality: str = "unknown"


@dataclass(frozen=True, slots=True)
class _Read:
    """A string read: a date, perhaps a time, perhaps a zone; ``loose`` when a rule had to interpret it."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    loose: bool = False


_HOURS = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "met": 1,
    "cest": 2, "mesz": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6,
    "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_ENGLISH = (
    ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
    ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
    ("dec", "december"),
)  # fmt: skip
_OTHERS = (
    ("janv", "janvier", "januar", "jänner", "jän", "gennaio", "gen", "enero", "ene", "januari", "janeiro"),
    ("févr", "fév", "fevr", "février", "februar", "febbraio", "febrero", "februari", "fevereiro", "fev"),
    ("mars", "märz", "mär", "mrz", "maerz", "marzo", "marts", "maart", "mrt", "março"),
    ("avr", "avril", "aprile", "abril", "abr"),
    ("mai", "maggio", "mag", "mayo", "maj", "mei", "maio"),
    ("juin", "juni", "giugno", "giu", "junio", "junho"),
    ("juil", "juillet", "juli", "luglio", "lug", "julio", "julho"),
    ("août", "aout", "agosto", "ago", "augustus"),
    ("septembre", "settembre", "set", "septiembre", "setembro"),
    ("octobre", "oktober", "okt", "ottobre", "ott", "octubre", "outubro", "out"),
    ("novembre", "noviembre", "novembro"),
    ("déc", "décembre", "dez", "dezember", "dicembre", "dic", "diciembre", "dezembro"),
)
_MONTHS = {name: (number, False) for number, names in enumerate(_ENGLISH, 1) for name in names}
_MONTHS |= {name: (number, True) for number, names in enumerate(_OTHERS, 1) for name in names}
_DAY_FIRST = {"fr", "de", "it", "es", "da", "nl", "pt"}
_DAY_FIRST_COUNTRIES = {"uk", "gb", "ie", "fr", "de", "ch", "at", "be", "it", "es", "dk", "lu", "nl", "pt"}

_CLOCK = r"(?P<h>\d{1,2})[:h](?P<mi>\d{1,2})(?::(?P<s>\d{1,2})(?:[.,]\d+)?)?\s*(?P<ap>[ap]\.?m\.?)?"
_ZONE = r"(?P<z>Z|[+-]\d{1,2}(?::?\d{2})?|(?:GMT|UTC)\s*[+-]\s*\d{1,2}(?::?\d{2})?|\(?[A-Za-z]{1,5}\)?)?"
_TAIL = rf"(?:[\sT,]+(?:at |à |um |ore |kl\.? )?{_CLOCK}\s*{_ZONE}(?:\s*\([^)]*\))?)?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?(?:\s*,\s*|\s+))?"
_ISO = re.compile(
    r"(?P<y>\d{4})(?:(?P<sep>[-/.])(?=\d{1,2}(?P=sep))|(?=\d{4}(?!\d)))(?P<m>\d{1,2})[-/.]?(?P<d>\d{1,2})"
    r"(?:(?:T|\s+|T\s)(?P<h>\d{1,2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2})(?:[.,]\d+)?)?\s*"
    rf"{_ZONE})?(?P<ap>)",
    re.I,
)
_NAMED = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:er|\.|º|st|nd|rd|th)?[\s-]+(?:de\s+)?(?P<m>[^\W\d_]{{3,10}})"
    rf"\.?,?[\s-]+(?:del?\s+)?(?P<y>\d{{4}}|\d{{2}})\b{_TAIL}",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<m>[A-Za-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<y>\d{{4}})\b{_TAIL}",
    re.I,
)
_CTIME = re.compile(rf"{_WEEKDAY}(?P<m>[A-Za-z]{{3}})\s+(?P<d>\d{{1,2}})\s+{_CLOCK}\s+{_ZONE}\s*(?P<y>\d{{4}})", re.I)
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}})\b{_TAIL}", re.I)
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_FULL_DATE = re.compile(r"(?=.*\b\d{1,2}\b)(?=.*\b(?:19|20)\d{2}\b)(?=.*[^\W\d_]{3})", re.S)


def resolve(said: str, fetched_at: str, *, lang: str = "", timezone_name: str = "", country: str = "") -> Published:
    """Resolve one date string. ``lang`` is the feed's language, ``country`` the source's jurisdiction."""
    said = " ".join(said.split())[:_LONGEST]
    if not said:
        return Published()
    read = _read(said, lang, country)
    if read is None:
        return Published(said)
    zone = _zone(timezone_name)
    limit = _instant(fetched_at) + _AHEAD
    if read.clock is None:
        if not _EARLIEST <= read.day <= limit.date():
            return Published(said)
        return Published(said, read.day, "", "parsed" if read.loose else "date")
    assumed = read.zone is None
    used = read.zone or zone
    if used is None:  # a time of an unknown place: only its date can be kept
        if not _EARLIEST <= read.day <= limit.date():
            return Published(said)
        return Published(said, read.day, "", "parsed" if read.loose else "date")
    try:
        moment = datetime.combine(read.day, read.clock, used).astimezone(UTC)
    except (OverflowError, ValueError):
        return Published(said)
    if moment.date() < _EARLIEST or moment > limit:
        return Published(said)
    quality = "parsed" if read.loose else "assumed_zone" if assumed else "exact"
    return Published(said, _local_day(read, moment, zone), moment.strftime("%Y-%m-%dT%H:%M:%SZ"), quality)


def _local_day(read: _Read, moment: datetime, zone: ZoneInfo | None) -> date:
    """The calendar day meant. A stamp in UTC is a machine's: its day is that of the source's own zone.

    Midnight UTC is left alone: it is how feeds write a date that has no time.
    """
    in_utc = read.zone is not None and read.zone.utcoffset(None) == timedelta(0)
    if zone is not None and in_utc and read.clock not in (None, time(0, 0)):
        return moment.astimezone(zone).date()
    return read.day


@lru_cache(maxsize=4096)
def _read(said: str, lang: str, country: str) -> _Read | None:
    epoch = _EPOCH.fullmatch(said)
    if epoch:
        moment = datetime.fromtimestamp(int(epoch.group(1)), UTC)
        return _Read(moment.date(), moment.time(), UTC, loose=True)
    for pattern in (_ISO, _NAMED, _MONTH_FIRST, _CTIME):
        match = pattern.fullmatch(said)
        if match:
            return _from_match(match, match.group("m"), match.group("d"), loose=False)
    match = _NUMERIC.fullmatch(said)
    if match:
        return _numeric(match, lang, country)
    return _by_dateparser(said, lang)


def _from_match(match: re.Match[str], month: str, day: str, *, loose: bool) -> _Read | None:
    if month.isdigit():
        number = int(month)
    else:
        number, foreign = _MONTHS.get(month.lower(), (0, False))
        loose = loose or foreign
    year = int(match.group("y"))
    if len(match.group("y")) == 2:  # RFC 822; RFC 5322 §4.3 says how to widen it
        year += 2000 if year < 50 else 1900
    try:
        on = date(year, number, int(day))
    except ValueError:
        return None
    if match.group("h") is None:
        return _Read(on, loose=loose)
    hour, minute, second = (int(match.group(name) or 0) for name in ("h", "mi", "s"))
    half = (match.group("ap") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        clock = time(hour, minute, min(second, 59) if second <= 60 else second)
    except ValueError:
        return _Read(on, loose=loose)  # 24:00 and the like: the date stands, the time does not
    return _Read(on, clock, _offset(match.group("z") or ""), loose)


def _numeric(match: re.Match[str], lang: str, country: str) -> _Read | None:
    """``12/01/2026``: day or month first by the habit of the language; in English by the country."""
    first, second = match.group("a"), match.group("b")
    if match.group("sep") == "." or lang in _DAY_FIRST or (lang == "en" and country in _DAY_FIRST_COUNTRIES):
        day, month = first, second
    elif lang == "en" and country == "us":
        day, month = second, first
    elif int(first) > 12:
        day, month = first, second
    elif int(second) > 12:
        day, month = second, first
    else:
        return None
    return _from_match(match, month, day, loose=True)


def _offset(text: str) -> tzinfo | None:
    """The zone of a numeric offset or of a zone name that means one offset; None for none or any other."""
    text = text.strip("() ").lower().replace(" ", "")
    if text in _HOURS:
        return timezone(timedelta(hours=_HOURS[text]))
    match = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?", text)
    if match is None:
        return None
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    if minutes > 14 * 60 or int(match.group(3) or 0) > 59:
        return None
    return timezone(timedelta(minutes=-minutes if match.group(1) == "-" else minutes))


def _by_dateparser(said: str, lang: str) -> _Read | None:
    """Only for a string that holds a whole date: never "yesterday", never a missing year made up."""
    if not lang or not _FULL_DATE.match(said) or len(said) > 60:
        return None
    import dateparser  # late: it takes a third of a second to load and few feeds need it

    try:
        found = dateparser.parse(
            said,
            languages=[lang],
            settings={
                "STRICT_PARSING": True,
                "PARSERS": ["absolute-time"],
                "RETURN_AS_TIMEZONE_AWARE": False,
                "TIMEZONE": "UTC",
                "NORMALIZE": True,
            },
        )
    except Exception:  # any string at all may come in, and its parsers raise many kinds
        return None
    if found is None:
        return None
    has_clock = re.search(r"\d[:h.]\d{2}", said) is not None
    clock = found.time().replace(microsecond=0) if has_clock else None
    return _Read(found.date(), clock if found.tzinfo else None, found.tzinfo, loose=True)


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
