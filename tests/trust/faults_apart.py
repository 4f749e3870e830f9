"""How a publisher's page breaks without a word of it: what is shown instead of what should be, from a day on."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from data.models import ItemRecord
from tests.trust.publishers_apart import WORDS, Publisher

Page = list[ItemRecord]
Fault = Callable[[Page, datetime], Page]


def _share(one: ItemRecord) -> float:
    """A number from 0 to 1 of its own for each entry, the same at each visit."""
    return crc32(one.external_id.encode()) % 1000 / 1000


def _each(change: Callable[[ItemRecord], ItemRecord]) -> Fault:
    """Every entry changed the same way at each visit; done once for each, since pages repeat themselves."""
    done: dict[tuple[str, str], ItemRecord] = {}

    def shown(page: Page, _now: datetime) -> Page:
        for one in page:
            if (one.external_id, one.title) not in done:
                done[one.external_id, one.title] = change(one)
        return [done[one.external_id, one.title] for one in page]

    return shown


def same_page(at: Publisher, began: datetime) -> Fault:
    """A cache that is never renewed."""
    frozen = at.page(began)
    return lambda _page, _now: frozen


def empty_list(_at: Publisher, _began: datetime) -> Fault:
    """A well-formed answer with nothing in it."""
    return lambda _page, _now: []


def half(at: Publisher, _began: datetime) -> Fault:
    """Every other entry gone, or the list cut in its middle."""
    if at.chance.random() < 0.5:
        return lambda page, _now: page[: len(page) // 2]
    return lambda page, _now: [one for one in page if _share(one) < 0.5]


def _without(name: str, one: ItemRecord) -> ItemRecord:
    match name:
        case "date":
            return replace(one, published_on=None)
        case "authors":
            return replace(one, authors=())
        case "summary":
            return replace(one, summary="")
        case _:
            return replace(one, text="")


def _field(at: Publisher) -> str:
    return at.chance.choice([name for name, share in at.fills.items() if share >= 0.3])


def field_gone(at: Publisher, _began: datetime) -> Fault:
    """A field renamed: nothing of it is read any more."""
    name = _field(at)
    return _each(lambda one: _without(name, one))


def field_mostly_gone(at: Publisher, _began: datetime) -> Fault:
    """A field that most entries have lost."""
    name, left = _field(at), at.chance.uniform(0.05, 0.2)
    return _each(lambda one: one if _share(one) < left else _without(name, one))


def dates_stuck(at: Publisher, began: datetime) -> Fault:
    """Each new entry, or each at all, carries the day on which it broke, or the first day of the system's time."""
    day = at.chance.choice((began.date(), began.date(), began.date().replace(year=1970, month=1, day=1)))
    if at.chance.random() < 0.5:
        return _each(lambda one: replace(one, published_on=day))
    old = {one.external_id for one in at.page(began)}
    return _each(lambda one: one if one.external_id in old else replace(one, published_on=day))


def links_broken(at: Publisher, _began: datetime) -> Fault:
    """Links that are empty, all the same, or point to a machine of the publisher's own."""
    how = at.chance.choice(("empty", "home", "host"))

    def shown(page: Page, _now: datetime) -> Page:
        found = []
        for one in page:
            url = {"empty": "", "home": "https://www.example.org/"}.get(how) if how != "host" else None
            url = one.url.replace("www.example.org", "cms-7.internal.example") if url is None else url
            if not at.by_link:
                found.append(replace(one, url=url))
            elif url:  # without a guid an entry is known by its link
                found.append(replace(one, url=url, external_id=url))
        return found

    return shown


def teasers(at: Publisher, _began: datetime) -> Fault:
    """Whole texts, or summaries, that have become a line and an ellipsis."""

    def short(one: ItemRecord) -> ItemRecord:
        text, summary = one.text, one.summary
        if at.fills["text"]:
            return replace(one, text=f"{text[:140]}…" if text else "")
        return replace(one, summary=f"{summary[:45]}…" if summary else "")

    return _each(short)


def other_language(at: Publisher, _began: datetime) -> Fault:
    """The same list in another language of the publisher; each entry under an address of its own there or not."""
    lang = at.chance.choice([one for one in WORDS if one != at.lang])
    moved = at.chance.random() < 0.5

    def turned(one: ItemRecord) -> ItemRecord:
        chance = random.Random(one.external_id)
        said = {
            name: " ".join(chance.choices(WORDS[lang].split(), k=len(value.split()))) if value else ""
            for name, value in (("title", one.title), ("summary", one.summary), ("text", one.text))
        }
        url = one.url.replace("example.org/", f"example.org/{lang}/") if moved else one.url
        name = url if at.by_link else one.external_id
        return replace(one, lang=lang if chance.random() > 0.03 else "", url=url, external_id=name, **said)

    return _each(turned)


def home_page(at: Publisher, began: datetime) -> Fault:
    """A list of links taken for the list: those of the home page, without dates; now and then one is new."""
    links = [_bare(at, began, n) for n in range(at.chance.randint(3, 12))]

    def shown(_page: Page, now: datetime) -> Page:
        return [*links, *(_bare(at, began, 100 + n) for n in range((now - began) // timedelta(10)))][-len(links) :]

    return shown


def _bare(at: Publisher, began: datetime, number: int) -> ItemRecord:
    url = f"https://www.example.org/home/{began:%j}{number}"
    title = " ".join(random.Random(number).choices(WORDS[at.lang].split(), k=4))
    return ItemRecord(url, "article", title, url, "fr", lang=at.lang)


def template(at: Publisher, began: datetime) -> Fault:
    """A page that was put up unfinished: one entry, perhaps dated."""
    day = at.chance.choice((began.date(), None))
    url = "https://www.example.org/sample"
    one = ItemRecord(url, "article", "Title of the entry", url, "fr", summary="Lorem ipsum", published_on=day)
    return lambda _page, _now: [one]


def garbled(at: Publisher, _began: datetime) -> Fault:
    """Letters beyond ASCII read in a wrong encoding, or lost."""
    lost = at.chance.random() < 0.5

    def wrong(text: str) -> str:
        if lost:
            return text.encode("ascii", "replace").decode().replace("?", "\ufffd")
        return text.encode().decode("cp1252", "replace")

    return _each(lambda one: replace(one, title=wrong(one.title), summary=wrong(one.summary), text=wrong(one.text)))


def other_section(at: Publisher, _began: datetime) -> Fault:
    """Another list of the same site: as fresh, as full, of something else. Its addresses show it if sections do."""
    other = Publisher(at.habit, random.Random(at.chance.random()))
    other.lang, other.size, other.fills, other.by_link = at.lang, at.size, at.fills, at.by_link
    other.backlog()
    path = "/sport/" if at.section != "/" else "/"

    def moved(one: ItemRecord) -> ItemRecord:
        url = one.url.replace(f"example.org{other.section}", f"example.org{path}").replace("-", "-9", 1)
        title = " ".join(random.Random(url).choices(WORDS[at.lang].split(), k=len(one.title.split())))
        return replace(
            one, url=url, title=title.capitalize(), external_id=url if at.by_link else f"other-{one.external_id}"
        )

    changed = _each(moved)
    return lambda _page, now: changed(other.page(now), now)


#: by name; those that only time can show are counted in the interval at which something new is expected
FAULTS: dict[str, Callable[[Publisher, datetime], Fault]] = {
    "same page": same_page,
    "empty list": empty_list,
    "half of the entries": half,
    "field gone": field_gone,
    "field mostly gone": field_mostly_gone,
    "dates stuck": dates_stuck,
    "links broken": links_broken,
    "teasers": teasers,
    "other language": other_language,
    "home page": home_page,
    "template": template,
    "garbled": garbled,
    "other section": other_section,
}
IN_TIME = ("same page", "dates stuck")


def possible(at: Publisher, how: str) -> bool:
    """Whether the fault changes anything of this publisher at all."""
    if how in ("field gone", "field mostly gone"):
        return any(share >= 0.3 for share in at.fills.values())
    if how == "dates stuck":
        return at.fills["date"] > 0
    return how != "teasers" or max(at.fills["text"], at.fills["summary"]) > 0
