"""Adjectives, adverbs and what else qualifies, in German and English: one meaning a line."""

QUALITIES = """
neu neuer neue neuartig | new latest
alt alte älter ältere bisherig | old older previous former
groß größer größte | large big larger great
klein kleiner kleine | small smaller little
hoch höher höchste hohe | high higher highest
niedrig niedriger gering | low lower
lang länger | long longer
kurz kürzer | short shorter brief
schnell schneller rasch | fast faster quick rapid
langsam | slow slowly
gut besser beste | good better best well
schlecht schlechter | bad worse poor
stark stärker | strong strongly
schwach schwächer | weak
schwer | heavy severe hard serious
leicht leichter einfach | light lighter easy simple
wichtig bedeutend | important significant
möglich möglicherweise vielleicht | possible possibly maybe perhaps
unmöglich | impossible
wahrscheinlich vermutlich | likely probably
sicher gesund intakt | safe healthy fine
unsicher | unsafe insecure
gefährlich | dangerous
kritisch | critical
frei freie gratis kostenlos umsonst | free
kostenpflichtig bezahlt | paid charge
teuer teurer | expensive dear
billig billiger günstig günstiger | cheap cheaper
öffentlich | public
privat | private
geheim | secret
lokal örtlich | local
eigen | own
fremd | foreign
unabhängig | independent
gemeinsam zusammen | joint together
getrennt | separate
verfügbar erreichbar erhältlich | available reachable online accessible
bereit fertig | ready
offline unerreichbar | offline unavailable unreachable
unklar unbekannt | unclear unknown
bekannt | known
richtig korrekt | right correct
falsch | wrong false
echt | real genuine
erste erster | first
zweite zweiter | second
dritte | third
letzte letzter vergangenen vorigen vergangen | last past
nächste nächster kommend | next coming
früh früher | early earlier
spät später | late later
bald demnächst | soon
heute | today
gestern | yesterday
morgen | tomorrow
immer stets | always
oft häufig | often frequent
selten | rare rarely
ganz vollständig komplett völlig | whole complete full entire
teilweise | partly partial
zusätzlich | additional extra
einzig | only sole
alle sämtliche | all every
viele zahlreiche | many numerous
wenige | few
mehrere einige | several some
beide | both two
weniger | less fewer
rund etwa circa ungefähr fast knapp | about around nearly almost roughly
maximal höchstens | maximum most up
mindestens | least minimum
drinnen | inside indoor
draußen außerhalb | outside outdoor
digital | digital
elektronisch | electronic
automatisch | automatic automatically
manuell | manual
technisch | technical
wirtschaftlich | economic
politisch | political
militärisch | military
medizinisch | medical
wissenschaftlich | scientific
natürlich | natural
künstlich | artificial
menschlich | human
chemisch | chemical
giftig | toxic
schwarz | black
weiß | white
rot | red
grün | green
blau | blue
leer | empty
voll | full
warm heiß | warm hot
kalt eingefroren gefroren | cold frozen
trocken | dry
nass | wet
drei dreimal | three times triple
zwei zweimal | two twice
vier | four
fünf | five
sechs | six
sieben | seven
acht | eight
neun | nine
zehn | ten
zwölf | twelve
hundert | hundred
tausend | thousand
ein eins einmal | one once
ähnlich | similar
gleich | same equal
anders andere | other different
unterschiedlich | different
besonders | especially particularly
weltweit | worldwide global globally
national | national
international | international
staatlich | state government
städtisch | municipal city
europäisch | european
ähnlich | similar
dauerhaft | permanent
vorläufig | preliminary provisional interim
plötzlich | sudden suddenly
schädlich | harmful
nützlich | useful
beliebt | popular
illegal rechtswidrig | illegal unlawful
legal | legal lawful
schuldig | guilty
arm | poor
reich | rich
jung jünger | young younger
quelloffen offen | open
serienmäßig standardmäßig | default standard
unbegründet | unfounded
"""
