"""How walls speak, in German and English: one pattern a line, matched without regard to case."""

import re


def _any(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(line.strip() for line in lines.strip().splitlines()), re.IGNORECASE)


CHALLENGE_TITLE = _any(r"""
^just a moment|^attention required|^einen moment,? bitte|^bitte warten|^one moment|^client challenge|^ddos-guard
^are you (?:a )?(?:human|robot)|^sind sie ein (?:mensch|roboter)|^security check|^sicherheitsprüfung
^bot[- ]?(?:prüfung|check|verification)|^human verification|^verify(?:ing)? (?:you|that)|^checking your browser
^robot check
""")
CHALLENGE_SOURCE = _any(r"""
_cf_chl_opt|__cf_chl|cf-turnstile|challenge-platform/h/|px-captcha|captcha-delivery\.com|_incapsula_resource
sucuri_cloudproxy|ddos-guard\.net|aws-waf-token|class=["'](?:g-recaptcha|h-captcha)
""")
CHALLENGE = _any(r"""
(?:verify|prove|confirm)(?:ing)? (?:that )?you are (?:not a robot|(?:a )?human)|checking your browser
unusual traffic
kein roboter sind|ein mensch sind|ungewöhnlichen (?:daten)?verkehr|ihr browser wird (?:geprüft|überprüft)
\bray id\b
(?:solve|complete|enter) (?:the|this) captcha|captcha (?:lösen|eingeben)|automatisierte (?:anfragen|zugriffe)
automated requests
""")
SCRIPT = _any(r"""
(?:enable|requires?|activate|turn on|without|needs?) javascript|javascript (?:is )?(?:disabled|required|must be)
javascript (?:in (?:ihrem|deinem) browser )?(?:aktivier|einschalt|benötig|erforder|deaktivier|ausgeschaltet|zu aktivier)
(?:aktivieren|benötigt|erfordert) (?:sie )?(?:bitte )?javascript
""")
_THING = r"(?:seite|artikel|beitrag|inhalt|dokument|adresse|url|page|article|post|content|story)"
_WHICH = r"(?:(?:die|der|das|dies\w+|the|this|that|von ihnen|angefordert\w*|gesucht\w*|gewünscht\w*|requested)\s)*"
_THIS = rf"^(?:ups|oops|hoppla|sorry|leider)?\W*{_WHICH}{_THING}"
MISSING = _any(rf"""
^\W*(?:error |fehler )?(?:404|410)\W*(?:$|seite|page|not|nicht|error|fehler|gone|[-–|:])
\b(?:error|fehler):? 404\b|^(?:nicht gefunden|not found|gone)\b
{_THIS} .{{0,25}}(?:nicht gefunden|existiert nicht|not found|not available)
{_THIS} .{{0,25}}nicht (?:mehr )?(?:verfügbar|auffindbar|vorhanden|existieren)
{_THIS} .{{0,25}}(?:no longer (?:available|exists)|n['’]t (?:exist|be found|available))
{_THIS} (?:does not exist|could not be found|has been removed|wurde gelöscht)
""")
ERRING = _any(r"""
^\W*(?:error |fehler )?(?:40[0-3]|429|5\d\d)\b|internal server error|bad gateway
service (?:temporarily )?unavailable
gateway time-?out|access denied|zugriff verweigert|^forbidden|too many requests|wartungsarbeiten|wartungsmodus
(?:under|down for|scheduled) maintenance|technisch\w* (?:störung|problem|fehler)|etwas ist schief
something went wrong
""")
LOGIN = _any(r"^(?:bitte )?(?:anmeld\w*|einloggen|login|log ?in|sign ?in|registrier\w*|konto|mein konto|my account)\b")
CONSENT = _any(r"""
\b(?:wir|uns|unsere\w*)\b.{0,120}\b(?:cookies?|partner\w*|einwilligung|tracking|personenbezogene|endgerät|kennung)
\b(?:cookies?|tracking|partner\w*|datenverarbeitung)\b.{0,120}\b(?:wir|uns|unsere\w*|(?-i:Sie zu|Ihre\w*))\b
\b(?-i:Ihre[nmrs]?|deine[nmrs]?)\b.{0,60}\b(?:einwilligung|zustimmung|auswahl|privatsphäre|datenschutzeinstellung)
\balle[ns]? (?:cookies )?(?:akzeptieren|ablehnen|zulassen)\W*$
(?:akzeptieren|zustimmen) (?:und|&) (?:weiter|schließen)
mit werbung (?:weiter ?lesen|lesen|nutzen|surfen)|wie gewohnt mit werbung
^.{0,40}(?:ohne|kein) (?:werbe)?tracking|^pur[- ]?abo
\b(?:we|our)\b.{0,120}\b(?:cookies?|partners|vendors|consent|personal data)|(?:accept|reject) all\W*$
accept (?:and|&) continue
\byour\b.{0,60}\b(?:consent|privacy (?:choices|settings)|choices|preferences|personal data)
^manage (?:options|preferences)
legitimate interest|berechtigte[ns]? interesse|(?-i:Sie) .{0,60}jederzeit (?:\w+ ){0,6}(?:widerrufen|ändern)
before you continue|bevor (?-i:Sie) (?:fortfahren|weiterlesen)
""")
MORE = _any(r"""
weiter ?(?:zu)?lesen|vollständig(?:en)? (?:artikel|text|zugriff|beitrag)
ganzen? (?:artikel|text|beitrag|geschichte)
diese[nrm]? (?:artikel|text|beitrag|inhalt)|rest (?:des|dieses) (?:artikels|textes)|freischalten|unlock
(?:continue|keep) reading|continue to read|read the (?:full|rest)
(?:full|rest of (?:the|this)|entire|this) (?:article|story|content|post)
""")
PAID = _any(r"""
\babo(?:s|nn\w*)?\b|\b[a-z]\w*(?:plus|\+)(?!\w)|\bplus\b|\bpur\b|premium|mitglied(?:er|schaft|s)?\b|registrier
anmelden
einloggen|subscri|\bsign (?:in|up)\b|\blog ?in\b|\bmembers?\b|\btrial\b|€|\beuro\b|\$\d|kostenpflichtig
zahlungspflichtig
exklusiv für|probemonat|\baccount\b
""")
# A prompt speaks to the reader, of the text at hand, or is no sentence; an article about paywalls is none of these.
SPEAKS = _any(r"""
\b(?-i:Sie|Ihre?[nmrs]?|Ihnen)\b|\bdu\b|\bdeine?|\byour?\b|\bjetzt\b
\bdiese[nrm]? (?:artikel|beitrag|text|inhalt)
\bthis (?:article|story|content|post)|^(?:subscribe|sign|log|unlock|continue|become|start|join|read)\b|[^.!?]$
""")
