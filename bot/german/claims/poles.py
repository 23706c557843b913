"""Words that say the opposite of each other, in German and English: „stieg“ and „fell“, „erlaubt“ and „banned“."""

from collections.abc import Mapping
from functools import cache

from bot.german.claims.meanings import spelled
from bot.german.claims.passages import Word
from bot.model import Language

# One pair of opposites: German | their opposite | English | its opposite.
_OPPOSITES = """
steigen steigt stieg gestiegen wachsen wächst wuchs gewachsen zunehmen zunimmt zunahm zugenommen zulegen zulegte zugelegt Anstieg klettern klettert ansteigen Zunahme erhöhen Erhöhung anheben anhob angehoben steigern verdoppeln Wachstum Zuwachs | sinken sinkt sank gesunken fallen fällt fiel gefallen schrumpfen abnehmen abnahm abgenommen zurückgehen zurückging zurückgegangen Rückgang einbrechen einbrach eingebrochen senken Senkung kürzen Kürzung reduzieren verringern halbieren nachgeben nachgab schrumpfte | rise rises rose risen grow grows grew grown growth increase climb jump surge gain raise raised hike double up | fall falls fell fallen drop decline decrease shrink shrank slump cut cuts reduce lower halve plunge slid down
teurer verteuern Preiserhöhung | billiger verbilligen günstiger Preissenkung | dearer costlier expensive | cheaper
kaufen kauft gekauft erwerben erwirbt erwarb übernehmen übernimmt übernahm übernommen | verkaufen verkauft verkaufte veräußern | buy buys bought acquire purchase | sell sells sold divest
gewinnen gewinnt gewann gewonnen siegen hinzugewinnen | verlieren verliert verlor verloren | win wins won gain | lose loses lost
Gewinn Überschuss | Verlust | profit | loss losses
erlauben erlaubt gestatten genehmigen zulassen zulässt zuließ zugelassen billigen | verbieten verbietet verbot verboten untersagen blockieren | allow permit authorise authorize approve let | ban banned forbid forbids forbade forbidden prohibit block bar barred
annehmen annimmt annahm angenommen akzeptieren zustimmen zustimmt zugestimmt stattgeben stattgab stattgegeben | ablehnen ablehnt ablehnte abgelehnt zurückweisen zurückwies zurückgewiesen abweisen abwies abgewiesen verweigern ausschlagen | accept adopt approve agree granted upheld | reject refuse decline dismiss denied rebuff
bestätigen bestätigt zugeben zugab einräumen einräumte | bestreiten bestreitet bestritt bestritten dementieren zurückweisen zurückwies leugnen abstreiten | confirm admit acknowledge | deny denies denied dispute refute contradict
gelingen gelingt gelang gelungen erfolgreich erreichen erreicht glücken klappen | scheitern gescheitert misslingen misslang missglücken verfehlen verfehlt fehlschlagen | succeed successful succeeded successfully reach reached | fail failed failure miss missed misses unsuccessful
loben lobt begrüßen begrüßt würdigen | kritisieren bemängeln rügen tadeln | praise welcome welcomed applaud | criticise criticize slam condemn
öffnen öffnet eröffnen eröffnet geöffnet | schließen schließt schloss geschlossen Schließung dichtmachen | open opens opened opening | close closes closed shut closure
beginnen beginnt begann begonnen starten gestartet anlaufen | enden endet beenden einstellen einstellt eingestellt aufhören stoppen | begin begins began begun start | end ends ended stop stopped halt cease discontinue discontinued
behalten behält behielt erhalten bleiben bleibt blieb fortführen | verlieren aufgeben aufgab aufgegeben abschaffen abgeschafft streichen gestrichen | keep keeps kept stay stays remain retain continue | lose scrap scrapped drop abandon
einstellen anheuern | entlassen entlässt entließ | hire hires hired recruit | fire fired layoff dismiss
hinzufügen aufnehmen | entfernen löschen streichen | add added | remove delete
unterstützen unterstützt befürworten | ablehnen bekämpfen | support back favour favor | oppose opposes opposed
beschleunigen schneller | verlangsamen langsamer verzögern bremsen | accelerate faster | slow slower delay
vorziehen früher vorgezogen | verschieben verschiebt verschoben später aufschieben | earlier advance | later delay postpone
größer größte mehr höher höchste | kleiner kleinste weniger niedriger geringer niedrigste | larger bigger more higher largest biggest highest | smaller less fewer lower smallest lowest
besser verbessern | schlechter verschlechtern | better improve | worse worsen deteriorate
stärker stärken | schwächer schwächen | stronger strengthen | weaker weaken
länger verlängern | kürzer verkürzen | longer extend | shorter shorten
schwerer | leichter | heavier | lighter
kostenlos gratis unentgeltlich | kostenpflichtig gebührenpflichtig | free | paid chargeable
freiwillig | verpflichtend obligatorisch vorgeschrieben | voluntary optional | mandatory compulsory obligatory required
mindestens | höchstens maximal | least minimum | most maximum
öffentlich | geheim vertraulich | public publicly | secret confidential
bekannt | unbekannt unklar | known | unknown unclear
erreichbar verfügbar | unerreichbar offline | reachable available | unreachable unavailable
sicher | unsicher | safe secure | unsafe insecure
legal | illegal rechtswidrig | legal lawful | illegal unlawful
möglich | unmöglich | possible | impossible
offen quelloffen | geschlossen proprietär | open | closed proprietary
importieren einführen | exportieren ausführen | import | export
betreten beitreten beitritt beigetreten | verlassen verlässt verließ austreten | join joined enter | leave leaves left quit
retten rettet gerettet | aufgeben fallenlassen | rescue save saved | abandon
freigeben freilassen entsperren | sperren sperrt gesperrt | unblock unlock release | lock block
einschalten anschalten aktivieren | ausschalten abschalten abgeschaltet deaktivieren | enable activate | disable deactivate
vor | nach | before | after
dafür | dagegen | favour | against
"""
_LOOSE = frozenset("vor nach before after up down most least bar let open".split())  # too many meanings to tell an error
SHORT = frozenset(n for n, line in enumerate(_OPPOSITES.strip().splitlines()) if "bestreiten" in line)
Poles = frozenset[tuple[int, bool]]


def poles(word: Word, language: Language) -> Poles:
    """The pairs of opposites that a word belongs to, each with whether it is the first side."""
    table = _table(language)
    return frozenset().union(*(table[key] for key in word.keys if key in table))


@cache
def _table(language: Language) -> Mapping[str, Poles]:
    found: dict[str, set[tuple[int, bool]]] = {}
    for n, line in enumerate(_OPPOSITES.strip().splitlines()):
        sides = line.split("|")[:2] if language is Language.DE else line.split("|")[2:]
        for side, words in enumerate(sides):
            for word in words.split():
                if word in _LOOSE:
                    continue
                for key in spelled(word, language):
                    found.setdefault(key, set()).add((n, not side))
    return {key: frozenset(told) for key, told in found.items()}
