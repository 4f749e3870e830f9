"""Cited law in words: no reader is shown the reference as the tables hold it."""

from __future__ import annotations

import pytest

from data.legal_names import name
from data.reference import load_reference


@pytest.mark.parametrize(
    ("reference", "english", "french"),
    [
        ("fr:code-penal:226-8-1", "Code pénal, art. 226-8-1", "Code pénal, art. 226-8-1"),
        ("fr:code-electoral:L163-2", "Code électoral, art. L. 163-2", "Code électoral, art. L. 163-2"),
        ("eu:reg:2024/1689:50(4)", "Regulation (EU) 2024/1689, art. 50 (4)", "Règlement (UE) 2024/1689, art. 50 (4)"),
        ("de:stgb:201a", "§ 201a StGB", "§ 201a StGB"),
        ("uk:act:online-safety-act-2023:188", "Online Safety Act 2023, s. 188", "Online Safety Act 2023, art. 188"),
        ("us:usc:47:230", "47 U.S.C. § 230", "47 U.S.C. § 230"),
        ("us:bill:hr8915", "H.R. 8915", "H.R. 8915"),
        ("us-ca:bill:sb942", "SB 942 (California)", "SB 942 (Californie)"),
        ("ca:bill:c-63", "Bill C-63", "Projet de loi C-63"),
    ],
)
def test_a_reference_is_written_as_people_write_it(reference: str, english: str, french: str):
    assert (name(reference, "en"), name(reference, "fr")) == (english, french)


@pytest.mark.parametrize(
    "reference", ["us:bill:zz1", "xx:act:some-act", "eu:dir:93/13", "fr:bill:675", "](https://evil.example)"]
)
def test_what_nothing_tells_stays_as_it_is(reference: str):
    assert name(reference, "en") == name(reference, "fr") == reference


def test_every_law_of_the_baseline_has_a_name():
    cited = {reference for one in load_reference().milestones for reference in one.legal_references}
    assert len(cited) > 50
    assert {one for one in cited if name(one, "en") == one or name(one, "fr") == one} == set()
