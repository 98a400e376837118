"""Which links may be opened, how they are written when they are, and when two of them are the same.

A URL comes from a file that anybody may have written, and goes to a program that may start others. So only
plain http and https links pass, rebuilt from their parts, with every character encoded that a shell or an
argument parser could take for its own.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.errors import UrlRefusedError
from tui.text.patterns import compiled, late
from tui.text.sanitize import URL_LIMIT, clean_line

_HOST_LIMIT = 253
_QUOTED_LIMIT = 60
_TOO_LONG = f"it is longer than {URL_LIMIT:,} characters"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_VIDEO_HOSTS = (
    "youtube.com",
    "youtu.be",
    "youtube-nocookie.com",
    "vimeo.com",
    "dailymotion.com",
    "twitch.tv",
)
_LOCAL_SUFFIXES = (".local", ".localhost", ".internal", ".home.arpa")
_TRACKING_PREFIX = "utm_"
_TRACKING_NAMES = frozenset(
    {
        *(
            "_ga",
            "_gl",
            "_hsenc",
            "_hsmi",
            "dclid",
            "fbclid",
            "gbraid",
            "gclid",
            "igshid",
            "mc_cid",
            "mc_eid",
        ),
        *("mkt_tok", "msclkid", "wbraid", "wt.mc_id", "yclid"),
    }
)

# RFC 3986, appendix B, narrowed to what has an authority.
_GENERIC = late(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_SCHEME = late(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_FORBIDDEN = late(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff\ufffd]")
_AUTHORITY = late(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_LABEL = r"(?!-)[a-z0-9_-]{1,63}"
_HOST_NAME = late(rf"{_LABEL}(?:\.{_LABEL})*")
_LOOKALIKE_DOTS = late("[\u3002\uff0e\uff61]")
_NUMBER_AT_END = late(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_UNSAFE = late(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~/:@!,;=+&?*%]")
_SAFE = r"[A-Za-z0-9\-._~/:@!,;=+&*]++|%[0-9A-Fa-f]{2}"
_PLAIN_LABEL = r"[a-z0-9_][a-z0-9_-]{0,62}+"
# A URL of which `check_url` would change nothing, unless a label of its host stands for one in other letters.
_PLAIN = compiled(
    rf"https?://({_PLAIN_LABEL}(?:\.{_PLAIN_LABEL})*+)(/(?:{_SAFE})*+)?+(\?(?:{_SAFE}|\?)*+)?+(?:#(?:{_SAFE}|\?)*+)?+"
)
_AMP_CACHE_TARGET = late(r"/[a-z]/(?:s/)?([a-z0-9.-]+)(?:/|$)", re.IGNORECASE)


_BARE = late(r"(?<![\w/@])https?://[^\s<>\"“”„«»‹›|^`{}\x00-\x1f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]+", re.I)
_BEHIND_ADDRESS = "?!.,:;*_~'’‘…"
_CLOSERS = {")": "(", "]": "["}


def bare_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where web addresses stand in a text without being marked as links: from where to where each, ascending.

    What ends a sentence or closes a bracket that was opened before the address is no part of it.
    """
    for match in _BARE().finditer(text) if "://" in text else ():
        end = match.end()
        opened = {closer: match[0].count(opener) - match[0].count(closer) for closer, opener in _CLOSERS.items()}
        while (last := text[end - 1]) in _BEHIND_ADDRESS or opened.get(last, 0) < 0:
            if last in opened:
                opened[last] += 1
            end -= 1
        yield match.start(), end


class _Url(NamedTuple):
    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str


def check_url(text: str) -> str:
    """The http or https URL in `text`, rebuilt so that it is safe to hand to another program.

    Blanks at the ends go, the host becomes lower-case ASCII (IDNA 2008), a default port goes; in path, query
    and fragment all but unreserved characters and ``/:@!,;=+&?*`` is percent-encoded, valid ``%XX`` stay.
    Checking what came out changes nothing. Raises `UrlRefusedError` for everything else, saying why.
    """
    if _plain(text) is not None:
        return text
    return _written(_parse(text))


@lru_cache(maxsize=1 << 14)  # the same few thousand links stand under most stories
def canonical_url(text: str) -> str:
    """A key that is equal for links to the same page; empty where `check_url` would refuse the link.

    http counts as https, `www.` as nothing; default ports, fragments, slashes at the end and the parameters
    of well-known trackers go. AMP pages keep addresses of their own. The key is to compare, not to open.
    """
    plain = _plain(text)
    if plain is not None:
        path, query = plain[2] or "", plain[3] or ""
        return f"https://{_without_www(plain[1])}{path.rstrip('/')}{_without_tracking(query) if query else ''}"
    try:
        url = _parse(text)
    except UrlRefusedError:
        return ""
    port = "" if url.port in {":80", ":443"} else url.port
    return f"https://{_without_www(url.host)}{port}{url.path.rstrip('/')}{_without_tracking(url.query)}"


def host_of(text: str) -> str:
    """The host of a link, lower-case ASCII without `www.`; empty where `check_url` would refuse the link."""
    plain = _plain(text)
    if plain is not None:
        return _without_www(plain[1])
    try:
        return _without_www(_parse(text).host)
    except UrlRefusedError:
        return ""


def plain_host(text: str) -> str:
    """The host, as `host_of` gives it, of a link that `check_url` would leave as it is; empty for any other text."""
    plain = _plain(text)
    return "" if plain is None else _without_www(plain[1])


def confirmation(
    url: str, *, outlet_domain: str, known_hosts: Collection[str], outlet_uses_https: bool = False
) -> str | None:
    """Why to ask the reader before `url` is opened, as one sentence, or None where nothing is odd.

    `outlet_domain` is the domain the card names for its outlet (nothing to compare with if empty),
    `known_hosts` the hosts, as `host_of` gives them, that other stories of this outlet link to, and
    `outlet_uses_https` whether those links use https.
    Raises `UrlRefusedError` for a URL that may not be opened at all.
    """
    parts = _parse(url)
    host = _without_www(_amp_cache_target(parts) or parts.host)
    domain = _without_www(outlet_domain.strip().lower().rstrip("."))
    shown_domain = clean_line(domain, _QUOTED_LIMIT)
    if host.startswith("[") or _NUMBER_AT_END().fullmatch(host):
        return f"The link leads to a bare address, {host}, not to a named site."
    if "." not in host or host.endswith(_LOCAL_SUFFIXES):
        return f"The link leads to {host}, a machine on this computer or its own network."
    if "xn--" in host:
        return f"The host {host} stands for {_in_own_letters(host)}, which may look like another."
    if parts.port:
        return f"The link leads to an unusual port of {host}: {parts.port[1:]}."
    if domain and not _belongs(host, (domain, *_VIDEO_HOSTS)) and host not in known_hosts:
        return f"The link leads to {host}, but the outlet is {shown_domain}."
    if parts.scheme == "http" and outlet_uses_https:
        return f"The link to {host} is not encrypted, though the outlet's other links are."
    return None


def _parse(text: str) -> _Url:
    text = text.strip()
    if not text:
        raise UrlRefusedError("There is no link to open.")
    if len(text) > URL_LIMIT:
        raise _refused(_TOO_LONG)
    if _FORBIDDEN().search(text):
        raise _refused("it holds a control character, a backslash or broken text")
    match = _GENERIC().fullmatch(text)
    if match is None:
        raise _refused(_why_no_web_link(text))
    scheme, authority, path, query, fragment = match.groups(default="")
    scheme = scheme.lower()
    host, port = _parse_authority(authority, scheme)
    # The sign in front stays as it is; a further "#" belongs to no part and is encoded.
    query = query[:1] + _encode(query[1:])
    url = _Url(scheme, host, port, _encode(path), query, fragment[:1] + _encode(fragment[1:]))
    if len(_written(url)) > URL_LIMIT:
        raise _refused(_TOO_LONG)
    return url


def _written(url: _Url) -> str:
    return f"{url.scheme}://{url.host}{url.port}{url.path}{url.query}{url.fragment}"


def _plain(text: str) -> re.Match[str] | None:
    match = _PLAIN.fullmatch(text)
    if match is None or len(text) > URL_LIMIT:
        return None
    host = match[1]
    return match if len(host) <= _HOST_LIMIT and "xn--" not in host else None


def _why_no_web_link(text: str) -> str:
    scheme = _SCHEME().match(text)
    if scheme is None:
        return f"“{clean_line(text, _QUOTED_LIMIT)}” does not start with http:// or https://"
    if scheme[0].lower() in _DEFAULT_PORTS:
        return f"“{clean_line(text, _QUOTED_LIMIT)}” has no // after {scheme[0].lower()}:"
    return f"it starts with {clean_line(scheme[0], _QUOTED_LIMIT)}: and only http and https links are opened"


def _parse_authority(authority: str, scheme: str) -> tuple[str, str]:
    if "@" in authority:
        raise _refused("it holds a user name, which can make one site look like another")
    match = _AUTHORITY().fullmatch(authority)
    if match is None or (match[2] and not 0 < int(match[2]) < 65536):
        raise _refused("its host cannot be read, or its port is not from 1 to 65535")
    port = int(match[2] or _DEFAULT_PORTS[scheme])
    return _checked_host(match[1]), "" if port == _DEFAULT_PORTS[scheme] else f":{port}"


def _checked_host(host: str) -> str:
    host = host.lower()
    if host.startswith("["):
        return _checked_ipv6(host[1:-1])
    host = host.removesuffix(".")
    if not host:
        raise _refused("it names no host")
    if not host.isascii() or "xn--" in host:
        host = _in_ascii(host)
    if len(host) > _HOST_LIMIT or _HOST_NAME().fullmatch(host) is None:
        raise _refused(f"“{clean_line(host, _QUOTED_LIMIT)}” is no name that a host may have")
    return host


def _in_ascii(host: str) -> str:
    import idna  # loaded for the few hosts that need it: its tables are large

    try:
        if len(host) > _HOST_LIMIT or _LOOKALIKE_DOTS().search(host):
            raise idna.IDNAError
        # A label with an underscore is none of IDNA, yet hosts have them: only those in other letters are translated.
        labels = (
            label if label.isascii() and not label.startswith("xn--") else idna.encode(label).decode("ascii").lower()
            for label in host.split(".")
        )
        return ".".join(labels)
    except UnicodeError as error:
        reason = f"“{clean_line(host, _QUOTED_LIMIT)}” holds letters that a host's name may not have"
        raise _refused(reason) from error


def _in_own_letters(host: str) -> str:
    import idna

    try:
        return clean_line(idna.decode(host), _QUOTED_LIMIT)
    except UnicodeError:
        return "no readable name"


def _checked_ipv6(address: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        if "%" in address:
            raise AddressValueError
        return f"[{IPv6Address(address).compressed}]"
    except AddressValueError as error:
        raise _refused(f"“{clean_line(address, _QUOTED_LIMIT)}” is no IPv6 address") from error


def _encode(part: str) -> str:
    return _UNSAFE().sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), part)


def _without_www(host: str) -> str:
    rest = host.removeprefix("www.")
    return rest if "." in rest else host


def _without_tracking(query: str) -> str:
    kept = [
        parameter
        for parameter in query[1:].split("&")
        if parameter and not _is_tracking(parameter.partition("=")[0].lower())
    ]
    return "?" + "&".join(kept) if kept else ""


def _is_tracking(name: str) -> bool:
    return name.startswith(_TRACKING_PREFIX) or name in _TRACKING_NAMES


def _amp_cache_target(url: _Url) -> str:
    """The host whose page a link to the AMP cache shows; empty for any other link."""
    if not url.host.endswith(".cdn.ampproject.org"):
        return ""
    match = _AMP_CACHE_TARGET().match(url.path)
    return match[1].lower() if match else ""


def _belongs(host: str, domains: Collection[str]) -> bool:
    return any(host == domain or ("." in domain and host.endswith("." + domain)) for domain in domains)


def _refused(reason: str) -> UrlRefusedError:
    return UrlRefusedError(f"The link is not opened: {reason}.")


def followable(url: str) -> str:
    """The link, rebuilt so that it is safe to follow; empty where it must not be opened."""
    try:
        return check_url(url)
    except UrlRefusedError:
        return ""
