"""Titles and bodies as newspapers write them, on and off the subject. Invented."""

from __future__ import annotations

import pytest

from collectors.analysis.relevance import judge

ON_THE_SUBJECT = [
    (
        "en",
        "Voice actors strike over AI replicas",
        "Video game performers went on strike over digital replicas of their voices made without consent.",
    ),
    (
        "en",
        "Revenge porn law covers AI images",
        "Sharing revenge porn made with AI is an offence, the minister said.",
    ),
    (
        "de",
        "Kleine Anfrage zu KI-generierten Missbrauchsdarstellungen",
        "Die Bundesregierung nennt Zahlen der Polizei.",
    ),
    (
        "da",
        "Klonet stemme brugt til svindel",
        "Politiet advarer mod opkald, hvor en klonet stemme beder om penge.",
    ),
    (
        "fr",
        "Arnaque à la fausse voix du petit-fils",
        "Une retraitée de Nantes a remis 8 000 euros après un appel où la voix de son petit-fils avait été "
        "reproduite par une intelligence artificielle. Elle a porté plainte.",
    ),
    (
        "fr",
        "Violences numériques : les députés adoptent l’article sur les trucages sexuels",
        "L’amendement punit la création de montages sexuels réalistes sans consentement.",
    ),
    (
        "fr",
        "Une maire visée par un montage vidéo",
        "La vidéo, générée par IA, lui prête des propos racistes. L’élue a saisi le procureur.",
    ),
    (
        "en",
        "Teachers’ union calls for action on fake nudes",
        "The NASUWT said pupils were using apps to create nude images of staff.",
    ),
    (
        "en",
        "Deputies investigate AI kidnapping hoax",
        "A mother heard her daughter’s cloned voice demanding ransom, the sheriff said.",
    ),
    (
        "en",
        "Ofcom: X must explain how Grok made sexualised images",
        "The regulator gave the firm until Friday.",
    ),
    (
        "en",
        "Tennessee protects musicians’ voices",
        "The ELVIS Act adds voice to the state’s right of publicity.",
    ),
    (
        "en",
        "EU agrees ban on AI systems that undress people",
        "Negotiators struck a deal on Thursday.",
    ),
    (
        "en",
        "Election board fines consultant over fake candidate audio",
        "The recording imitated the mayor’s voice using AI.",
    ),
    (
        "de",
        "Falscher Kanzler wirbt für Geldanlage",
        "In dem Video preist ein mit KI erzeugter Friedrich Merz Aktien an. Die BaFin warnt vor dem Betrug.",
    ),
    (
        "de",
        "Bundestag: Schutz vor Bildmanipulation",
        "Die Fraktion fordert einen Straftatbestand für täuschend echte Nacktaufnahmen.",
    ),
    (
        "de",
        "Enkeltrick mit geklonter Stimme",
        "Die Polizei warnt: Betrüger ahmen mit KI die Stimme von Angehörigen nach.",
    ),
    (
        "it",
        "Chat con foto di studentesse spogliate con l’IA",
        "I carabinieri hanno denunciato quattro minorenni.",
    ),
    (
        "it",
        "Falso video di Crosetto, la Consob avverte",
        "Il filmato creato con l’IA promette guadagni.",
    ),
    (
        "es",
        "Multa por difundir un desnudo falso hecho con IA",
        "La AEPD sanciona con 2.000 euros a un usuario.",
    ),
    (
        "es",
        "Clonan la voz de un alcalde para estafar",
        "La Guardia Civil investiga las llamadas.",
    ),
    (
        "da",
        "Falsk video af statsministeren",
        "Politiet efterforsker en video skabt med kunstig intelligens, hvor Mette Frederiksen reklamerer for "
        "investeringer.",
    ),
    (
        "da",
        "Folketinget førstebehandler lov om efterligninger",
        "Lovforslaget giver ret til egen krop, stemme og ansigt.",
    ),
    (
        "fr",
        "Étiqueter les images artificielles : le Sénat vote",
        "Les plateformes devront vérifier que les contenus générés par IA sont signalés.",
    ),
    (
        "en",
        "Denmark to give citizens copyright over their own features",
        "The bill covers realistic digitally generated imitations.",
    ),
]

OFF_THE_SUBJECT = [
    (
        "en",
        "Man jailed for revenge porn",
        "He posted intimate photos of his former girlfriend, police said, and was sentenced to two years in prison.",
    ),
    (
        "en",
        "Advertisers get AI ads",
        "Meta said advertisers can now make AI ads with its tools; regulators in the EU approved the privacy terms.",
    ),
    (
        "en",
        "Assistant gets a new AI voice",
        "The voice assistant’s AI voice sounds more natural. Subscribers pay nothing; the privacy regulator was told.",
    ),
    (
        "en",
        "Video app launched",
        "The AI video app is out. Children under 13 are banned, and parents get controls.",
    ),
    (
        "fr",
        "Revenge porn : un homme condamné",
        "Il avait diffusé des photos intimes de son ex-compagne, victime de revenge porn, a jugé le tribunal.",
    ),
    (
        "fr",
        "Un assistant vocal plus naturel",
        "L’assistant vocal, doté d’une intelligence artificielle, imite une voix humaine ; la CNIL a été informée.",
    ),
    (
        "de",
        "Neue KI-Bilder-Funktion",
        "Auf dem Smartphone entstehen KI-Bilder mit einem Tippen; die EU prüft den Datenschutz.",
    ),
    (
        "da",
        "Nye AI-funktioner i telefonen",
        "Man kan lave AI-billeder med et tryk; Datatilsynet er orienteret.",
    ),
    (
        "fr",
        "Règlement IA : Bruxelles reporte les obligations des systèmes à haut risque",
        "La Commission propose de décaler à décembre 2027 les règles du règlement (UE) 2024/1689 pour les "
        "systèmes à haut risque. Les industriels saluent la mesure.",
    ),
    (
        "fr",
        "Contrefaçon : 12 000 faux sacs saisis au Havre",
        "Les douanes ont présenté les images de la saisie. Le parquet a ouvert une enquête pour contrefaçon "
        "en bande organisée.",
    ),
    (
        "fr",
        "Désinformation : une vieille photo ressort",
        "La photo d’une manifestation de 2016 circule comme si elle datait de mardi. Aucune manipulation : "
        "seule la légende est fausse, note l’AFP.",
    ),
    (
        "fr",
        "Doublage : une actrice rajeunie avec son accord",
        "La comédienne a prêté sa voix et son visage au studio. Les effets visuels ont demandé huit mois. Le "
        "film sort mercredi.",
    ),
    (
        "fr",
        "Grok répondra aux questions dans les voitures Tesla",
        "xAI annonce l’intégration de son assistant vocal. La mise à jour arrive le 12 juillet.",
    ),
    (
        "fr",
        "Le poulpe imitateur trompe ses prédateurs",
        "Il imite la forme et la couleur de serpents marins, montrent des vidéos tournées en Indonésie.",
    ),
    (
        "fr",
        "Photographie : le prix du public à un cliché retouché",
        "Le jury rappelle que les images doivent être fidèles. L’artiste a modifié le ciel.",
    ),
    (
        "fr",
        "Santé : l’IA lit les radios",
        "Un logiciel d’intelligence artificielle analyse les images médicales. Les médecins gardent la "
        "décision. Le ministère soutient le projet.",
    ),
    (
        "en",
        "X hit by outage",
        "Users of Elon Musk’s platform could not load images or videos on Tuesday. The company said a data "
        "centre fire was to blame.",
    ),
    (
        "en",
        "AI chatbot gives wrong election information",
        "Researchers found that chatbots gave wrong polling dates to voters. The report urges regulators to "
        "act. No images or voices were tested.",
    ),
    (
        "en",
        "Cloned sheep, cloned camels: the law on animal cloning",
        "Lawmakers debated a bill that would ban cloned embryos. Critics said the fake news about cloning spread fast.",
    ),
    (
        "en",
        "Counterfeit jerseys flood market",
        "Police seized fake shirts worth £2m. Images generated interest online.",
    ),
    (
        "en",
        "Orchid mimics bee to lure males",
        "The flower’s lip imitates the scent of a female. Cameras recorded 300 visits.",
    ),
    (
        "en",
        "Actor de-aged for new epic, with his blessing",
        "Visual effects artists used AI to make the star look 30. The studio paid a fee under the SAG-AFTRA contract.",
    ),
    (
        "en",
        "Government publishes AI opportunities plan",
        "Ministers promise new data centres and regulation that supports innovation. The bill is expected next year.",
    ),
    (
        "en",
        "xAI raises $20bn",
        "The maker of Grok will build a data center in Memphis. The Environmental Protection Agency is "
        "reviewing permits.",
    ),
    (
        "en",
        "Photo of the year withdrawn",
        "Judges said the image had been altered by hand in breach of the contest rules. The photographer apologised.",
    ),
    (
        "en",
        "Vaccine myths spread by screenshots",
        "A fact-checker counted 400 false claims; most were old photos with fake captions.",
    ),
    (
        "de",
        "Gefälschte Markenuhren beschlagnahmt",
        "Der Zoll fand 900 Fälschungen. Die Staatsanwaltschaft ermittelt. Bilder der Uhren wurden veröffentlicht.",
    ),
    (
        "de",
        "KI in der Verwaltung",
        "Das Bundeskabinett hat eine Strategie für künstliche Intelligenz beschlossen. Kritik kam von Datenschützern.",
    ),
    (
        "de",
        "Schmetterling ahmt Wespe nach",
        "Forscher zeigten Bilder der Art, die ihre Feinde täuscht.",
    ),
    (
        "de",
        "Bayern trifft spät",
        "Der FC Bayern gewann; der Videobeweis zeigte das Bild nicht.",
    ),
    (
        "it",
        "Falso Caravaggio smascherato",
        "Il quadro era un falso creato negli anni Trenta, dicono gli esperti del museo. La Procura indaga.",
    ),
    (
        "it",
        "Intelligenza artificiale, il Senato discute i data center",
        "Il disegno di legge fissa regole per gli impianti.",
    ),
    (
        "es",
        "Billetes falsos en Valencia",
        "La Policía detuvo a tres personas por fabricar billetes falsos. Difundieron imágenes de la imprenta.",
    ),
    (
        "es",
        "La IA llega a los hospitales",
        "El Gobierno aprueba un plan de inteligencia artificial para analizar imágenes médicas.",
    ),
    (
        "da",
        "Falske mærkevarer",
        "Politiet fandt falske ure og tasker. Billeder blev delt.",
    ),
    (
        "da",
        "Regeringen vil have AI i skolen",
        "En ny strategi for kunstig intelligens sendes i høring.",
    ),
    (
        "en",
        "Senate panel debates AI chip exports",
        "Senators questioned generative AI firms about chips.",
    ),
    (
        "fr",
        "IA générative : Mistral lève des fonds",
        "L’entreprise veut générer des images et des textes plus vite. Le gouvernement salue l’opération.",
    ),
    (
        "en",
        "Midjourney launches video model",
        "The AI image generator can now create short videos, the company said. Disney sued it in June for "
        "copyright infringement.",
    ),
]


@pytest.mark.parametrize(("lang", "title", "text"), ON_THE_SUBJECT, ids=[row[1] for row in ON_THE_SUBJECT])
def test_article_on_the_subject(lang: str, title: str, text: str) -> None:
    assert judge(title, text, lang).relevant


@pytest.mark.parametrize(("lang", "title", "text"), OFF_THE_SUBJECT, ids=[row[1] for row in OFF_THE_SUBJECT])
def test_article_off_the_subject(lang: str, title: str, text: str) -> None:
    assert not judge(title, text, lang).relevant
