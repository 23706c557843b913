"""Whether a sentence reports, claims or expects something, rather than states it."""

import re

_GERMAN = (
    r"soll(?:en)?|glaub(?:t|en)|gemeldete\w*|angeblich\w*|offenbar|mutmaßlich\w*|vermutlich\w*|voraussichtlich\w*|möglicherweise|womöglich|vielleicht"
    r"|wohl|anscheinend|scheint|scheinen|könnten?|dürften?|behaupte(?:t|te|ten|n)|bericht(?:et|ete|eten|en)|zufolge"
    r"|schätz(?:t|en|te|ten)|vermute(?:t|te|ten|n)|erwarte(?:t|te|ten|n)|gerücht\w*|spekul\w+|verdacht\w*|unbestätigt\w*"
    r"|prognos\w+|geh(?:t|en) davon aus|rechne(?:t|n) (?:damit|mit)|heißt es|hieß es|nicht bestätigt|dem bericht nach"
    r"|(?<!zu )(?<!so )laut(?! (?:und|wie|genug))|nach (?:\w+ ){0,3}(?:angaben|informationen|einschätzung|ansicht)"
    r"|in (?:\w+ ){0,2}kreisen|will (?:[^.;]{0,80} )?\w+ haben"
)
# Indirect speech. First persons have the same forms („ich habe“); „es sei denn“ is none.
_SUBJUNCTIVE = (
    r"(?<!ich )(?:sei(?! denn)|seien|habe|werde|könne|müsse|dürfe|wolle|solle|gebe es|lasse sich|liege|stehe|gehe"
    r"|bleibe)"
)
_SAID = r", (?:so (?:der|die|das)|(?:sag|teil|erklär|schreib|meld|warn|betont)\w{0,3}|schrieb\w*)\b"
_ENGLISH = (
    r"reportedly|allegedly|alleged|apparently|purportedly|supposedly|according to|people familiar|sources? (?:say|said)"
    r"|may|might|could|likely|expected to|is said to|are said to|claim(?:s|ed)|rumou?r\w*|suspect\w*|estimat\w+"
    r"|believed to"
)
_HEDGE = re.compile(rf"\b(?:{_GERMAN}|{_ENGLISH}|{_SUBJUNCTIVE})(?!\w)|{_SAID}", re.IGNORECASE)


def is_hedged(sentence: str) -> bool:
    """Whether the sentence says that it only reports, claims, expects or quotes, in German or English.

    Rather once too often: a reservation that is marked needlessly harms nobody, one that gets lost does.
    """
    return _HEDGE.search(sentence) is not None
