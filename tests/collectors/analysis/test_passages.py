"""Short passages as news and notices tell of public facts, in the six languages: what is read in each, whole.

Events as ``date type``, the listed actors of the passage, its law and its positions. No passage is copied.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from collectors.analysis.reader import Reader
from tests.collectors.analysis.conftest import document


@dataclass(frozen=True)
class Passage:
    lang: str
    published: str
    title: str
    text: str
    events: tuple[str, ...]
    actors: tuple[str, ...]
    law: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    kind: str = "news"


PASSAGES = [
    Passage(
        "en", "2025-05-20", "Trump signs law on intimate images",
        "President Donald Trump signed the Take It Down Act on Monday, making it a crime to publish nonconsensual "
        "intimate imagery, deepfakes included. It passed the House on April 28 by 409 votes to 2. The Electronic "
        "Frontier Foundation criticized the measure. Platforms have until May 19, 2026 to set up a removal process.",
        ("2025-05-19 law_signed", "2025-04-28 bill_adopted", "2026-05-19 deadline"),
        ("us-donald-trump", "us-house", "ngo-eff"), ("us:pl:119-12",), ("ngo-eff criticises",),
    ),
    Passage(
        "en", "2025-05-19", "TAKE IT DOWN Act",
        "Introduced in Senate January 16, 2025. Sponsor: Sen. Ted Cruz. Passed Senate February 13, 2025 by unanimous "
        "consent. Passed House April 28, 2025, 409 - 2. The bill concerns nonconsensual intimate deepfakes.",
        ("2025-01-16 bill_tabled", "2025-02-13 bill_adopted", "2025-04-28 bill_adopted"),
        ("us-senate", "us-ted-cruz", "us-house"), kind="bill_summary",
    ),
    Passage(
        "en", "2026-01-12", "Ofcom investigates X over Grok images",
        "Ofcom contacted X on Monday 5 January over sexualised deepfakes made with Grok and set a deadline of Friday "
        "9 January. It can impose fines of up to £18 million or 10% of qualifying worldwide revenue.",
        ("2026-01-05 regulator_contact", "2026-01-09 deadline"),
        ("uk-ofcom", "org-x", "product-grok"),
    ),
    Passage(
        "en", "2026-01-26", "EU opens case against X over Grok",
        "The European Commission on Monday opened formal proceedings against X under the Digital Services Act over "
        "deepfakes made by Grok. In December 2025 it fined X 120 million euros.",
        ("2026-01-26 investigation_opened", "2025-12 fine_sanction"),
        ("eu-commission", "org-x", "product-grok"), ("eu:reg:2022/2065",),
    ),
    Passage(
        "en", "2026-01-14", "Senate passes DEFIANCE Act",
        "The Senate on Tuesday passed by unanimous consent the DEFIANCE Act, which would let victims of sexually "
        "explicit deepfakes sue. Sen. Dick Durbin, D-Ill., had sponsored the bill.",
        ("2026-01-13 bill_adopted",), ("us-senate", "us-richard-j-durbin"), ("us:act:defiance-act",),
    ),
    Passage(
        "en", "2026-02-17", "Inquiry into Grok in Ireland",
        "Ireland's Data Protection Commission said on Tuesday it had opened an inquiry into X over sexualised images "
        "made by Grok. California Attorney General Rob Bonta sent xAI a cease-and-desist letter on January 16. "
        "Indonesia blocked access to Grok in January.",
        ("2026-02-17 investigation_opened", "2026-01-16 fine_sanction", "2026-01 fine_sanction"),
        ("ie-dpc", "org-x", "product-grok", "us-ca-rob-bonta", "org-xai"),
    ),
    Passage(
        "en", "2025-07-11", "AI abuse videos",
        "The Internet Watch Foundation said on Friday that it had verified 1,286 AI videos of child sexual abuse in "
        "the first six months of 2025. The Crime and Policing Bill was introduced in the House of Commons on "
        "25 February.",
        ("2025-01-01/2025-06-30 statistic", "2025-02-25 bill_tabled"),
        ("ngo-iwf", "uk-commons"), ("uk:bill:crime-and-policing-bill",),
    ),
    Passage(
        "fr", "2026-01-05", "Grok : l'enquête du parquet de Paris élargie",
        "Le parquet de Paris a élargi le 2 janvier l'enquête sur X aux hypertrucages à caractère sexuel générés par "
        "Grok. Le délit prévu à l'article 226-8-1 du code pénal est puni de deux ans d'emprisonnement. La "
        "Haute-commissaire à l'enfance, Sarah El Haïry, s'est dite « scandalisée ».",
        ("2026-01-02 investigation_opened", "2026-01 statement"),
        ("fr-parquet-paris", "org-x", "product-grok", "fr-sarah-el-hairy"),
        ("fr:code-penal:226-8-1",), ("fr-sarah-el-hairy criticises",),
    ),
    Passage(
        "fr", "2024-05-22", "La loi SREN promulguée",
        "La loi n° 2024-449 du 21 mai 2024 a créé un article 226-8-1 dans le code pénal contre les hypertrucages à "
        "caractère sexuel. L'Assemblée nationale avait adopté le texte le 10 avril.",
        ("2024-05-21 law_signed", "2024-04-10 bill_adopted"),
        ("fr-an",), ("fr:loi:2024-449", "fr:code-penal:226-8-1"),
    ),
    Passage(
        "de", "2025-07-11", "Bundesrat beschließt Entwurf gegen Deepfakes",
        "Der Bundesrat hat am Freitag beschlossen, den Gesetzentwurf gegen Deepfakes erneut in den Bundestag "
        "einzubringen. Ein neuer § 201b soll ins Strafgesetzbuch eingefügt werden. Die Bundesrechtsanwaltskammer "
        "lehnte den Entwurf bereits 2024 ab.",
        ("2025-07-11 bill_adopted", "2024 statement"),
        ("de-bundesrat", "de-bundestag", "ngo-brak"), ("de:stgb:201b",), ("ngo-brak opposes",),
    ),
    Passage(
        "de", "2025-03-06", "Ständerat nimmt Motion zu Deepfakes an",
        "Der Ständerat hat am Donnerstag eine Motion angenommen, die Schutz vor Deepfakes verlangt. Art. 179decies "
        "StGB bestraft den Identitätsmissbrauch seit dem 1. September 2023.",
        ("2025-03-06 bill_adopted",), ("ch-staenderat",), ("ch:cp:179decies",),
    ),
    Passage(
        "it", "2025-09-18", "Deepfake, il Senato approva la legge sull'IA",
        "Il Senato ha approvato mercoledì il disegno di legge sull'intelligenza artificiale, che introduce l'articolo "
        "612-quater nel codice penale contro i deepfake. La legge entrerà in vigore il 10 ottobre 2025.",
        ("2025-09-17 bill_adopted", "2025-10-10 law_in_force"), ("it-senato",), ("it:cp:612-quater",),
    ),
    Passage(
        "it", "2025-11-18", "Deepfake, la legge in vigore",
        "L'articolo 612-quater c.p. contro i deepfake è in vigore dal 10 ottobre. Il Codacons chiede più controlli.",
        ("2025-10-10 law_in_force",), ("ngo-codacons",), ("it:cp:612-quater",), ("ngo-codacons calls_for",),
    ),
    Passage(
        "es", "2026-01-13", "El Gobierno aprueba el anteproyecto sobre deepfakes",
        "El Consejo de Ministros ha aprobado este martes el anteproyecto sobre el derecho al honor y los deepfakes, "
        "que reforma la Ley Orgánica 1/1982. El ministro de la Presidencia, Justicia y Relaciones con las Cortes, "
        "Félix Bolaños, lo defendió ante la prensa.",
        ("2026-01-13 bill_tabled",), ("es-consejo-ministros", "es-felix-bolanos"), ("es:lo:1/1982",),
        ("es-felix-bolanos supports",),
    ),
    Passage(
        "es", "2024-07-09", "Condena en Badajoz por desnudos falsos",
        "El Juzgado de Menores de Badajoz condenó a quince menores por difundir desnudos falsos de compañeras hechos "
        "con inteligencia artificial. Los hechos ocurrieron en Almendralejo en julio de 2023.",
        ("2023-07 incident",), ("es-juzgado-menores-badajoz",),
    ),
    Passage(
        "da", "2026-02-05", "Lovforslag om deepfakes fremsat",
        "Kulturminister Jakob Engel-Schmidt fremsatte torsdag et lovforslag om deepfakes. Det indsætter en ny § 73 a i "
        "ophavsretsloven. Loven træder i kraft den 31. marts 2026.",
        ("2026-02-05 bill_tabled", "2026-03-31 law_in_force"), ("dk-jakob-engel-schmidt",), ("dk:ophavsretsloven:73a",),
    ),
]  # fmt: skip


@pytest.mark.parametrize("passage", PASSAGES, ids=[f"{one.lang}-{one.title}" for one in PASSAGES])
def test_a_passage_is_read_whole(curated_reader: Reader, passage: Passage) -> None:
    found = curated_reader.read(
        document(passage.text, passage.lang, passage.published, title=passage.title, kind=passage.kind)
    )
    assert found.relevant
    assert sorted(f"{one.when.iso()} {one.type}" for one in found.events) == sorted(passage.events)
    listed = dict.fromkeys(one.actor_id for one in found.mentions if one.actor_id)
    assert tuple(listed) == passage.actors
    assert tuple(one.normalised for one in found.legal_references) == passage.law
    assert tuple(f"{one.actor} {one.stance}" for one in found.stances) == passage.positions
