"""Words of tech news that mean the same, in German and English, so that a German question finds an English article."""

from collections.abc import Mapping
from functools import cache

from bot.german.keys import keys_of
from bot.model import Language

# One meaning a line: German words | English words.
_MEANINGS = """
Kosten kostet Preis Preise teuer bezahlen Kaufpreis | cost costs price priced pricing pay
Sicherheitslücke Lücke Schwachstelle Leck | vulnerability flaw hole bug weakness
Angriff Attacke angegriffen | attack attacked exploit exploited
Angreifer Hacker Kriminelle | attacker attackers hackers intruders criminals
Update Aktualisierung Patch Flicken | update patch fix fixed
Daten | data
Datenleck Datenpanne abgeflossen gestohlen | breach leak leaked stolen
Rakete Trägerrakete | rocket launcher
Start starten Erstflug abheben | launch launched launches liftoff start starts
Satellit | satellite
Umlaufbahn | orbit
Raumsonde Sonde | probe spacecraft
Akku Batterie | battery batteries
Handy Smartphone Telefon | phone smartphone handset
Bildschirm Display | screen display
Prozessor Chip Halbleiter | processor chip semiconductor
Fabrik Werk Chipfabrik | factory plant fab
Speicher Arbeitsspeicher | memory storage
Rechenzentrum | datacenter datacentre
Ausfall ausgefallen Störung Panne | outage disruption failure downtime
Ursache Grund Auslöser warum weshalb | cause caused reason because
Übernahme übernehmen übernimmt gekauft kauft | acquisition acquire acquires takeover buy buys bought
Entlassung Stellenabbau entlässt Stellen Kündigung | layoffs layoff jobs cuts cutting
Mitarbeiter Beschäftigte Angestellte Personal | employees staff workers workforce
Umsatz Erlös | revenue sales turnover
Gewinn | profit earnings
Verlust | loss losses
Investor Geldgeber Investoren | investor investors
Finanzierung Finanzierungsrunde | funding round raised
Bußgeld Strafe Geldbuße | fine fined penalty
Klage verklagt klagt | lawsuit sue sues sued
Gericht Urteil | court ruling judge
Gesetz Verordnung Regel Vorschrift | law act regulation rules
Behörde Aufsicht | authority regulator watchdog agency
Regierung | government
Kommission | commission
Verbot verbieten verboten | ban banned
Datenschutz | privacy
Sprachmodell KI | model ai llm
künstliche Intelligenz | ai
Forscher Wissenschaftler Forschende | researchers scientists researcher
Studie Untersuchung | study
Rückruf zurückrufen zurückgerufen | recall recalls recalled
Brand Feuer überhitzen | fire overheat overheating
Auto Fahrzeug Wagen | car vehicle
Elektroauto | electric
Reichweite | range
laden aufladen Ladezeit Ladeleistung | charge charges charging
Zug Bahn | train rail railway
Spiel | game
Konsole | console
Spieler | players player
Verschlüsselung verschlüsselt | encryption encrypted
Passwort Kennwort | password
Nutzer Anwender | users user
Kunden Kunde | customers customer
Gerät | device
Betriebssystem | operating
quelloffen | open
Lizenz | licence license
Strom Energie Stromverbrauch | power electricity energy
Wasser | water
Abwärme Wärme | heat
Gewicht wiegt schwer | weight weighs
Größe groß | size
Geschwindigkeit schnell | speed fast
Veröffentlichung erscheinen erscheint veröffentlicht verfügbar | release released releases available
Verkauf verkauft | sale sold sell
Verspätung verschoben Verzögerung verschieben | delay delayed postpone postponed
abgelaufen | expired
Zertifikat | certificate
Chef Geschäftsführer Vorstandschef Leiter Chefin | ceo chief executive boss
scheitern gescheitert Fehlschlag fehlgeschlagen missglückt | fail failed failure fails
Absturz abgestürzt stürzt verunglückt | crash crashed crashes
investieren investiert Investition | invest invests investment
billiger günstiger teurer verteuert | cheaper dearer
Nachtzug | night sleeper
Urteil entschieden entscheidet Entscheidung | ruling ruled decision decided decides
planen plant Plan vorhaben | plan plans planned
entdeckt gefunden | discovered found
gegründet Gründung | founded
Eigentümer gehört Besitzer | owner owns owned
Anteil | share stake
Kredit Schulden | debt loan
Tote gestorben Todesopfer | dead died deaths
Verletzte verletzt | injured
Lösegeld | ransom
Farbe | colour color
Alter | age
dauert Dauer | lasted lasts duration
Sperre gesperrt | blocked
Arzt Ärzte | doctor doctors physicians
Krankenhaus Klinik | hospital hospitals clinic
Schule | school schools
Bank Geldhaus | bank
Wettbewerb Konkurrenz Konkurrent | competition rival rivals
Unternehmen Firma Konzern Hersteller | company maker firm
Gründer Gründerin | founder founders cofounder
Standort Sitz | headquarters based
betroffen | affected
Million Millionen | million
Milliarde Milliarden | billion
Vertrag Abkommen | contract deal agreement
Zusammenarbeit Partnerschaft Kooperation | partnership cooperation
Urheberrecht | copyright
Schiff | ship
Fähre | ferry
Roboter | robot
Netz Netzwerk | network
Mobilfunk | mobile
Abo Abonnement | subscription
kostenlos gratis | free
neu | new
Woche | week
Monat | month
Jahr | year
Deutschland | germany
Europa | europe
Dänemark | denmark
Norwegen | norway
Schweden | sweden
Finnland | finland
Niederlande | netherlands
Belgien | belgium
Polen | poland
Italien | italy
Spanien | spain
Russland | russia
Ukraine | ukraine
Indien | india
Japan | japan
Südkorea | korea
Kanada | canada
Brüssel | brussels
München | munich
Köln | cologne
Wien | vienna
Zürich | zurich
Mailand | milan
Rom | rome
Peking | beijing
Moskau | moscow
Frankreich | france
Schweiz | switzerland
Österreich | austria
Vereinigte Großbritannien | britain uk
"""


def alike(word: str) -> frozenset[str]:
    """The keys of all words that mean the same as this one, in both languages; none where there are no others."""
    own = keys_of(word, Language.DE)[:1]
    return frozenset().union(*(_meanings().get(key, frozenset()) for key in own))


@cache
def _meanings() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _MEANINGS.strip().splitlines():
        german, english = (half.split() for half in line.split("|"))
        told = [keys_of(word, Language.DE)[:1] for word in german] + [
            keys_of(word, Language.EN)[:1] for word in english
        ]
        keys = frozenset(key for one in told for key in one)
        for key in keys:
            found[key] = found.get(key, frozenset()) | keys
    return found
