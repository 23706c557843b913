"""The address of an article as all its twins share it: with or without tracking, https, AMP, slashes and `www.`."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

# Query parameters that say how a reader came, not what they read. Sources: the parameter lists of the common browsers'
# tracking protection, and the campaign parameters of AT Internet, Matomo, HubSpot, Mailchimp, Mapp and Webtrekk.
# Ambiguous names count only with such a value: `source=rss` does, `source=4711` may name the article.
TRACKER = re.compile(
    r"""(?xi)
    (?: (?: utm | at | pk | mtm | piwik | matomo | hsa | mc | ns | wt | ga ) _ [^=]*  |  _hs [^=]*
      | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | twclid | ttclid | yclid | igsh | igshid
      | li_fat_id | mkt_tok | vero_id | wickedid | oly_anon_id | oly_enc_id | _ga | _gl | _openstat | wt\.mc_id | xtor
      | ref | ref_src | ref_url | referr?er | cmp | cmpid | campaign_id | icid | ncid | ocid | smid | s_cid | sref
      | soc_src | soc_trk | spm | trk | trkcampaign | cm_mmc | ito | share | sr_share | guccounter | guce_referrer
      | guce_referrer_sig
      | rss | feed | amp | phpsessid | jsessionid | session_?id
    ) (?: = | $ )
    | (?: source | src | from | via | mod | origin | medium | campaign | outputtype | output | view | format ) =
      (?: rss | feed | atom | amp$ | newsletter | social | twitter | facebook | mastodon | share )
    """
)

PORT = re.compile(r":(?:80|443)$")
AMP_CACHE = re.compile(r"^/(?:amp|[acv])/(?:s/)?([^/]+\.[^/]+)(/.*)?$")
TWIN = re.compile(r"(?i)[-.](?:amp|rss)(?=\.html?$)|[./]amp$")


def canonical(url: str) -> str:
    """The host, path and query that all twins of this absolute address share."""
    rest, _, query = url.partition("://")[2].partition("#")[0].partition("?")
    netloc, slash, path = rest.partition("/")
    host, path = _host(netloc), slash + path
    if host.endswith(".ampproject.org") or (path.startswith("/amp/s/") and host.startswith("google.")):
        host, path = _behind_cache(host, path)
    return f"{host}{_path(path)}{_query(query)}"


def names_a_page(address: str) -> bool:
    """Whether a canonical address leads deeper than to a site's front page."""
    return "/" in address or "?" in address


@lru_cache(maxsize=4096)  # a feed's articles share their host
def _host(netloc: str) -> str:
    host = PORT.sub("", netloc.rpartition("@")[2].lower()).rstrip(".")
    host = host.removeprefix("www.")
    shorter = host.removeprefix("amp.")
    return shorter if "." in shorter else host


def _behind_cache(host: str, path: str) -> tuple[str, str]:
    found = AMP_CACHE.match(path)
    return (_host(found[1]), found[2] or "") if found else (host, path)


def _path(path: str) -> str:
    if "%" in path or not path.isascii():
        path = quote(unquote(path), safe="/:@!$&'()*+,;=~", errors="replace")
    path = path.partition(";jsessionid=")[0].rstrip("/")
    if path.startswith("/amp/"):
        path = path[4:]
    return TWIN.sub("", path)


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = (pair.removeprefix("amp;") for pair in query.split("&"))
    kept = sorted(pair for pair in pairs if pair and not TRACKER.match(pair))
    return f"?{'&'.join(kept)}" if kept else ""
