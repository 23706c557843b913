"""Addresses that may be asked, and the many ways to write those that may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.feeds.guard import Guard, Target, is_public

GUARD = Guard()

LOOPBACK = [
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/",
    "http://localhost/",
    "http://feeds.localhost/",
    "http://LOCALHOST/",
    "http://[::1]/",
    "http://[::]/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://localhost./",
    "http://127。0。0。1/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127.0.0.1%2f@example.org/",
    "http://%31%32%37.0.0.1/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:7f00:1::1]/",
    "http://[2001::7f00:1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
]
PRIVATE = [
    "10.0.0.1 100.64.0.1 100.100.100.200 169.254.169.254 172.16.0.1 172.31.255.254 192.168.1.1 192.0.0.8 192.0.2.1",
    "192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 0.1.2.3",
    "168.63.129.16 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 2001::1 2001:db8::1 3fff::1 100::1 ::2 5f00::1",
]
PUBLIC = "9.9.9.9 100.63.255.255 100.128.0.1 172.32.0.1 192.0.1.1 2606:4700::1 2a02:2e0::1 64:ff9b::909:909"
WRONG = [
    "",
    "example.org",
    "//example.org/",
    "http:///feed",
    "http:example.org",
    "http://",
    "http://.example.org/",
    "http://example..org/",
    "http://example.org:port/",
    "http://example.org:99999/",
    "http://exa mple.org/",
    "http://example.org\\@127.0.0.1/",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://" + "a." * 300 + "org/",
    "http://" + "a" * 64 + ".org/",
    "http://[::1/",
    "http://[nonsense]/",
    "http://example.org/" + "a" * 10_000,
    "http://example.org/\r\nHost: localhost",
    "http://example.org/\x00",
    "http://example.org/\u202egpj.exe",
    "http://exam\u200bple.org/",
    "http://example.org/\ud800",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://example.org/",
    "data:text/xml,<rss/>",
    "javascript:alert(1)",
    "feed:http://127.0.0.1/",
    "http://metadata.google.internal/",
    "http://router/",
    "http://printer.local/",
    "http://box.home.arpa/",
    "http://abc.onion/",
]


@pytest.mark.parametrize("url", LOOPBACK + WRONG)
def test_refuses(url: str) -> None:
    with pytest.raises(Refused) as refused:
        GUARD.target(url)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("address", " ".join(PRIVATE).split())
def test_private_addresses_are_refused_written_and_resolved(address: str) -> None:
    shown = f"[{address}]" if ":" in address else address
    with pytest.raises(Refused):
        GUARD.target(f"https://{shown}/feed")
    with pytest.raises(Refused):
        GUARD.admit("example.org", 443, [address])


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_pass(address: str) -> None:
    shown = f"[{address}]" if ":" in address else address
    assert GUARD.target(f"https://{shown}/feed").url == f"https://{shown}/feed"
    GUARD.admit("example.org", 443, [address])


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(Refused):
        GUARD.admit("example.org", 443, ["9.9.9.9", "10.0.0.1"])


@pytest.mark.parametrize("port", [22, 25, 81, 6379, 5432, 2375, 3306, 9200, 11211, 6667, 27017, 0])
def test_service_ports_are_refused(port: int) -> None:
    with pytest.raises(Refused, match=str(port)):
        GUARD.target(f"http://example.org:{port}/")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("HTTPS://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080/feed", "http://example.org:8080/feed"),
        (" http://example.org/feed ", "http://example.org/feed"),
        ("http://example.org?feed=rss2", "http://example.org/?feed=rss2"),
        ("https://example.org/für uns", "https://example.org/für uns"),
        ("https://STRASSE.müller.de/", "https://strasse.müller.de/"),
        ("https://my_feed.example.org/", "https://my_feed.example.org/"),
        ("http://127.example.org/", "http://127.example.org/"),
    ],
)
def test_public_addresses_are_rebuilt_in_one_form(written: str, read: str) -> None:
    assert GUARD.target(written).url == read


def test_the_origin_is_what_is_asked_one_at_a_time() -> None:
    assert GUARD.target("https://example.org/a").origin == GUARD.target("https://EXAMPLE.org:443/b").origin
    assert GUARD.target("https://example.org/").origin != GUARD.target("http://example.org/").origin


def test_allowed_private_hosts_pass_at_their_port_only() -> None:
    guard = Guard({("127.0.0.1", 1200), ("rsshub", 5432), ("[::1]", 8080)})
    assert guard.target("http://127.0.0.1:1200/") == Target("http://127.0.0.1:1200/", "http", "127.0.0.1", 1200)
    assert guard.target("http://rsshub:5432/feed").host == "rsshub"
    assert guard.target("http://[::1]:8080/").loopback
    guard.admit("rsshub", 5432, ["10.0.0.1"])
    for url in ("http://127.0.0.1:1201/", "http://rsshub/", "http://127.1:1200/"):
        with pytest.raises(Refused):
            guard.target(url)
    with pytest.raises(Refused):
        guard.admit("rsshub", 80, ["10.0.0.1"])


@given(st.text(max_size=60) | st.text("htp:/@[]%.0127fx#?\\abc。", max_size=40).map(lambda rest: f"http://{rest}"))
def test_whatever_passes_passes_again_unchanged(url: str) -> None:
    try:
        target = GUARD.target(url)
    except Refused:
        return
    assert GUARD.target(target.url) == target
    assert target.scheme in {"http", "https"}
    assert not target.loopback


@given(st.ip_addresses(v=4))
def test_the_embedded_address_decides_behind_nat64(address: object) -> None:
    assert is_public(f"64:ff9b::{address}") == is_public(str(address))
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"::{address}")


def test_what_is_no_address_is_not_public() -> None:
    assert not is_public("example.org")
