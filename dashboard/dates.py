"""Dates as each language writes them, never finer than they are known and never shifted by a time zone."""

from __future__ import annotations

from dashboard.i18n import t
from data.rows import TimelineEvent


def show_date(iso: str, lang: str) -> str:
    """A partial ISO date (``2026``, ``2026-01``, ``2026-01-26``) or an interval ``a/b`` in words."""
    if not iso:
        return ""
    first, slash, second = iso.partition("/")
    if slash:
        return _interval(first, second, lang)
    parts = [int(part) for part in first[:10].split("-")]
    if len(parts) == 1:
        return str(parts[0])
    month = t(f"month.{parts[1]}", lang)
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return f"{_day(parts[2], lang)} {month} {parts[0]}"


def _interval(first: str, second: str, lang: str) -> str:
    """From one day to another; the month and the year they share are told once."""
    same = next(
        (length for length in (7, 4) if len(first) == len(second) == 10 and first[:length] == second[:length]), 0
    )
    begins = show_date(first, lang)
    if same == 7:
        return f"{_day(int(first[8:]), lang)}–{show_date(second, lang)}"
    if same == 4:
        begins = begins.removesuffix(first[:4]).rstrip()
    return f"{begins} – {show_date(second, lang)}"


def show_when(event: TimelineEvent, lang: str) -> str:
    """The date of an event in words, with the precision it was given."""
    year, month = event.date_start[:4], int(event.date_start[5:7])
    if event.precision == "quarter":
        return t("date.quarter", lang, n=(month + 2) // 3, year=year)
    if event.precision == "half":
        return t("date.half1" if month < 7 else "date.half2", lang, year=year)
    return show_date(event.date, lang)


def show_instant(instant: str, lang: str) -> str:
    """A UTC instant to the minute, marked as UTC; a word when there is none."""
    return f"{show_date(instant[:10], lang)} {instant[11:16]} UTC" if instant else t("never", lang)


def _day(day: int, lang: str) -> str:
    return t("writing.first_day", lang) if day == 1 else str(day)
