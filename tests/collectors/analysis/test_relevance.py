from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analysis.lexicon import LANGUAGES
from collectors.analysis.relevance import judge, may_be_relevant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Une application permet de dénuder n'importe qui grâce à l'IA ; le parquet a ouvert une enquête."),
        ("fr", "Le projet de loi punit les hypertrucages de candidats pendant la campagne électorale."),
        ("en", "Police arrested a man who used AI software to make fake nude images of colleagues."),
        ("en", "The bill would outlaw robocalls made with an AI-generated voice of a candidate."),
        ("de", "Der Bundestag berät über ein Verbot von künstlich erzeugten Nacktbildern ohne Einwilligung."),
        ("it", "La Procura indaga su un video falso del ministro creato con l'intelligenza artificiale."),
        ("es", "El fiscal investiga imágenes de alumnas desnudas generadas con inteligencia artificial."),
        ("da", "Folketinget vil forbyde digitalt genererede efterligninger af kunstnere uden samtykke."),
    ],
)
def test_law_and_harm_of_made_depictions_are_relevant(lang: str, text: str) -> None:
    assert judge("", text, lang).relevant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "fr",
            "Le film rajeunit son acteur grâce à un deepfake ; le réalisateur salue les effets spéciaux et le cinéma.",
        ),
        ("fr", "Le poisson des abysses imite la lumière ; ces images de l'océan n'ont rien d'un trucage."),
        ("fr", "Le Sénat adopte une loi sur les centres de données de l'intelligence artificielle."),
        ("en", "Grok can now draw charts, the company said; the update costs nothing."),
        ("en", "Regulators fined the retailer for selling counterfeit handbags online."),
        (
            "en",
            "No deepfakes were found in the campaign, the election watchdog said; old photographs did the harm.",
        ),
        ("de", "Die Verordnung über künstliche Intelligenz belastet den Mittelstand, klagen Verbände."),
        ("it", "Il ministero pubblica le regole sui chatbot nelle scuole."),
        ("es", "El cuadro falso engañó al museo durante décadas."),
        ("da", "Museet fandt et falsk maleri i kælderen."),
    ],
)
def test_other_subjects_are_not(lang: str, text: str) -> None:
    assert not judge("", text, lang).relevant


def test_evidence_points_at_its_words() -> None:
    title, text = "Un hypertrucage d’élue", "La ministre annonce une loi contre les images truquées par l’IA."
    found = judge(title, text, "fr")
    whole = f"{title}\n{text}"
    assert found.evidence
    assert [whole[e.start : e.end].replace("’", "'").lower() for e in found.evidence] == [
        e.text.lower() for e in found.evidence
    ]


def test_facets_come_with_the_words_that_chose_them() -> None:
    found = judge("", "Candidates must label deepfake campaign ads before the election, the new law says.", "en")
    assert {"elections", "labelling"} <= set(found.facets)
    assert {e.rule for e in found.evidence} >= {"facet:elections", "facet:labelling"}


def test_minors_need_a_sexual_context() -> None:
    fraud = judge("", "Scammers cloned the voice of a child with AI to demand a ransom; police warn parents.", "en")
    abuse = judge("", "Police found AI-generated nude images of children on the site.", "en")
    assert "minors_csam" not in fraud.facets
    assert "minors_csam" in abuse.facets


def test_title_alone_can_be_judged() -> None:
    assert judge("Deepfakes: das Gesetz kommt", "", "de").relevant
    assert judge("Deepfakes", "", "en").relevant


def test_prefilter_stops_ordinary_texts() -> None:
    assert not may_be_relevant("Les taux restent stables", "Les banques prêtent à trois pour cent.")


def test_unknown_language_still_knows_the_borrowed_words() -> None:
    assert judge("Deepfake", "A lei contra deepfake foi aprovada; police law.", "pt").relevant


def test_judging_needs_no_spacy() -> None:
    code = (
        "import sys; from collectors.analysis import judge; judge('Deepfake law', 'A court ruled.', 'en');"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(), st.text(), st.sampled_from([*LANGUAGES, "", "xx"]))
def test_any_text_is_judged_with_offsets_inside(title: str, text: str, lang: str) -> None:
    found = judge(title, text, lang)
    assert 0.0 <= found.score <= 1.0
    assert all(0 <= e.start < e.end <= len(title) + 1 + len(text) for e in found.evidence)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Plainte : l'appel reproduisait la voix de sa fille, il a viré 3 000 euros à un escroc."),
        ("fr", "Le tribunal juge celui qui a greffé le visage d'une collègue sur un film pornographique."),
        ("en", "Police say the caller used a copy of the mayor's voice made by software to ask for gift cards."),
        ("en", "The court heard he had altered holiday photographs of two women to make them appear naked."),
        ("de", "Das Gericht verbot Werbung, in der die Stimme der Sängerin mit KI imitiert wurde."),
        ("it", "Indagine della Procura: la voce del direttore, ricostruita al computer, ha ordinato il bonifico."),
        ("es", "La Fiscalía investiga una grabación que nunca existió, con una voz idéntica a la del alcalde."),
        ("da", "Politiet: Svindlerne brugte en efterligning af chefens stemme."),
    ],
)
def test_a_text_need_not_name_the_thing(lang: str, text: str) -> None:
    assert judge("", text, lang).relevant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Usurpation d'identité : le tribunal condamne l'escroc aux faux papiers et aux photos volées."),
        ("en", "The caller posed as a tax officer with a foreign accent and asked for gift cards, police said."),
        ("en", "The FTC fined the company for keeping voice recordings of children made by its software."),
        ("de", "Die Polizei warnt vor dem Enkeltrick: Der Anrufer gab sich am Telefon als Enkel aus."),
        ("it", "Il falso avvocato si era presentato al telefono, i carabinieri lo hanno denunciato."),
        ("es", "El juez envía a prisión al falso médico, que usaba títulos falsificados y fotos de otros."),
        ("da", "Politiet advarer om falske pengesedler og viser billeder af dem."),
    ],
)
def test_fraud_without_an_imitation_is_another_subject(lang: str, text: str) -> None:
    assert not judge("", text, lang).relevant


def test_weak_words_choose_a_facet_together_or_in_the_title() -> None:
    story = "Une vidéo truquée par une IA montre la ministre, qui a porté plainte."
    one = f"{story} Un virement a suivi."
    two = f"{story} Un virement a suivi, la banque a alerté."
    assert "fraud_impersonation" not in judge("", one, "fr").facets
    assert "fraud_impersonation" in judge("", two, "fr").facets
    assert "fraud_impersonation" in judge("Virements : une vidéo truquée", story, "fr").facets


@pytest.mark.parametrize(
    ("lang", "text", "rules"),
    [
        ("en", "The clip was produced with an online voice tool, detectives said; he was charged.", {"made"}),
        ("en", "The bank said the video, in which the minister appears to promote a fund, had been faked.", {"pretended"}),
        ("fr", "Le tribunal interdit de vendre un modèle reproduisant le timbre de la chanteuse.", {"made", "depiction"}),
        ("es", "La ley multa a las plataformas que difundan vídeos hechos por máquinas.", {"made"}),
    ],
)  # fmt: skip
def test_what_shows_the_imitation_is_kept_as_evidence(lang: str, text: str, rules: set[str]) -> None:
    found = judge("", text, lang)
    assert found.relevant
    assert rules <= {one.rule for one in found.evidence}


def test_a_voice_far_from_the_imitation_is_none() -> None:
    text = "The minister raised her voice in the chamber against the company that was sued for goods copied in China."
    assert not judge("", text, "en").relevant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Reconnaissance faciale : la CNIL sanctionne une société qui avait copié des milliards de visages."),
        ("en", "A judge said the company copied faces from photos without consent to build face templates."),
        ("en", "The museum's guide has a new voice, recreated with the family's agreement for the exhibition."),
        ("de", "Der Bundesrat nahm das KI-Gesetz mit 45 Stimmen an; Hersteller müssen Systeme registrieren."),
        ("it", "Il doppiatore presta la voce al cartone; il film esce a Natale dopo la firma del contratto."),
        ("da", "Regeringen vil bruge kunstig intelligens til at analysere billeder fra scanninger, siger ministeren."),
    ],
)
def test_a_voice_or_a_face_that_nobody_imitates_is_another_subject(lang: str, text: str) -> None:
    assert not judge("", text, lang).relevant


@pytest.mark.parametrize(
    ("lang", "text", "facet"),
    [
        ("fr", "Hypertrucages de lycéennes : le recteur saisit la justice.", "ncii"),
        ("en", "Deepfakes of pupils: the head teacher went to the police.", "ncii"),
        ("fr", "Le projet de loi interdit les générateurs de nus truqués.", "platform_duties"),
        ("en", "The regulator widened its investigation of Meta over deepfakes.", "platform_duties"),
        ("de", "Wer Deepfakes veröffentlicht, muss angeben, dass sie künstlich sind, sagt das Gesetz.", "labelling"),
        ("es", "La ley multará a quien no avise de que el deepfake es falso.", "labelling"),
        ("it", "Deepfake di un medico per vendere integratori: la Procura indaga.", "fraud_impersonation"),
        ("da", "Svindlere brugte deepfake: bogholder overførte to millioner, siger politiet.", "fraud_impersonation"),
    ],
)
def test_a_facet_is_known_by_what_is_done(lang: str, text: str, facet: str) -> None:
    assert facet in judge("", text, lang).facets


@pytest.mark.parametrize(
    ("lang", "text", "facet"),
    [
        ("en", "A deepfake of the mayor was viewed twice before Facebook pulled it, police said.", "platform_duties"),
        ("es", "El Senado aprobó, por 34 votos a favor, castigar los deepfakes.", "elections"),
        ("fr", "Le Sénat adopte par scrutin public le texte sur les hypertrucages.", "elections"),
    ],
)
def test_what_looks_like_a_facet_and_is_none(lang: str, text: str, facet: str) -> None:
    assert facet not in judge("", text, lang).facets


def test_what_is_said_once_and_late_in_a_long_text_is_an_allusion() -> None:
    story = "Police found nude deepfakes of a councillor. " + "The court heard the case and adjourned it. " * 20
    assert "minors_csam" not in judge("", f"{story}A teenager waited outside.", "en").facets
    assert "minors_csam" in judge("", f"A teenager was charged. {story}", "en").facets
    assert "minors_csam" in judge("", f"{story}A teenager waited with classmates.", "en").facets
