"""Which language a piece is in: what its text shows when it is long enough, else what was declared."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Few languages of one script keep the error low; other scripts cost nothing and keep a Russian text
# from being called Danish. Norwegian, too near to Danish, is believed when declared.
CANDIDATES = (
    "fr", "en", "de", "it", "es", "da", "sv", "nl", "pt", "pl", "ro", "fi", "cs", "hu", "tr",
    "ko", "ja", "zh", "ru", "uk", "bg", "el", "ar", "fa", "ur", "he", "hi",
)  # fmt: skip
_LETTERS_NEEDED = 40
_SURE = 0.90
_SURER = 0.98
_LONGEST = 1_500
_CODES = (
    " aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da"
    " de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy"
    " hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg"
    " li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or"
    " os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta"
    " te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)


def primary(tag: str) -> str:
    """The two-letter language of a tag (``fr-FR`` gives ``fr``), empty for what is none (``US``)."""
    code = tag.strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and f" {code} " in _CODES else ""


def conclude(text: str, declared: str = "", fallback: str = "") -> str:
    """The language of ``text``: detected when it is long and clear, else as declared, else the fallback.

    A detection that contradicts the feed's own word must be all but certain, and a declared language
    outside our candidates cannot be contradicted.
    """
    said = primary(declared)
    if said and said not in CANDIDATES:
        return said
    if sum(ch.isalpha() for ch in text[:_LONGEST]) >= _LETTERS_NEEDED:
        found, sure = _identifier().classify(text[:_LONGEST])
        if sure >= (_SURER if said and said != found else _SURE):
            return str(found)
    return said or primary(fallback)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Loaded at the first use (most of a second), kept apart from the library's shared one."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CANDIDATES)
    return identifier
