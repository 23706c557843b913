"""Verbs of news in German and English: one meaning a line, irregular forms spelled out, regular ones told by their root."""

VERBS = """
kaufen kauft erwerben erwirbt erwarb erworben übernehmen übernimmt übernahm übernommen Übernahme Kauf Zukauf schlucken | buy buys bought acquire acquisition purchase takeover takes over took
verkaufen verkauft Verkauf veräußern abgeben absetzen losschlagen | sell sells sold sale sales divest offload
anbieten bietet bot geboten angeboten Angebot Gebot bieten | offer offered bid bids provide provides
zahlen zahlt bezahlen Zahlung Lohn Gehalt entrichten überweisen | pay pays paid payment wage salary
kosten kostet kostete Preis Kosten | cost costs price priced
verlangen fordern Forderung einfordern | demand demanded ask asked request requested call called claim seek seeks sought require charge
geben gibt gab gegeben vergeben übergeben überlassen aushändigen | give gives gave given hand handed grant granted
nehmen nimmt nahm genommen | take takes took taken
erhalten erhält erhielt bekommen bekommt bekam kriegen | receive received get gets got obtain gain gained
verlieren verliert verlor verloren Verlust einbüßen Einbuße | lose loses lost loss losses
gewinnen gewinnt gewann gewonnen hinzugewinnen Zuwachs Sieg siegen | win wins won gain gained victory
steigen steigt stieg gestiegen wachsen wächst wuchs gewachsen zunehmen nimmt zugenommen zulegen Anstieg Wachstum Plus klettern ansteigen Zunahme mehr | rise rises rose risen grow grows grew grown increase climb jump surge gain up growth more
erhöhen Erhöhung anheben hebt hob angehoben heben steigern Steigerung aufstocken verteuern teurer verdoppeln | raise increase hike lift boost up double
sinken sinkt sank gesunken fallen fällt fiel gefallen schrumpfen abnehmen zurückgehen Rückgang ging zurück einbrechen Einbruch nachgeben Minus verringern weniger | fall falls fell fallen drop decline decrease shrink shrank slump decreased down fewer less lower
senken Senkung kürzen Kürzung reduzieren verringern drosseln billiger verbilligen halbieren | cut cuts reduce lower slash halve cheaper trim
verdoppeln doppelt verdoppelt | double doubled twice
beginnen beginnt begann begonnen starten Start Beginn anfangen anlaufen aufnehmen aufgenommen eröffnen eröffnet | begin begins began begun start launch open opened opening
enden endet beenden Ende abschließen schließt abgeschlossen Abschluss fertigstellen fertig vollenden | end ends finish complete completed conclude finished close closed ready done
fortsetzen weiter weiterführen weiterhin | continue carry resume remain still
öffnen öffnet eröffnen offen offenstehen | open opens opened
schließen schließt schloss geschlossen Schließung dichtmachen stopfen | close closes closed shut closure plug fix patch
einstellen stellt eingestellt Einstellung abschalten abgeschaltet auslaufen beenden aufgeben aufgegeben streichen gestrichen | discontinue stop end drop retire scrap shut axe cancel kill shutdown close
stoppen stoppt anhalten aufhören Stopp | stop stopped halt cease
verschieben verschiebt verschob verschoben Verschiebung verzögern Verzögerung verspäten Verspätung später vertagen aufschieben aufgeschoben hinausschieben verspätet | delay delayed postpone postponed late later defer slip push pushed back
warten wartet abwarten | wait waits await awaiting
veröffentlichen Veröffentlichung herausgeben herausgegeben publizieren erscheinen erscheint erschien erschienen herausbringen freigeben vorlegen Release | release publish published launch out issue issued appear ship ships
vorstellen stellt vorgestellt Vorstellung präsentieren Präsentation zeigen enthüllen | present unveil show introduce introduced reveal announce
zeigen zeigt gezeigt aufzeigen | show shows showed shown demonstrate
ankündigen Ankündigung ankündigte verkünden bekanntgeben bekannt mitteilen mitgeteilt Mitteilung | announce announcement said statement tell told unveil confirm
sagen sagt sagte gesagt erklären erklärt äußern Äußerung sprechen spricht sprach gesprochen schreiben schrieb geschrieben nennen nannte genannt betonen | say says said tell told state comment speak spoke write wrote call called explain
melden meldet Meldung berichten Bericht Report | report reported
fragen fragt Frage befragen Umfrage | ask asked question survey poll
antworten Antwort beantworten | answer answered reply respond response
bestätigen Bestätigung | confirm confirmed confirmation verify acknowledge
bestreiten bestreitet bestritt bestritten dementieren Dementi zurückweisen weist wies zurückgewiesen abstreiten verneinen leugnen widersprechen widersprach | deny denies denied dispute reject rejected dismiss refute contradict
ablehnen lehnt abgelehnt Ablehnung zurückweisen weist wies abweisen abgewiesen verweigern Weigerung weigern abblitzen ausschlagen ausgeschlagen | reject rejected refuse refused decline declined turn turned down dismiss dismissed deny denied rebuff
annehmen nimmt nahm angenommen Annahme akzeptieren | accept accepted agree adopt adopted
zustimmen stimmt zugestimmt Zustimmung billigen Billigung einwilligen | approve approval agree agreed consent accept accepted back
genehmigen Genehmigung zulassen zugelassen Zulassung bewilligen | approve approval authorise authorize clear cleared licence license permit certification certify
beantragen Antrag beantragt | apply applied application request file filed
erlauben Erlaubnis gestatten zulassen dürfen darf | allow permit let permission
verbieten verbietet verbot verboten Verbot untersagen sperren | ban banned forbid forbids forbidden prohibit bar barred block
sperren sperrt Sperre gesperrt blockieren aussperren | block blocked ban lock locked suspend
beschließen beschließt beschloss beschlossen Beschluss entscheiden entscheidet entschied entschieden Entscheidung verabschieden verabschiedet Urteil urteilen | decide decided decision rule ruled ruling pass passed adopt adopted vote verdict judge judgment
planen plant Plan vorsehen vorgesehen vorhaben beabsichtigen Vorhaben wollen will | plan plans intend intends want aim due scheduled propose project
prüfen Prüfung überprüfen untersuchen Untersuchung ermitteln ermittelt Ermittlung Vorermittlungen checken begutachten | examine investigate investigation inquiry probe review check study inspect audit assess preliminary
erwägen erwägt erwog überlegen nachdenken denken dachte gedacht Überlegung | consider considering weigh mull think thinking
verhandeln Verhandlung Gespräch Gespräche | talk talks negotiate negotiation discussion
erwarten Erwartung rechnen rechnet voraussichtlich | expect expected forecast anticipate predict
vermuten Vermutung Verdacht glauben glaubt annehmen mutmaßlich verdächtigen | suspect believe believed think presumably assume
schätzen Schätzung | estimate estimated
hoffen Hoffnung | hope hopes
warnen Warnung | warn warned warning alert
kritisieren Kritik bemängeln rügen tadeln | criticise criticize criticism slam fault
loben Lob begrüßen begrüßt würdigen | praise praised welcome welcomed
entschuldigen Entschuldigung | apologise apologize apology sorry
beschuldigen Vorwurf vorwerfen verantwortlich Schuld beschuldigt | blame blamed accuse accused responsible allegation fault
klagen klagt verklagen Klage Kläger | sue sued lawsuit suit complaint legal court plaintiff claim
Berufung anfechten Revision Einspruch | appeal appealed challenge
verurteilen verurteilt Strafe Bußgeld | convict sentence fine fined penalty
verletzen verstoßen verstößt Verstoß Verletzung | violate infringe breach break breaks
verletzt Verletzte Verletzter | injured hurt wounded injury
töten Tote Toter starb sterben gestorben | kill killed die died dead death
schützen Schutz geschützt absichern sichern | protect protection secure safeguard guard shield
angreifen greift griff angegriffen Angriff Attacke Angreifer attackieren Hacker | attack attacker hacker hack intruder exploit
ausnutzen nutzt ausgenutzt Ausnutzung missbrauchen | exploit exploited abuse misuse
eindringen drang eingedrungen Einbruch | break broke intrude breach enter access
stehlen stiehlt stahl gestohlen entwenden erbeuten Diebstahl abgreifen abgeflossen | steal stolen theft take
erpressen Erpresser Erpressung Lösegeld | extort ransom ransomware blackmail
verschlüsseln Verschlüsselung | encrypt encrypted encryption
kopieren kopiert Kopie | copy copied
löschen gelöscht Löschung entfernen entfernt | delete erase remove wipe
speichern gespeichert Speicher lagern | store stored save storage memory
laden lädt lud geladen aufladen herunterladen heruntergeladen Download | load charge charging download downloaded
senden sendet gesendet schicken verschicken übertragen übermitteln | send sent transmit transfer deliver
liefern geliefert Lieferung ausliefern zustellen Auslieferung | deliver delivery ship shipment supply
empfangen empfängt empfing | receive
teilen geteilt weitergeben | share shared sharing
verteilen Verteilung | distribute
verbinden Verbindung verbunden anschließen Anschluss angeschlossen Kontakt | connect connection link linked contact
trennen getrennt Trennung abspalten | separate split disconnect spin
nutzen nutzt benutzen verwenden verwendet Nutzung Verwendung einsetzen eingesetzt Einsatz brauchen | use used usage user deploy need
brauchen benötigen nötig erfordern notwendig voraussetzen | need require necessary must
arbeiten arbeitet Arbeit beschäftigen beschäftigt Beschäftigte Mitarbeiter Angestellte Personal Belegschaft Arbeiter | work works worker employ employs employee staff workforce people
entlassen entlässt entließ Entlassung Stellenabbau abbauen kündigen Stellen Kurzarbeit | layoff layoffs lay laid fire fired jobs dismiss cut redundancy redundant
einstellen anheuern anwerben Neueinstellung | hire hired recruit
kündigen kündigt Kündigung gekündigt auflösen | cancel terminate termination quit end
zurücktreten Rücktritt trat zurückgetreten abtreten verlassen verließ verlässt ausscheiden gehen ging gegangen | resign resigned step stepped down leave left quit depart resignation
ernennen ernannt Ernennung berufen | appoint appointed name named
leiten leitet Leiter Leiterin führen führt Führung anführen angeführt Chef Chefin Vorstand | lead leads led head manage manager run chief chair boss ceo executive director
gründen Gründung Gründer Gründerin gegründet | found founded founder
bauen baut gebaut Bau errichten errichtet herstellen Hersteller produzieren Produktion fertigen Fertigung | build built make makes made maker manufacture manufacturer produce production construct construction
entwickeln Entwicklung Entwickler entwerfen | develop developer development design designed
erfinden erfand erfunden Erfindung | invent invented
testen Test getestet erproben Erprobung Versuch | test tests tested trial testing try
trainieren Training trainiert anlernen | train trained training
lernen gelernt | learn learned
forschen Forscher Forscherin Forschung Wissenschaftler | research researcher scientist study
finden findet fand gefunden entdecken Entdeckung aufspüren | find finds found discover spot
suchen Suche gesucht sucht | search look looking seek
messen misst maß gemessen Messung | measure measured
zählen Zahl Anzahl | count number
ändern Änderung geändert verändern wandeln umstellen Umstellung | change changed alter switch
ersetzen ersetzt Ersatz austauschen Austausch tauschen auswechseln | replace replaced replacement swap exchange spare
reparieren Reparatur beheben behebt behoben | repair fix fixed mend
verbessern Verbesserung besser | improve better improvement
verschlechtern schlechter | worsen worse
hinzufügen ergänzen zufügen zusätzlich | add added addition extra
bringen bringt brachte gebracht mitbringen | bring brings brought
kommen kommt kam gekommen | come comes came arrive
halten hält hielt gehalten behalten | keep keeps kept hold held stay retain
bleiben bleibt blieb geblieben verbleiben erhalten | stay stays remain kept keep
scheitern gescheitert Scheitern misslingen misslang fehlschlagen missglücken versagen verfehlen verfehlt platzen geplatzt | fail failed failure miss missed collapse collapsed through unsuccessful
gelingen gelang gelungen erfolgreich Erfolg schaffen schafft schaffte klappen | succeed success successful manage managed achieve
erreichen erreicht Erreichen | reach reached achieve hit enter
ausfallen fällt ausgefallen Ausfall Störung Panne lahmlegen | outage fail disruption down disrupt failure
abstürzen Absturz stürzt abgestürzt | crash crashed
brennen brannte Brand Feuer entzünden Flammen | fire burn burned burning blaze flames
explodieren Explosion | explode explosion
überhitzen Überhitzung heiß | overheat overheating hot
zerstören zerstört | destroy destroyed
beschädigen Schaden beschädigt Schäden | damage damaged harm
Schadenersatz Schadensersatz Entschädigung entschädigen | damages compensation compensate refund
helfen hilft half geholfen Hilfe unterstützen Unterstützung | help helped aid support assist
retten Rettung gerettet | rescue save bailout
fördern Förderung subventionieren | fund subsidy subsidise promote support grant
finanzieren Finanzierung | finance fund funding
investieren Investition Investor Geldgeber stecken | invest investment investor funding
leihen Kredit Darlehen Schulden schulden schuldet | lend loan borrow debt owe owes credit
vermieten Vermieter mieten Mieter Miete | rent landlord tenant lease
besitzen Eigentümer gehören gehört Besitz halten hält | own owns owned owner belong hold held
sammeln einsammeln eingesammelt | raise raised collect collected gather
abschaffen abgeschafft | abolish scrap drop
verzichten verzichtet Verzicht | forgo without drop waive refrain
vermeiden vermied vermieden verhindern verhindert umgehen | avoid prevent prevented circumvent
zwingen zwang gezwungen verpflichten Pflicht verpflichtend müssen muss | force forced oblige mandatory require must
rufen ruft zurückrufen zurückgerufen Rückruf | recall recalled
treffen trifft traf getroffen betreffen betroffen betrifft | affect affected hit meet met
fliegen fliegt flog geflogen Flug | fly flew flown flight
fahren fährt fuhr gefahren Fahrt befördern Fahrgäste Passagiere | drive drove travel ride run passenger
landen Landung gelandet | land landed landing touch
kreisen umkreisen Umlaufbahn Orbit | orbit circle
laufen läuft lief gelaufen ausführen | run runs ran running work
zünden Zündung | ignite ignition burn
erzeugen erzeugt generieren | generate produce create
sparen gespart Einsparung | save saved saving
spenden Spende gespendet | donate donation
verbrauchen Verbrauch Verbraucher | consume consumption consumer
vergleichen Vergleich | compare comparison settle settlement
einigen Einigung geeinigt beilegen | agree agreement settle settlement settled
streiten Streit Konflikt | dispute conflict row fight
protestieren Protest demonstrieren | protest demonstrate
streiken Streik | strike
wählen wählt Wahl gewählt abstimmen | elect election vote choose chose chosen
lizenzieren Lizenz | licence license licensed
patentieren Patent | patent
registrieren anmelden angemeldet Anmeldung | register registered sign apply
überwachen Überwachung beobachten | monitor surveillance watch observe track
verfolgen Verfolgung tracken | track tracking follow pursue
folgen folgt gefolgt nachziehen Beispiel | follow follows followed suit
übersetzen Übersetzung | translate translation
lesen liest las gelesen | read reads
hören hört Anhörung | hear hearing listen
sehen sieht sah gesehen | see sees saw seen watch
spielen Spiel Spieler | play game player
informieren informiert Information benachrichtigen verständigen | inform informed notify notified tell told information
einladen eingeladen | invite invited
ersuchen bitten bittet bat gebeten | ask request
übertreffen übertrifft übertraf schlagen schlägt schlug überholen | beat beats outperform exceed surpass overtake
gelten gilt galt | apply applies valid count considered
umfassen enthalten enthält beinhalten | include contains contain comprise cover
decken abdecken bedecken | cover covered
bestehen besteht bestand | exist consist pass
existieren vorhanden | exist
wiederherstellen Wiederaufbau wiederaufbauen | restore recover recovery rebuild
erweitern Erweiterung ausbauen Ausbau | expand expansion extend
verlängern Verlängerung | extend extension prolong
verlagern Verlagerung umziehen Umzug verlegen verlegt | move moved relocate shift transfer
exportieren Ausfuhr Export | export
importieren Einfuhr Import | import
impfen Impfung | vaccinate vaccine
behandeln Behandlung | treat treatment
empfehlen empfiehlt empfahl empfohlen Empfehlung raten rät | recommend advise advice
vertreten Vertreter Sprecher Sprecherin | represent spokesperson spokeswoman spokesman
unterschreiben unterzeichnen | sign signed
bestellen Bestellung Auftrag | order ordered booking
beauftragen Auftrag | commission commissioned contract
verwalten Verwalter Insolvenzverwalter Verwaltung | administer administrator administration
Insolvenz Gläubigerschutz pleite Pleite Konkurs | bankruptcy bankrupt insolvency insolvent
verdienen Gewinn Ertrag | earn profit earnings
mieten geleast | lease rent
leuchten | glow shine light
bewerben Werbung werben Werber Reklame | advertise advert advertising advertiser ads
bewegen Bewegung | move motion
abweichen Abweichung | differ deviation
zurückgeben Rückgabe erstatten Erstattung | return refund
auslegen ausgelegt konzipieren konzipiert | design designed intended
überstehen übersteht überstand überleben überlebt | survive withstand
funktionieren funktioniert | work function operate
stören gestört Störung | disrupt disturb interrupt
unterbrechen unterbrochen Unterbrechung | interrupt interruption suspend
erteilen erteilt | grant granted issue issued
einordnen einstufen eingestuft Einstufung | rate rated classify classified
beitragen beigetragen Beitrag | contribute contribution
erklären begründen begründet Begründung Erklärung | explain justify explanation
bevorzugen | prefer
fürchten befürchten Angst Sorge | fear worry concern
anpassen Anpassung | adapt adjust
warnen gewarnt | warn
beraten Beratung | advise consult
aufteilen spalten | split divide
vernichten | destroy
verschwinden verschwand verschwunden | disappear vanish
begrenzen Begrenzung beschränken Beschränkung Grenze befristet | limit restrict cap
entsperren freischalten | unlock enable
erfassen erheben | collect record
auswerten analysieren Analyse | analyse analyze analysis evaluate
angeben Angabe Angaben | state figure according
beteiligen Beteiligung beteiligt | involve participate stake
mitwirken teilnehmen Teilnehmer teilgenommen | participate participant take
gewähren gewährt | grant
ausschließen ausschließt ausschloss ausgeschlossen | rule ruled exclude excluded out
prognostizieren Prognose | forecast projection predict
lahmlegen stilllegen | disable paralyse knock fail
stützen | support back
streichen gestrichen Streichung abbauen abgebaut Abbau | cut scrap axe eliminate shed
anmelden einloggen Anmeldung Login angemeldet | log login logging sign logged
einreichen eingereicht einlegen eingelegt | file filed submit lodge lodged
drohen droht Bedrohung Gefahr gefährdet gefährden | threaten threat risk danger endanger
prahlen behaupten Behauptung | claim claimed assert boast
verraten preisgeben offenlegen legte offengelegt | reveal expose exposed disclose
"""
