"""Words that say little about which event an article tells: function words, and what every newsroom writes every day."""

from bot.model import Language

# Function words and the verbs of reporting; never counted.
STOP = {
    Language.DE: frozenset(
        "aber ab alle allem allen aller alles als also am an ander andere anderen anderer anderes anders auch auf aus außer außerdem "
        "bald bei beide beiden beim bereits bis bisher bislang da dabei dadurch dafür dagegen daher dahinter damals damit danach "
        "daneben daran darauf daraus darf darin darüber darum darunter das dass davon davor dazu dein dem demnach demzufolge den denen "
        "denn dennoch der deren derzeit des deshalb dessen deutlich die dies diese diesem diesen dieser dieses direkt doch dort durch "
        "dürfen dürfte eben ebenfalls ebenso eher eigene eigenen eigentlich ein eine einem einen einer eines einfach einig einige "
        "einigen einmal er erneut erst erste ersten erster es etwa etwas euch euer für ganz gar geben gegen gegenüber geht gehen "
        "gerade gilt gelten gibt ging gut gute guten hab habe haben hat hatte hatten hätte hätten heißt her hier hin hingegen hinter "
        "ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer immerhin in indem innerhalb ins insgesamt inzwischen ist ja je "
        "jede jedem jeden jeder jedes jedoch jene jetzt kam kann kaum kein keine keinem keinen keiner knapp kommen kommt können "
        "könnte könnten künftig lang lange lassen laut lediglich leicht lässt machen macht man manche mehr mehrere mehreren meist mich "
        "mindestens mir mit möglich muss musste müssen müsste nach nachdem neben nein neu neue neuem neuen neuer neues nicht nichts "
        "nie niemand noch nun nur ob oben oder offenbar ohne pro rund sagen sagt sagte schon sehr sei seien sein seine seinem seinen "
        "seiner seines seit seitdem selbst sich sie sieht sind so sobald sofern soll sollen sollte sollten somit sondern sonst "
        "soweit sowie sowohl später statt steht stehen stets teilt teilte trotz trotzdem über überhaupt übrigen um und uns unser unsere "
        "unter viel viele vielen vom von vor vorerst vorher wann war waren warum was weder wegen weil weiter weitere weiteren weiterhin "
        "welche welchem welchen welcher wenig wenige weniger wenn wer werde werden wie wieder will wir wird wo wobei wodurch wohl wollen "
        "wollte worden wurde wurden während würde würden zu zuerst zufolge zugleich zuletzt zum zumindest zunächst zur zurück zusammen "
        "zudem zuvor zwar zwischen angaben eigenen mitgeteilt mitteilte erklärte berichtet berichten hieß".split()
    ),
    Language.EN: frozenset(
        "a about above according across after again against all almost along already also although always am among an and another any "
        "anyone are around as asked at away back be became because become been before began behind being below between both but by came "
        "can cannot come could did do does doing done down during each either else enough even ever every everyone far few first for "
        "former from further gave get gets getting give given go goes going got had has have having he her here hers him his how however "
        "i if in including instead into is it its itself just keep kept know known last late later least less like little long made make "
        "makes making many may me might more most much must my near need needs never new next no nobody none nor not nothing now of off "
        "often old on once one only onto or other others our out over own per perhaps put rather really said same saw say saying says see "
        "seen several shall she should since so some something soon still such take taken takes taking tell than that the their them then "
        "there these they thing things this those though through to told too took toward towards under until up upon us use used using "
        "very via want wants was way we well went were what when where whether which while who whom whose why will with within without "
        "would wrote yet you your".split()
    ),
}

# What every newsroom writes every day, in both languages, as the beginning of a word (seven letters, folded by `terms.fold`).
COMMON = (
    "aktie aktien aktiengesellschaft analyst analysten angebot angekündigt anbieter anfang anleger anzahl arbeit april august ausgabe "
    "bank bedarf behörde beispiel bekannt bereich bericht berlin betreiber betrieb betroffen betroffene branche brüssel chef chefin "
    "daten deutsch deutsche deutschen deutscher deutschland dezember dienst dienste dienstag digital dollar donnerstag entscheidung "
    "entwickler entwicklung ende england ergebnis erwartet europa europäisch europäische europäischen euro fall fassung februar fehler "
    "firma firmen forderung form frage franken frankreich frau freitag frühjahr funktion funktionen gerät geräte geschäft gesellschaft "
    "geld gründer gruppe gründerin handel hersteller herbst industrie info information informationen internet jahr jahre jahren januar "
    "juli juni konzern kosten kunde kunden künstliche intelligenz land länder leute london loch markt märz maßnahme mensch menschen "
    "milliarde milliarden million millionen minister mitarbeiter mitte mittwoch modell modelle monat monate monaten montag morgen "
    "mitteilung münchen nachmittag nacht netz netzwerk november nummer nutzer oktober online paris person platz plattform plan "
    "politik problem probleme produkt produktion produkte programm projekt prozent punkt quartal rahmen region regierung rolle samstag "
    "schritt schweiz schweizer seite september service sicherheit software sommer sonntag sprecher sprecherin staat stadt stand start "
    "stelle stellen stunde stunden system systeme tag tage tagen technik technologie teil termin thema uhr umsatz unternehmen "
    "unternehmens ursache usa verbraucher verbraucherschützer verfügung vergleich verkauf version vertrag vorjahr vorstand "
    "vorstandschef vorstandschefin vorwurf vorwürfe weg weihnachten welt weltweit werk wettbewerb wien winter wirtschaft woche wochen "
    "zahl zahlen zeit zentrale ziel zugang zukunft zusammenarbeit zweite dritte vierte "
    "able access agency amount announced announcement april area august australia austria available based billion board britain "
    "british brussels business buyers change chief china chinese company companies computer consumer consumers cost costs countries "
    "country court customer customers data day days decision december demand design developer developers device devices digital director "
    "early email employee employees end error europe european event executive expected expects expert experts february feature features "
    "figure finance find firm firms founder france french friday full future german germany government group growth half head help high "
    "home hour hours image including industry information internet issue issues italy january japan japanese july june large launch law "
    "lead leader level line list local london low main maker making management manager march market markets member members million "
    "minister minute minutes model models monday money month months morning move name national network november number october offer "
    "officer official officials online open operator part parts party people person phone place plan planned plans platform point "
    "possible president press problem problems process product products production program programme project public quarter question "
    "rate reason record release report reported reporters reports research researcher researchers result results rise risk rival rivals "
    "rule rules running sale sales saturday security sell september service services set share shares show side site small software sold "
    "source sources south spain spokesman spokesperson spokeswoman staff start started state statement states step stock store support "
    "switzerland system systems team technical technology test thursday time times today top total tuesday turn type united university "
    "update updates use user users value version vienna wednesday week weekend weeks work worker workers working world year years york "
    "young zurich zürich north west east universität forscher studie forschung "
    "bundesamt bundestag bundesregierung kommission commission parlament parliament ministerium ministry bsi eu us gmbh inc ag ceo cfo "
    "ki ai app apps web cloud chip chips server servers code"
)
