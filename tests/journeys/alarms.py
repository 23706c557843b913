"""Alerts, and what they are about."""

from datetime import timedelta
from typing import Any

from bot.model import Alert
from tests.journeys.office import BERLIN, BLATT, SEVEN, Office, channel

NOON = SEVEN + timedelta(hours=5)
HOLE = {
    "Kritische Lücke in Mailserver Orvado wird aktiv ausgenutzt": (
        "Angreifer nutzen eine kritische Lücke im Mailserver Orvado aus. Betroffen sind nach Angaben des Herstellers "
        "Orvado alle Versionen vor 8.2.1. Das Update schließt die Lücke. Betreiber sollen es sofort einspielen."
    )
}
HOLE_TOO = {
    "Mailserver Orvado: Angreifer nutzen kritische Lücke aus, Update auf 8.2.1": (
        "Die kritische Lücke im Mailserver Orvado wird bereits ausgenutzt. Der Hersteller Orvado hat Version 8.2.1 "
        "veröffentlicht, welche die Lücke schließt. Betreiber sollen das Update sofort einspielen."
    )
}
MOON = {
    "Mondlander Calyx setzt sanft auf": (
        "Der Mondlander Calyx ist am Montag im Krater Borel gelandet. Er soll dort drei Wochen lang nach Eis suchen. "
        "Die Firma Lunaria aus Bremen hat ihn gebaut. Er wiegt 820 Kilogramm und sendet seit dem Mittag Bilder."
    )
}
MOON_NEWS = {
    "Mondlander Calyx: Firma Lunaria meldet Eis im Krater Borel": (
        "Der Mondlander Calyx hat im Krater Borel Eis gefunden, teilte die Firma Lunaria aus Bremen mit. Der Bohrer "
        "von Kettering Drills fand es in 1,7 Metern Tiefe. Die Geologin Maren Osthus sprach von 43 Litern. Der "
        "Mondlander Calyx war am Montag sanft gelandet. Die Auswertung übernimmt das Institut Halvorsen in Tromsø."
    )
}


def alert(n: int = 0, **fields: Any) -> Alert:
    """Of what is critical, in the stand-in's nth channel."""
    wanted: dict[str, Any] = {"channel": channel(n), "zone": BERLIN.key, "critical": True}
    return Alert(**(wanted | fields))


def words(*said: str) -> dict[str, Any]:
    return {"topics": tuple(f"„{word}“" for word in said), "critical": False}


def moons(count: int) -> dict[str, str]:
    """So many stories with the word, which have nothing else in common."""
    names = ["Arkon", "Bessel", "Curtis", "Donati", "Encke", "Fermat"]
    what = ["Akku hält länger", "Richter urteilt", "Preis steigt", "Kabel reißt", "Messe öffnet", "Schule testet"]
    return {
        f"Mondlander und {name}: {told}": f"{name} meldet dies am Montag. {told}, sagt {name} dazu. Mehr folgt."
        for name, told in list(zip(names, what, strict=True))[:count]
    }


async def hear(bot: Office, told: dict[str, str], feed: str = BLATT, hours: float = 0.1) -> None:
    """Something is told, noticed within a minute, and posted as far as it is due."""
    await bot.publish(told, hours, feed)
    await tick(bot)


async def tick(bot: Office) -> None:
    await bot.running.ask_feeds()
    await bot.post()
