"""What stands around a verb of position, in six languages: fillers, insertions, relatives, prepositions, passives.

The words of :mod:`collectors.analysis.holders`, which says how they are used.
"""

from __future__ import annotations

import re

NEAR = 45
_INSERTED = 190
BRACKET = r"(?:\s?\([^()\n]{1,60}\))?"
_WEEKDAY = {
    "en": r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    "fr": r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)",
    "it": r"(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)",
    "es": r"(?:el )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)",
    "da": r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)",
}
#: what may stand between a subject and its verb; in German the verb follows at once
_FILLERS = {
    "en": r"has|have|had|also|later|then|again|still|long|already|now|since|first|both|all|meanwhile|itself"
    r"|himself|herself|themselves|too|instead|once|this|last|week|month|year|yesterday|today|earlier|repeatedly"
    r"|\w+ly|who|which|on|in"
    r"|\d{1,2}|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
    r"|in an? (?:\w+ )?(?:statement|letter|post|speech|report|interview|submission)",
    "fr": r"a|ont|avait|avaient|lui|elle|eux|elles|lui-même|elle-même|eux-mêmes|de son côté|de leur côté"
    r"|en revanche|quant à|pour sa part|pour leur part|à l'inverse|au contraire|\w+ment|aussi|également|déjà"
    r"|toujours|encore|donc"
    r"|ainsi|hier|désormais|de nouveau|soir|matin|cette semaine|le|la|les|y|en|se|qui|ne|par ailleurs|en outre"
    r"|là aussi|dès|vous|nous|me|leur|par le passé|de longue date|à présent"
    r"|dans un (?:\w+ )?(?:communiqué|rapport|courrier|avis)|dans une (?:\w+ )?(?:tribune|lettre)",
    "de": r"aber|hingegen|dagegen|jedoch|wiederum|selbst|die|der|das",
    "it": r"ha|hanno|aveva|anche|invece|però|poi|ancora|ieri|oggi|da parte sua|a sua volta|\w+mente|che|lo|la|li|le|si"
    r"|ne|in una nota|in un comunicato",
    "es": r"ha|han|había|también|además|ayer|hoy|por su parte|en cambio|a su vez|ya|\w+mente|que|lo|la|los|las|se"
    r"|en un comunicado",
    "da": r"har|havde|også|igen|derimod|desuden|dog|nu|i dag|i går|selv|som|der|allerede|til gengæld|\w+ligt",
}
FILL = {
    lang: re.compile(rf"(?:\s?(?:{_WEEKDAY.get(lang, '(?!)')}|(?:{words})(?!\w)))*\s?(?:[sl]'|qu')?")
    for lang, words in _FILLERS.items()
}
IF = re.compile(r"(?<!\w)(?:si|s'|whether|if|ob|wenn|se|om|hvis|falls)\s(?:\w+[\s'])?$", re.IGNORECASE)
BROKEN = re.compile(r"[;.:,\"()]|\s(?:et|and|und|e|y|og|that|que|che|dass|at|qui|who|which|mais|but|aber)\s")
COMMAS = re.compile(rf"{BRACKET}\s?,\s(?P<inside>[^;:.\n]{{1,{_INSERTED}}})[,\"]\s?(?P<rest>[^,;:.\"()\n]{{0,30}})")
#: an abbreviation in an insertion is no end of a sentence
STOPS = re.compile(
    r"(?<=[\w)])\.(?!\w)(?!\s[A-ZÀ-Ý(\"])|(?<=\b[A-Z])\.|(?<=\b(?:Sen|Rep|Gov|Art|art|Abs))\.|(?<=\bNr)\."
)
RELATIVE = re.compile(
    rf"{BRACKET}(?:\s?,)?\s(?:who|which|qui|che|que|som|der|die|das|welche[rs]?)\s(?P<rest>[^,;:.\"()\n]{{0,25}})"
)
RELATIVE_COMMA = re.compile(rf"{BRACKET}\s?,\s(?:der|die|das|welche[rs]?)\s[^,;:.\"()\n]{{0,110}}")
FROM = re.compile(rf"{BRACKET}\s(?:fra|from|of|at|de|du|d'|de l'|des|von|vom|der|di|del|della|dell')\s?")
OBJECT = re.compile(
    r"(?<!\w)(?:(?:who|which|that)\s(?:\w+ly\s)?\w+(?:s|ed)\s(?:the\s|\w+\.?\s)?|(?:qui|che|som)\s(?:[\w']+\s){1,3}(?:l'|d')?)$"
)
GENITIVE = re.compile(
    r"(?<!\w)(?:of|de|du|des|d'|von|vom|di|del|della|dell'|dei|degli|delle)\s?(?:(?:the|la|le|les|l'|los|las)\s?)?"
    r"(?:(?:Sen\.|Rep\.|Gov\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|M\.|Mme|Senator|Representative|President|Congress\w+"
    r"|(?:député|sénat|ministre|élu|maire|président|diputad|senador|deputat|senat|ministr|sindac|abgeordnet)\w*)\s)?$",
    re.IGNORECASE,
)
SOMEBODY = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'-]+ [A-ZÀ-ÖØ-Þ][\w'-]+,?(?: \w+)? "
    r"(?:fra|from|of|at|de|du|d'|de l'|des|von|vom|der|di|del|della|dell') ?$"
)
AND = re.compile(
    rf"{BRACKET}\s(?:and|et|und|e|y|og|&|ainsi que|sowie|as well as)\s"
    r"(?:(?:the|le|la|les|l'|der|die|das|el|los|il|i|Sen\.|Rep\.|Reps\.)\s?)?"
)
COMMA = re.compile(rf"{BRACKET},\s(?:(?:the|le|la|les|l'|der|die|das|el|los|il|i)\s?)?")
PREPOSITION = re.compile(
    r"(?<!\w)(?:vor|bei|beim|mit|nach|gegen|gegenüber|laut|für|durch|aus|at|in|with|before|against|from|to|for"
    r"|by|on|via"
    r"|devant|chez|avec|contre|selon|à|au|aux|auprès d[eu']|pour|par|chez|sur|dans|con|contro|secondo|per|da|dal|dalla"
    r"|alla|al|allo|all'|alle|ai|agli|nel|nella|nello|nell'|a|ante|contra|según|para|por|en|med|hos|mod|ifølge"
    r"|til|fra|af)"
    r"\s?(?:(?:the|der|dem|den|die|la|le|les|l'|il|el|los)\s?(?:[a-zà-ÿ-]+\s){0,2})?$",
    re.IGNORECASE,
)
#: "X, chaired by Jane Roe, asks": the insertion opens right behind X
OPENING = re.compile(rf"{BRACKET},\s[^,;:]*")
#: "the families, gathered in the collective X, ask"
MEMBERS = re.compile(
    r"(?:réuni|regroup|rassembl|gathered|organi[sz]ed|united|zusammengeschloss|vereint|agrupad|reunid|riunit"
    r"|samlet)\w* "
)
JOINING = re.compile(r"(?:and|et|und|y|e|og)?\s?(?:the|le|la|les|l'|der|dem|den|die|el|los|il|i)?", re.IGNORECASE)
#: what stands before the verb when the subject stands behind it
VERB_SECOND = {
    "de": re.compile(
        r"(?:Vor|Am|Im|In|Nach|Bei|Beim|Zu|Zum|Zur|Mit|Gestern|Heute|Auch|Zudem|Scharf|Deutlich|Bereits"
        r"|Zugleich|Dagegen"
        r"|Hingegen|Ähnlich|Ebenfalls|Außerdem|Darüber|Deshalb|Daher|Den|Für|Gegen|Aus|Seitens|Unterdessen|Inzwischen"
        r"|Gegenüber|\w+tag|\w+tags)\s"
    ),
    "da": re.compile(
        r"(?:På|I|Efter|Ved|Også|Samtidig|Omvendt|Derfor|Derimod|Desuden|Over|For|Ifølge|Her|Nu|Mod|\w+dag)\s"
    ),
}
#: "ce dont se félicite X", "que dénonce X", "comme le demande X"
BEHIND = {
    "fr": re.compile(r"(?:dont|(?<!dit )que|qu'|comme|ainsi que|où)\s?(?:l'|le |la |les |se |s')?$"),
    "it": re.compile(r"(?:di cui|come)\s(?:lo |la )?$"),
    "es": re.compile(r"(?:como|tal como|que)\s(?:lo |la )?$"),
}
#: a closed quotation right before the verb: '"…", réclame X'
QUOTED = re.compile(r"\"\s?,?\s?$|\",?\s(?:a|ha|hat|har|s'|se)\s?$")
NOUN = re.compile(
    r"(?<!\w)(?:une?|cette?|ce|sa|son|leurs?|notre|nouvelles?|nouveau|aucune?|d'|de|du|des|à|au|aux|par"
    r"|the|a|an|its|his|her|their|this|any|no|new|of|to|for|by"
    r"|eine?[rnms]?|diese?[rnms]?|seine?[rn]?|ihre?[rn]?|keine?[rn]?|zur|zum"
    r"|un'|una|uno|di|della|del|dell'|alla|al|sua|suo|su|esta|este|sus|en|til|af|den|det|et)\s?$",
    re.IGNORECASE,
)
PASSIVE = {
    "en": re.compile(
        r"(?<!\w)(?:was|were|is|are|been|being|be|get|got)\s(?:\w+ly\s)?$|(?<!\w)(?:to|would not|not|refus\w+ to)\s$"
    ),
    "fr": re.compile(r"(?<!\w)(?:est|sont|été|était|étaient|être|fut|furent|soit|sera|seront)\s(?:\w+ment\s)?$"),
    "it": re.compile(r"(?<!\w)(?:è|sono|stat[oaie]|viene|vengono|venne|essere)\s$"),
    "es": re.compile(r"(?<!\w)(?:es|fue|son|sido|fueron|será|ser)\s$"),
    "da": re.compile(r"(?<!\w)(?:blev|bliver|blevet|er|var)\s$"),
}
#: words of an office between a verb and the name behind it: "réclame la députée socialiste X"
OFFICE = r"(?:[\wà-ÿ'.-]+\s){0,%d}(?:l')?"
#: between a comma and the verb: an object or an auxiliary
ONLY_VERB = re.compile(
    r",\s?(?:(?:lo|la|los|las|le|les|l'|s'|se|si)\s?)?(?:(?:a|ont|ha|han|hat|has|have|est|è|har)\s)?"
)
SAID = re.compile(
    r"(?<!\w)(?:that|said|says|que|qu'|dass|whom|which|che|at|dit|déclaré|told|whether|if|si|ob)\s?$", re.IGNORECASE
)
SECOND_VERB = re.compile(
    r"(?:,|,?\s(?:and|et|und|e|y|og|but|mais|aber|ma|pero|men|yet|though|aunque|while|whilst|tout en|en))\s"
    r"(?:\w+ly |also |auch |aussi |anche |también )?(?:s'|se |si |a |ha |hat |har )?$"
)
SUBORDINATE = re.compile(
    r"(?<!\w)(?:que|qu'|that|dass|qui|who|which|che|som|at|weil|because|parce|porque|perché|fordi|when|quand|als"
    r"|wenn)(?!\w)"
)
#: between a pronoun or a description and its verb
ADVERBS = re.compile(
    r"(?:\s(?:s'|se\s|si\s|sich\s|lui\s|leur\s|y\s|en\s)?"
    r"|\s(?:has|have|had|a|ha|hat|har|aussi|also|auch|donc|then|later|again|in turn)\s)"
    r"(?:\w+(?:ly|ment|mente)\s|\w{2,9}\s)?"
)
#: "of the Greens", "fra Københavns Universitet": behind a person
OF_BODY = re.compile(
    r"^,?\s(?:of|from|fra|von der|von|vom|de la|de l'|du|des|de|di|del|della|dell')\s?(?:the\s)?"
    r"[A-ZÀ-ÖØ-Þ][\w'-]+(?:\s(?:of\s|de\s|des\s|for\s)?[A-ZÀ-ÖØ-Þ][\w'-]+){0,4}(?=\s)"
)
#: "La présidente de", "der Vorsitzende des", "the head of": whoever follows in commas is the holder of the office
OFFICE_OF = re.compile(
    r"(?:président|presiden|direct|dirett|délégué|secrétaire|porte-parole|portavoz|portavoce|chef|head|chair|leader|founder"
    r"|fondat|spokes|vorsitzend|geschäftsführer|sprecher|leiter|formand|direktør|responsable|coordin|segretari)[\w-]*"
    r"(?:\s[\wà-ÿ-]+){0,2}?\s(?:de la|de l'|du|des|de|del|della|dell'|di|of the|of|der|von|for|fra)\s?"
    r"(?:[a-zà-ÿ'-]+\s){0,3}$",
    re.IGNORECASE,
)
#: a relative pronoun behind an insertion
PRONOUN = re.compile(r"(?:qui|who|che|que|som)\s")
FIRST_WORD = re.compile(r"\w+")
#: "Seit …, ruft X": a clause before the verb
CLAUSE_FIRST = re.compile(r"(?:Seit|Weil|Nachdem|Obwohl|Wenn|Da|Als|Während|Um|Sollte)\s[^;:\"]{5,200},\s")
#: an insertion right behind a name, or the comma that closes an apposition
INSERTION = re.compile(r"^\s?,\s[^,;:]{1,120},|^,(?= )")
#: "il", "sie", "ella" may mean a body
GENDERED = frozenset(("fr", "de", "it", "es"))
#: no insertion: the next member of a list, a clause with a subject of its own
NO_INSERTION = re.compile(
    r"^(?:and|et|und|e|y|og|but|mais|aber|ma|pero|men|while|tandis|während)\s"
    r"|(?:^|,\s?)(?:tandis qu|alors qu|quand |while |whereas |mentre |mientras |während |mens )"
)
#: whom a quotation is said to, before the name of who says it
ADDRESSED = re.compile(
    r"\s(?:al|a la|a los|à la|à l'|au|aux|all'|alla|allo|ai|dem|den)\s?[\wà-ÿ]+(?:\s[\wà-ÿ]+){0,2}?"
    r"\s(?=(?:la|el|le|il|l'|die|der)\s)"
)
