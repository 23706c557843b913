"""Which addresses may be asked: the public web, and nothing in the operator's own network.

Two checks, and both are needed: `target` reads an address before anything is asked, `admit` sees what its name
resolved to before anything is connected to. What they let through is rebuilt from its parts, so that no other
parser can read it differently.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from bot.errors import Refused

LONGEST_NAME = 253  # characters of a name in DNS
LONGEST = 4_000  # characters; servers and browsers agree on no more than some 2,000 to 8,000
PORTS = {"http": 80, "https": 443}

# Controls, invisible characters and marks that change the direction of reading, lone surrogates, blanks but U+0020.
DECEPTIVE = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff]"
)
AUTHORITY = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)]|(?P<name>[^][:@%]+))(?::(?P<port>[0-9]{0,5}))?")
DOTS = str.maketrans("。．｡", "...")  # what IDNA reads as full stops
LABEL = re.compile(r"\w([\w-]{0,61}\w)?")  # underscores occur in real names
LOOPBACK = re.compile(r"localhost|::1|127(\.[0-9]+){3}")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a last label like this makes the whole host an IPv4 address (WHATWG URL)

# Names that stand for something in the own network: RFC 6761, RFC 6762, RFC 8375, RFC 7686, ICANN's `internal`.
OWN_NAMES = ("localhost", "local", "internal", "home.arpa", "onion")

# Above 1023 what browsers refuse (WHATWG Fetch, "bad port") and what databases, queues and container hosts listen on.
# Below 1024 only the web's own ports are asked.
MEDIA = {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 10080}
CHAT = {*range(6665, 6670), 6679, 6697}
DATABASES = {1433, 1434, 1521, 3306, 5432, 5433, 5984, 6379, 6380, 8086, 9042, 9200, 9300, 11211, 27017, 27018, 27019}
MACHINES = {2375, 2376, 2377, 2379, 2380, 3389, 4369, 5672, 5900, 6443, 8500, 9092, 10250, 10255, 15672}
SERVICES = MEDIA | CHAT | DATABASES | MACHINES
FIRST_FREE_PORT, LAST_PORT = 1024, 65535

# IANA's special-purpose registries. Written out: what `ipaddress` calls global differs between versions of Python.
PRIVATE4 = ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
SPECIAL4 = ("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4")
EXAMPLES4 = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
AZURE = "168.63.129.16/32"  # Azure's host as its machines see it, with their secrets
CLOSED4 = [ip_network(block) for block in (*PRIVATE4, *SPECIAL4, *EXAMPLES4, AZURE)]
GLOBAL6 = ip_network("2000::/3")
CLOSED6 = [ip_network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
NAT64 = ip_network("64:ff9b::/96")  # how hosts without IPv4 see the IPv4 web; the last four bytes decide


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked. `host` is in lower case, an IPv6 address without brackets."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> tuple[str, str, int]:
        """What counts as one server."""
        return self.scheme, self.host, self.port

    @property
    def loopback(self) -> bool:
        """Whether this is the machine itself, by its written address."""
        return bool(LOOPBACK.fullmatch(self.host))


class Guard:
    """Refuses what is not the public web, but for `private_hosts`: pairs of host and port as they are written."""

    def __init__(self, private_hosts: Iterable[tuple[str, int]] = ()) -> None:
        self._private = frozenset((host.lower().strip("[]"), port) for host, port in private_hosts)

    def target(self, url: str) -> Target:
        """The address, read in one way only. Raises `Refused` for all that is no public web address."""
        scheme, authority, rest = split(url)
        host, port = place(scheme, authority)
        if (host, port) not in self._private and (reason := objection(host, port)):
            raise Refused(reason)
        shown = f"[{host}]" if ":" in host else host
        suffix = "" if port == PORTS[scheme] else f":{port}"
        return Target(f"{scheme}://{shown}{suffix}{rest}", scheme, host, port)

    def admit(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Let these addresses of a host be connected to. Raises `Refused` if only one of them is not public."""
        if (host.lower(), port) not in self._private and not all(map(is_public, addresses)):
            raise Refused(PRIVATE)


PRIVATE = "Die Adresse führt in ein privates Netz. Wer sie dennoch braucht, trägt sie in PRIVATE_HOSTS ein."


def split(url: str) -> tuple[str, str, str]:
    """Scheme, authority and the rest from the path on, without a fragment. Raises `Refused`."""
    url = url.strip(" ")
    if len(url) > LONGEST:
        raise Refused(f"Die Adresse ist länger als {LONGEST:,} Zeichen.".replace(",", "."))
    if DECEPTIVE.search(url):
        raise Refused("Die Adresse enthält unsichtbare Zeichen. Bitte neu eintippen.")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Refused("Das ist keine gültige Adresse. Bitte prüfen.") from error
    if parts.scheme not in PORTS:
        raise Refused("Nur Adressen mit http:// oder https:// lassen sich abrufen.")
    query = f"?{parts.query}" if parts.query else ""
    return parts.scheme, parts.netloc, (parts.path or "/") + query


@lru_cache(maxsize=4096)
def place(scheme: str, authority: str) -> tuple[str, int]:
    """Host and port. Raises `Refused` for user names and for everything that could be read in two ways."""
    if "@" in authority:
        raise Refused("Adressen mit Benutzername oder Passwort werden nicht abgerufen.")
    found = AUTHORITY.fullmatch(authority)
    if not found:
        raise Refused("Die Adresse nennt keinen gültigen Server. Bitte prüfen.")
    port = int(found["port"] or PORTS[scheme])
    return (_six(found["six"]) if found["six"] else _name(found["name"])), port


def _six(written: str) -> str:
    try:
        return str(IPv6Address(written))
    except ValueError as error:
        raise Refused("Die Adresse nennt keinen gültigen Server. Bitte prüfen.") from error


def _name(written: str) -> str:
    host = unicodedata.normalize("NFKC", written.translate(DOTS)).lower()
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return _four(host)
    if len(host) > LONGEST_NAME or not all(map(LABEL.fullmatch, labels)):
        raise Refused("Die Adresse nennt keinen gültigen Server. Bitte prüfen.")
    return host


def _four(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except ValueError as error:
        raise Refused("Die Adresse besteht aus ungewöhnlich geschriebenen Zahlen und wird nicht abgerufen.") from error


@lru_cache(maxsize=4096)
def objection(host: str, port: int) -> str | None:
    """Why this server may not be asked (German), None where it may."""
    if port not in PORTS.values() and (not FIRST_FREE_PORT <= port <= LAST_PORT or port in SERVICES):
        return f"Am Port {port} ist kein Webserver zu erwarten. Bitte die Adresse prüfen."
    literal = ":" in host or NUMBER.fullmatch(host.rpartition(".")[2])
    if literal:
        return None if is_public(host) else PRIVATE
    own = "." not in host or any(host == name or host.endswith(f".{name}") for name in OWN_NAMES)
    return PRIVATE if own else None


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; False as well for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in block for block in CLOSED4)
    if found in NAT64:
        return is_public(str(IPv4Address(found.packed[-4:])))
    return found in GLOBAL6 and not any(found in block for block in CLOSED6)
