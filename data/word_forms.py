"""Other forms of the same word: plurals, genders, verb endings, two spellings. Pure, for English and French.

Light on purpose: a suffix is exchanged for its siblings, nothing is looked up. A form that no text holds costs
nothing in a search, and one that was found is named on the page. Endings of German, Italian and Spanish are
exchanged only where no English or French word has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

SHORTEST = 3

#: endings that stand for each other; the first of a family that fits is taken
_FAMILIES: tuple[tuple[str, ...], ...] = (
    # English and French
    ("isation", "isations", "ization", "izations", "ise", "ises", "ised", "ising", "ize", "izes", "ized", "izing"),
    ("ification", "ifications", "ify", "ifies", "ified", "ifying"),
    ("trice", "trices", "teur", "teurs"),
    ("iere", "ieres", "ier", "iers"),
    ("elle", "elles", "el", "els"),
    ("ienne", "iennes", "ien", "iens"),
    ("eure", "eures", "euse", "euses", "eur", "eurs"),
    ("ive", "ives", "if", "ifs"),
    ("ale", "ales", "aux", "al", "als"),
    ("eau", "eaux"),
    ("aire", "aires"),
    ("ique", "iques"),
    ("age", "ages"),
    ("ance", "ances"),
    ("ence", "ences"),
    # German, Italian, Spanish
    ("ung", "ungen"),
    ("keit", "keiten"),
    ("heit", "heiten"),
    ("schaft", "schaften"),
    ("gesetz", "gesetze", "gesetzes", "gesetzen"),
    ("bild", "bilder", "bildern", "bildes"),
    ("zione", "zioni"),
    ("cion", "ciones"),
    ("dad", "dades"),
)
#: endings in English only: verbs
_VERBAL = ("", "s", "ed", "ing")
#: endings of French participles and adjectives, accents away
_PARTICIPLE = ("e", "ee", "es", "ees")
_ENDINGS = {"de": ("e", "en", "n", "er", "s", "es"), "da": ("en", "et", "erne")}
_NO_VERB = ("tion", "tions", "sion", "sions", "ment", "ments", "x", "ee", "ees")
_DOUBLED = "bdglmnprt"
_SPELLINGS = (("our", "or"), ("yse", "yze"), ("ence", "ense"), ("ogue", "og"), ("programme", "program"))


def bare(word: str) -> str:
    """Lower case, accents away: as the index holds words."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def forms(word: str, langs: Collection[str] = ("en", "fr")) -> tuple[str, ...]:
    """Other forms the word may stand in, without accents and without the word itself.

    None for numbers and for short names in capitals. ``langs`` are the languages the word belongs to: a French
    *amende* is no *amended*. Words of en and fr follow their rules, those of de, it, es and da take plain endings.
    """
    own = bare(word)
    if len(own) < SHORTEST or not re.fullmatch(r"[^\W\d_]+", own) or (word.isupper() and len(word) <= 4):
        return ()
    found: dict[str, None] = {}
    if "en" in langs or "fr" in langs:
        for spelling in _spellings(own):
            found[spelling] = None
            found.update(dict.fromkeys(_inflected(spelling, "en" in langs)))
        if "fr" in langs and (
            match := re.fullmatch(r"(\w{3,})é(?:e|s|es)?", unicodedata.normalize("NFC", word.lower()))
        ):
            found.update(dict.fromkeys(bare(match[1]) + one for one in _PARTICIPLE))
    else:
        for lang in langs:
            found.update(dict.fromkeys(_ending(own, lang)))
    found.pop(own, None)
    return tuple(one for one in found if len(one) >= SHORTEST)


def phrase_forms(phrase: str, leave: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Singular and plural of a phrase of several words, as English ("intimate images") and French ("images
    intimes", "projets de loi") make them. Words of ``leave`` stay as they are.
    """
    words = [bare(one) for one in phrase.split()]
    full = [place for place, word in enumerate(words) if word not in leave and len(word) >= SHORTEST]
    found: dict[str, None] = {}
    for places in ((full[-1:]), (full[:1]), full):
        changed = [(_number_forms(word) or [word])[0] if at in places else word for at, word in enumerate(words)]
        found[" ".join(changed)] = None
    found.pop(" ".join(words), None)
    return tuple(found)


def _spellings(word: str) -> tuple[str, ...]:
    """The word in British and American letters."""
    for british, american in _SPELLINGS:
        for one, other in ((british, american), (american, british)):
            match = re.fullmatch(rf"(\w{{2,}}){one}(s|ed|ing|al)?", word)
            if match and not (one == "or" and match[1].endswith(("t", "s", "c", "i", "n"))):
                return word, f"{match[1]}{other}{match[2] or ''}"
    return (word,)


def _inflected(word: str, english: bool) -> list[str]:
    for family in _FAMILIES:
        for ending in sorted(family, key=len, reverse=True):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                stem = word[: -len(ending)]
                verbs = english and family[0] in ("age", "ance", "elle")
                return [stem + one for one in family] + (_verb_forms(word) if verbs else [])
    found = _number_forms(word)
    if english and not word.endswith(_NO_VERB):
        found += _verb_forms(word)
    return found


def _ending(word: str, lang: str) -> list[str]:
    """The word with the endings of a language that is not read by rules of its own."""
    if lang == "it":
        vowels = {"o": "i", "a": "e", "e": "i", "i": "oea"}
        return [word[:-1] + one for one in vowels.get(word[-1], "")]
    if lang == "es":
        return [word[:-1]] if word.endswith("s") else [word + ("s" if word[-1] in "aeiou" else "es")]
    return [word + one for one in _ENDINGS.get(lang, ()) if not (word[-1] == "e" and one.startswith("e"))]


def _number_forms(word: str) -> list[str]:
    """Singular and plural."""
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return [word[:-1] + "ies", word + "s"]
    if word.endswith(("ches", "shes", "sses", "xes")):
        return [word[:-2]]
    if word.endswith(("ch", "sh", "ss", "x")):
        return [word + "es"]
    if word.endswith("s"):
        return [word[:-1]] if not word.endswith(("us", "is")) else []
    return [word + "s"]


def _verb_forms(word: str) -> list[str]:
    """label, labels, labelled, labeled, labelling, labeling; adopt, adopted; require, required, requiring."""
    stems: list[str] = []
    match = re.fullmatch(r"(\w{3,})(?:ed|ing)", word)
    if match and re.search(r"[aeiouy]", match[1]) and not word.endswith("eed"):
        root = match[1]
        if root[-1] == root[-2] and root[-1] in _DOUBLED:
            stems.append(root[:-1])
        stems += [root, root + "e"] if root[-1] not in "aou" else [root]
        if root.endswith("i"):
            stems.append(root[:-1] + "y")
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        stems.append(word[:-1])
    else:
        stems.append(word)
    found = []
    for stem in stems:
        if len(stem) < 3:
            continue
        if stem.endswith("e"):
            found += [stem, stem + "s", stem + "d", stem[:-1] + "ing"]
        elif stem.endswith("y") and stem[-2:-1] not in ("a", "e", "o", "u"):
            found += [stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"]
        else:
            found += [stem + one for one in _VERBAL]
            if stem[-1] in _DOUBLED and re.search(r"[aeiou][bdglmnprt]$", stem):
                found += [stem + stem[-1] + one for one in ("ed", "ing")]
    return found
