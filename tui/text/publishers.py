"""Who publishes a site: the domain that somebody registered, so that all addresses of one broadcaster are one."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=65536)
def publisher_of(domain: str) -> str:
    """The registered domain of a domain, in lower case: `bbc.co.uk` of `news.bbc.co.uk`.

    Sites of a host of many, as `alice.github.io`, are of their own publishers. What is no name of the public net, as
    an address in numbers or `localhost`, stays as it is. The list of suffixes comes with its library; nothing is
    fetched.
    """
    domain = domain.rstrip(".").lower()
    last = domain.rpartition(".")[2]
    if not last or last.isdigit() or ":" in domain:
        return domain
    return _suffixes().privatesuffix(domain) or domain


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # here, since reading the list takes a while

    return PublicSuffixList()
