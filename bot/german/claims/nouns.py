"""Nouns of news in German and English: one meaning a line."""

NOUNS = """
Unternehmen Firma Konzern Betrieb Gesellschaft Anbieter Hersteller Haus | company firm group maker business corporation provider
Startup Start-up Gründerfirma Jungunternehmen | startup start-up
Behörde Amt Agentur Aufsicht Regulierer Wettbewerbshüter | authority agency regulator watchdog office body
Regierung Ministerium Minister Kabinett staatlich Bund | government ministry minister cabinet state
Parlament Bundestag Abgeordneter Abgeordnete | parliament lawmaker mp assembly
Gesetz Recht Regel Verordnung Vorschrift Regelung rechtlich gesetzlich | law right rule rules regulation act legal
Gericht Richter Richterin Justiz | court judge justice tribunal
Staatsanwaltschaft Staatsanwalt Ankläger | prosecutor prosecutors
Polizei Kriminalamt Landeskriminalamt Ermittler | police investigators detectives
Partei Opposition Koalition | party opposition coalition
Stadt Kommune Gemeinde Rathaus | city town municipality council
Bürgermeister Bürgermeisterin Oberbürgermeister | mayor
Präsident Präsidentin | president
Kommission Ausschuss Gremium | commission committee
Verwaltungsrat Aufsichtsrat Vorstand Board | board
Verband Verein Vereinigung | association union
Gewerkschaft | union
Stiftung | foundation
Universität Hochschule Uni | university college
Schule Schüler Unterricht Lehrer | school pupil student teacher class
Krankenhaus Klinik Klinikum Häuser | hospital clinic
Arzt Ärztin Ärzte Mediziner | doctor physician medic
Patient Kranke | patient
Krankheit Erkrankung | disease illness
Medikament Arznei Wirkstoff | drug medicine
Kunde Käufer Kundschaft Abnehmer | customer buyer client
Nutzer Anwender Benutzer | user
Abonnent Abo Abonnement Tarif | subscriber subscription plan tariff
Verbraucher Verbraucherschützer | consumer
Mensch Person Leute Bürger | people person citizen human
Kind Jugendliche Kinder | child children minor teenager
Frau Frauen | woman women
Mann Männer | man men
Familie Haushalt | family household
Nachbar | neighbour neighbor
Konkurrent Rivale Wettbewerber Konkurrenz Mitbewerber | rival competitor competition
Partner Partnerschaft Kooperation | partner partnership cooperation
Zulieferer Lieferant | supplier
Dienstleister Auftragnehmer | contractor service provider
Betreiber betreiben | operator operate
Eigentum Immobilie | property
Bank Geldhaus Institut | bank lender institute
Fonds | fund
Aktie Aktien Kurs Anteil Anteile | share shares stock stake
Börse Börsengang | exchange ipo listing stock
Umsatz Erlös Einnahmen | revenue turnover sales income
Gewinn Überschuss | profit earnings income
Steuer Abgabe | tax levy duty
Zoll Zölle | tariff customs duty
Geld Mittel Kapital Summe | money cash funds capital sum
Gebühr Entgelt | fee charge
Rabatt Nachlass | discount
Vertrag Abkommen Vereinbarung | contract agreement deal treaty
Markt Marktanteil Handel | market trade commerce
Industrie Branche Wirtschaft | industry sector economy
Fabrik Werk Produktionsstätte | factory plant fab works
Standort Sitz Niederlassung | site location headquarters base office
Laden Geschäft Filiale | shop store branch
Lager | warehouse stock
Land Staat Nation | country state nation land
Region Gebiet Gegend | region area
Kontinent | continent
Welt weltweit global | world worldwide global
Straße Weg | road street way
Brücke | bridge
Gebäude Haus Bau | building house
Zug Züge Bahn Schiene Eisenbahn | train rail railway
Auto Wagen Fahrzeug Pkw | car vehicle
Lieferwagen Transporter | van
Lastwagen Lkw | truck lorry
Bus | bus coach
Fahrrad Rad | bicycle bike
Schiff Fähre Boot | ship ferry boat vessel
Flugzeug Maschine Jet | plane aircraft jet machine
Flughafen | airport
Hafen | port harbour
Rakete Trägerrakete | rocket launcher
Satellit | satellite
Sonde Raumsonde Raumschiff | probe spacecraft craft
Raumfahrt Weltraum All | space
Erde | earth
Mond | moon lunar
Mars Venus Planet | planet
Sonne solar | sun solar
Triebwerk Motor Antrieb | engine motor drive thruster
Treibstoff Kraftstoff Benzin | fuel petrol gas
Ventil | valve
Kamera Foto Bild Bilder Aufnahme | camera photo picture image
Batterie Akku Zelle Stromspeicher | battery cell storage
Strom Energie elektrisch | power electricity energy electric
Kraftwerk Reaktor | plant reactor
Wasser | water
Wärme Abwärme Heizung | heat heating
Luft | air
Wetter Klima | weather climate
Nebel | fog
Regen | rain
Wind | wind
Hitze Temperatur | heat temperature
Licht | light
Netz Netzwerk | network grid net
Internet Web online | internet web online
Mobilfunk | mobile cellular
Glasfaser | fibre fiber
Leitung Kabel | cable line
Gerät Apparat Modell | device machine gadget unit model
Rechner Computer PC | computer pc machine
Laptop Notebook | laptop notebook
Handy Smartphone Telefon | phone smartphone handset
Tablet | tablet
Fernseher TV | television tv
Brille Headset Datenbrille | headset glasses goggles
Uhr Smartwatch | watch clock
Kopfhörer Ohrhörer | headphones earbuds
Hörgerät | hearing aid aids
Bildschirm Display Anzeige Monitor | screen display monitor
Tastatur | keyboard
Drucker | printer
Chip Prozessor Halbleiter Chips | chip processor semiconductor cpu
Grafikkarte Grafikchip | graphics gpu card
Speicher Arbeitsspeicher RAM | memory storage ram
Festplatte Laufwerk | disk drive
Server Rechenzentrum | server datacenter datacentre data centre
Cluster Supercomputer | cluster supercomputer
Software Programm Anwendung App | software program programme application app
Hardware | hardware
Betriebssystem System | operating system
Browser | browser
Cookie Cookies | cookie cookies
Version Fassung Ausgabe Variante | version edition release variant
Update Aktualisierung Patch Flicken | update patch fix upgrade
Lücke Sicherheitslücke Schwachstelle Leck Loch | vulnerability flaw hole bug weakness
Fehler Defekt Bug fehlerhaft defekt falsch | error mistake fault bug defect faulty wrong misconfigured
Schadsoftware Virus Malware Trojaner | malware virus trojan
Passwort Kennwort Zugangsdaten | password credentials login
Konto Account | account
Daten Datensatz Unterlagen Akte | data record records file dataset
Datenschutz Privatsphäre | privacy data protection
Datenbank | database
Datei | file
Text Liedtext Songtext | text lyrics
Sprache Sprachen | language speech
Stimme | voice
Modell Sprachmodell | model
KI Künstliche Intelligenz | ai artificial intelligence
Algorithmus | algorithm
Cloud | cloud
Schnittstelle | interface api
Quelltext Code Quellcode quelloffen | code source open
Entwickler Programmierer | developer programmer engineer
Ingenieur Techniker | engineer technician
Werkzeug | tool
Technik Technologie | technology tech technique
Funktion Feature Merkmal | function feature
Sicherheit sicher | security safety safe secure
Risiko Gefahr | risk danger hazard
Unfall Vorfall Zwischenfall Panne | accident incident
Problem Schwierigkeit | problem issue difficulty trouble
Lösung lösen | solution solve
Ursache Grund Auslöser | cause reason trigger
Folge Auswirkung | consequence effect result impact
Ergebnis | result outcome
Ziel Zweck | goal aim target purpose
Hinweis Beleg Beweis Anzeichen | evidence sign indication hint proof
Meinung Ansicht | opinion view
Analyst Analystin Beobachter | analyst observer
Experte Expertin Fachleute Fachmann | expert specialist
Journalist Reporter Presse | journalist reporter press
Zeitung Magazin Blatt | newspaper paper magazine
Studio | studio
Film Serie Kino | film movie series cinema
Musik Lied Song | music song
Buch | book
Künstler | artist
Fernsehen Sender | television broadcaster channel
Autor | author writer
Urheberrecht | copyright
Marke | brand trademark
Werbung Anzeige | advert advertising ad ads
Nachricht Botschaft | message news
Brief Post Mail | letter mail post
Gespräch Interview | talk conversation interview
Treffen Konferenz Messe | meeting conference fair
Studie Untersuchung | study
Umfrage | survey poll
Test Prüfung | test exam
Garantie Gewährleistung | warranty guarantee
Ersatzteil Ersatzteile | spare part parts
Bauteil Teil Komponente | part component
Teil Anteil | part share portion
Hälfte halb | half
Drittel | third
Viertel Quartal | quarter
Menge | amount quantity
Größe | size
Gewicht wiegt wiegen | weight weigh weighs
Länge lang | length long
Höhe hoch | height high
Geschwindigkeit Tempo schnell | speed fast quick
Reichweite Entfernung | range distance
Dauer dauert | duration last lasts takes
Jahr jährlich | year annual yearly
Monat monatlich | month monthly
Woche wöchentlich | week weekly
Tag täglich | day daily
Stunde | hour
Minute | minute
Sekunde | second
Morgen | morning
Abend | evening
Nacht | night
Montag | monday
Dienstag | tuesday
Mittwoch | wednesday
Donnerstag | thursday
Freitag | friday
Samstag Sonnabend | saturday
Sonntag | sunday
Wochenende | weekend
Januar Jänner | january
Februar | february
März | march
April | april
Mai | may
Juni | june
Juli | july
August | august
September | september
Oktober | october
November | november
Dezember | december
Frühjahr Frühling | spring
Sommer | summer
Herbst | autumn fall
Winter | winter
Weihnachten | christmas
Zukunft künftig | future
Frist | deadline
Millionen Million | million
Milliarde Milliarden | billion bn
Billion Billionen | trillion
Prozent | percent per cent
Weltmeisterschaft WM | world cup
Mannschaft Team | team
Verein Klub | club
Sport Fußball | sport football soccer
Rohstoff Metall | material metal
Gold | gold
Kupfer | copper
Stahl | steel
Holz | wood
Kunststoff Plastik | plastic
Glas | glass
Lebensmittel Essen | food
Tier Tiere | animal
Pflanze Baum | plant tree
Wald | forest
Fluss | river
Meer See | sea lake ocean
Berg | mountain
Krieg Armee Militär | war army military
Waffe | weapon arms
Drohne | drone
Roboter | robot
Fahrer fahrerlos autonom | driver driverless autonomous
Gruppe Bande | group gang
Mitglied | member
Chef Chefin Geschäftsführer Boss Vorstandschef Vorsitzende | chief head boss ceo chair executive
Rolle | role
Rang Platz Spitze | rank place top
Mehrheit | majority
Vergleich | comparison settlement
Nachfrage | demand
Kapazität | capacity
Leistung | performance power output
Qualität | quality
Übersetzung | translation
Abkürzung | abbreviation
Verfahren Prozess | process procedure proceedings trial
Antrag | request application motion
Versorgung | supply
Ausnahme | exception exemption
Anschluss | connection
Speicherplatz | storage space
Nutzung | use usage
Sprecher Sprecherin | spokesperson spokeswoman spokesman
Drittanbieter Dritte | third party parties
Standard standardmäßig | default standard
Kritiker Kritik | critic criticism
Drittel | third
Kaltstart | cold start
Hinsicht | respect
Dollar | dollar dollars
Euro | euro euros
Cent | cent cents
Franken | franc francs
Pfund | pound pounds
Mal | time times
Kanal | channel
"""
