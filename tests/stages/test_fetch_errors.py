"""Errors of the HTTP clients: all of them are known, and none gets past the one function that turns them into ours."""

import ssl
from collections.abc import Iterator

import aiohttp
import httpx
import pytest
from aiohttp.http import HttpProcessingError

from bot.errors import SourceError
from bot.feeds.fetch import FOREIGN, foreign

# Every error class of the two clients, and what becomes of it. A new one has to be looked at and put here.
KNOWN = {
    "keine gültige Adresse": "InvalidURL InvalidUrlClientError InvalidUrlRedirectClientError NonHttpUrlClientError "
    "NonHttpUrlRedirectClientError UnsupportedProtocol",
    "Namen des Servers": "ClientConnectorDNSError",
    "Zertifikat": "ClientConnectorCertificateError ServerFingerprintMismatch",
    "keine sichere Verbindung": "ClientSSLError ClientConnectorSSLError",
    "nicht rechtzeitig": "TimeoutException ConnectTimeout ReadTimeout WriteTimeout PoolTimeout ServerTimeoutError "
    "ConnectionTimeoutError SocketTimeoutError",
    "nicht erreichbar": "ClientConnectorError ClientProxyConnectionError UnixClientConnectorError ConnectError",
    "bricht mittendrin ab": "ClientPayloadError ClientConnectionResetError ReadError",
    "ohne Antwort beendet": "ServerDisconnectedError ClientOSError",
    "gültigem HTTP": "ClientResponseError ClientHttpProxyError ContentTypeError WSServerHandshakeError "
    "TooManyRedirects ProtocolError LocalProtocolError RemoteProtocolError DecodingError HttpProcessingError "
    "BadHttpMessage BadHttpMethod BadStatusLine ContentEncodingError ContentLengthError InvalidHeader LineTooLong "
    "TransferEncodingError DecompressSizeError HttpBadRequest InvalidURLError PayloadEncodingError",
    "ist gescheitert": "ClientError ClientConnectionError RedirectClientError ServerConnectionError UploadAbortedError "
    "HTTPError RequestError TransportError NetworkError WriteError CloseError ProxyError HTTPStatusError StreamError "
    "StreamConsumed StreamClosed ResponseNotRead RequestNotRead",
}
ROOTS = (aiohttp.ClientError, HttpProcessingError, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
CLIENTS = ("aiohttp", "httpx")


def tree(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


CLASSES = sorted({kind for root in ROOTS for kind in tree(root) if kind.__module__.startswith(CLIENTS)}, key=repr)
REASONS = {name: reason for reason, names in KNOWN.items() for name in names.split()}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_of_the_clients_is_known(kind: type[BaseException]) -> None:
    error = foreign(kind.__new__(kind))
    assert issubclass(kind, FOREIGN)
    assert kind.__name__ in REASONS
    assert REASONS[kind.__name__] in str(error)


def test_nothing_is_listed_that_is_gone() -> None:
    assert set(REASONS) <= {kind.__name__ for kind in CLASSES}


def test_all_errors_of_httpx_have_a_root_we_catch() -> None:
    raised = [kind for kind in vars(httpx).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert {kind.__name__ for kind in raised if not issubclass(kind, FOREIGN)} == {"CookieConflict"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "nicht rechtzeitig"),
        (ssl.SSLCertVerificationError(), "Zertifikat"),
        (ssl.SSLError(), "sichere Verbindung"),
        (ConnectionRefusedError(), "ohne Antwort"),
        (OSError(24, "Too many open files"), "gescheitert"),
    ],
)
def test_errors_of_the_system(error: OSError, reason: str) -> None:
    assert reason in str(foreign(error))


def test_what_httpx_wraps_is_looked_at() -> None:
    wrapped = httpx.ConnectTimeout("")  # what the transport makes of every connection error of aiohttp
    wrapped.__cause__ = aiohttp.ServerDisconnectedError()
    told = foreign(wrapped)
    assert isinstance(told, SourceError)
    assert "ohne Antwort" in str(told)
