"""Two items about one happening are one event with two sources; and it can be taken back."""

from __future__ import annotations

import random
from datetime import date

from data.joining import Decisions, DossierTelling, EventTelling, Join, join_dossiers, join_events


def dossier(name: str, *identifiers: tuple[str, str], origin: str = "official", place: str = "fr") -> DossierTelling:
    return DossierTelling(name, origin, place, frozenset(identifiers))


def event(name: str, origin: str = "text", **values: object) -> EventTelling:
    day = values.pop("day", date(2026, 1, 12))
    end = values.pop("end", day)
    facts = {
        "teller": name,
        "dossier_id": "",
        "type": "investigation_opened",
        "outcome": "",
        "start": day,
        "end": end,
        "actors": frozenset({"uk-ofcom", "org-x"}),
        "authorities": frozenset({"uk-ofcom"}),
        **values,
    }
    return EventTelling(name, origin, **facts)  # type: ignore[arg-type]


def test_one_bill_from_two_chambers_is_one_dossier():
    found = join_dossiers(
        [
            dossier("fr-senat-pjl22-593", ("fr.senat.dossier", "pjl22-593")),
            dossier("fr-assemblee-dlr", ("fr.an.dossier", "DLR5L16N47884"), ("fr.senat.dossier", "pjl22-593")),
            dossier("fr-sren", ("fr.an.dossier", "DLR5L16N47884"), origin="curated"),
        ]
    )
    assert {(one.member, one.root) for one in found} == {
        ("fr-senat-pjl22-593", "fr-sren"),
        ("fr-assemblee-dlr", "fr-sren"),
    }


def test_a_free_case_number_joins_only_inside_its_country():
    assert not join_dossiers(
        [dossier("a", ("case", "25.190"), place="ch"), dossier("b", ("case", "25.190"), place="de")]
    )


def test_a_notice_and_six_articles_are_one_event_named_by_the_official_source():
    articles = [event(f"article-{n}") for n in range(6)]
    notice = event("ofcom-notice", "official", teller="uk-ofcom")
    found = join_events([*articles, notice])
    assert {one.root for one in found} == {"ofcom-notice"}
    assert len(found) == 6


def test_order_of_collection_does_not_matter():
    told = [
        event("b"),
        event("a", day=date(2026, 1, 13)),
        event("c", "official", teller="s"),
        event("d", type="statement"),
    ]
    expected = join_events(told)
    for seed in range(20):
        random.Random(seed).shuffle(told)
        assert join_events(told) == expected


def test_one_source_never_tells_one_happening_twice():
    assert not join_events([event("a", "official", teller="s"), event("b", "official", teller="s")])


def test_a_shared_target_alone_proves_nothing():
    commission = event("b", actors=frozenset({"eu-commission", "org-x"}), authorities=frozenset({"eu-commission"}))
    assert not join_events([event("a"), commission])


def test_two_shared_actors_join_where_one_of_the_two_names_no_authority():
    curated = event("b", "curated", type="referral", actors=frozenset({"fr-a", "fr-b"}), authorities=frozenset())
    told = {"fr-a", "fr-b", "fr-parquet-paris"}
    text = event("a", type="referral", actors=frozenset(told), authorities=frozenset({"fr-parquet-paris"}))
    assert join_events([text, curated]) == [Join("a", "b", "same type, day and actors")]
    alone = event("a", type="referral", actors=frozenset({"fr-a", "x"}), authorities=frozenset({"x"}))
    assert not join_events([alone, curated])


def test_two_statements_need_two_shared_actors():
    alone = {"type": "statement", "actors": frozenset({"fr-minister"}), "authorities": frozenset()}
    assert not join_events([event("a", **alone), event("b", **alone)])


def test_different_dossiers_never_join():
    assert not join_events([event("a", dossier_id="x"), event("b", dossier_id="y")])


def test_signed_and_published_are_one_promulgation():
    facts = {"type": "law_signed", "dossier_id": "fr-sren", "actors": frozenset(), "authorities": frozenset()}
    found = join_events(
        [
            event("curated", "curated", day=date(2024, 5, 21), **facts),
            event("jo", "official", day=date(2024, 5, 22), **facts),
        ]
    )
    assert found == [Join("jo", "curated", "same dossier, type and day")]


def test_two_readings_on_following_days_stay_two():
    facts = {"type": "bill_reading", "dossier_id": "fr-sren", "actors": frozenset(), "authorities": frozenset()}
    assert not join_events(
        [event("a", "official", day=date(2023, 7, 4), **facts), event("b", "curated", day=date(2023, 7, 5), **facts)]
    )


def test_a_month_joins_the_only_day_inside_it():
    facts = {"type": "bill_adopted", "dossier_id": "d", "actors": frozenset(), "authorities": frozenset()}
    month = event("month", "curated", day=date(2019, 3, 1), end=date(2019, 3, 31), **facts)
    assert join_events([month, event("day", "official", day=date(2019, 3, 18), **facts)])


def test_adopted_and_rejected_on_one_day_stay_two():
    facts = {"type": "amendment_decided", "dossier_id": "d"}
    assert not join_events(
        [event("a", "official", outcome="adopted", **facts), event("b", outcome="rejected", **facts)]
    )


def test_a_split_keeps_a_pair_apart_and_a_merge_puts_it_together():
    pair = frozenset({"a", "b"})
    assert join_events([event("a"), event("b")])
    assert not join_events([event("a"), event("b")], Decisions(split=frozenset({pair})))
    strangers = [event("a"), event("b", day=date(2026, 3, 1))]
    assert join_events(strangers, Decisions(merged=frozenset({pair}))) == [Join("b", "a", "decision")]


JANUARY = {"day": date(2026, 1, 1), "end": date(2026, 1, 31)}
MINISTERS = frozenset({"lescure", "le-henanff", "berge"})
REFERRAL = {"type": "referral", "authorities": frozenset(), "actors": MINISTERS | {"org-x"}, "doers": MINISTERS}


def test_a_deed_known_to_the_month_is_the_only_one_that_the_same_two_did_in_it():
    reviewed = event("reviewed", "curated", day=date(2026, 1, 2), dossier_id="grok", **REFERRAL)
    article = event("article", **JANUARY, **REFERRAL)
    for order in ([reviewed, article], [article, reviewed]):
        assert join_events(order) == [Join("article", "reviewed", "same type, month and doers")]


def test_one_day_told_after_a_month_is_the_same_deed():
    vague, exact = event("a-vague", **JANUARY, **REFERRAL), event("exact", day=date(2026, 1, 2), **REFERRAL)
    assert join_events([exact, vague]) == [Join("exact", "a-vague", "same type, month and doers")]


def test_a_month_joins_nothing_that_others_did_or_that_was_done_twice():
    reviewed = event("reviewed", "curated", day=date(2026, 1, 2), **REFERRAL)
    deputies = frozenset({"bothorel", "delaporte", "org-x"})
    others = event("others", **JANUARY, **{**REFERRAL, "actors": deputies, "doers": deputies - {"org-x"}})
    one_of_them = event("one", **JANUARY, **{**REFERRAL, "doers": frozenset({"berge"})})
    other_month = event("february", day=date(2026, 2, 1), end=date(2026, 2, 28), **REFERRAL)
    other_type = event("study", **JANUARY, **{**REFERRAL, "type": "study_published"})
    spoken = [event("said", "curated", day=date(2026, 1, 2), **{**REFERRAL, "type": "other"}),
              event("said-again", **JANUARY, **{**REFERRAL, "type": "other"})]  # fmt: skip
    assert join_events([reviewed, others, one_of_them, other_month, other_type, *spoken]) == []
    again = event("again", "curated", day=date(2026, 1, 20), **REFERRAL)
    assert join_events([reviewed, again, event("article", **JANUARY, **REFERRAL)]) == []
    elsewhere = event("elsewhere", "official", dossier_id="other", **JANUARY, **REFERRAL)
    assert join_events([event("grok", "curated", day=date(2026, 1, 2), dossier_id="grok", **REFERRAL), elsewhere]) == []


def test_a_split_keeps_the_deed_of_a_month_apart():
    pair = [event("reviewed", "curated", day=date(2026, 1, 2), **REFERRAL), event("article", **JANUARY, **REFERRAL)]
    assert join_events(pair, Decisions(split=frozenset({frozenset({"reviewed", "article"})}))) == []
