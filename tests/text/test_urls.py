"""Links: what is opened, what is asked about, and which two are the same page."""

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import UrlRefusedError
from tui.text.urls import canonical_url, check_url, confirmation, host_of

CARDS = Path(__file__).resolve().parents[2].parent / "shared" / "cards"
TOKENS = (
    *(
        "http",
        "https",
        "HTTPS",
        ":",
        "//",
        "/",
        "?",
        "#",
        "@",
        "%",
        "%20",
        "%zz",
        ".",
        "www.",
        "a.com",
        "[::1]",
    ),
    *(
        "xn--",
        "münchen.de",
        " ",
        "\u2028",
        "é",
        "'",
        "$(x)",
        "\\",
        "&",
        "utm_source=x",
        ":80",
        "-",
        "\n",
        "。",
    ),
)
URL_PARTS = st.lists(st.sampled_from(TOKENS) | st.text(max_size=3)).map("".join)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.com", "https://example.com"),
        ("https://example.com/a/?b=c&d=e#f", "https://example.com/a/?b=c&d=e#f"),
        ("  HTTPS://Example.COM:443/Path \u2028", "https://example.com/Path"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://example.com./x", "https://example.com/x"),
        ("https://example.com/a%20b%2Fc", "https://example.com/a%20b%2Fc"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a b\u202fc", "https://example.com/a%20b%E2%80%AFc"),
        (
            "https://example.com/Charles-River’s-Microsoft®",
            "https://example.com/Charles-River%E2%80%99s-Microsoft%C2%AE",
        ),
        ("https://example.com/$(x)'`\"|;&", "https://example.com/%24%28x%29%27%60%22%7C;&"),
        ("https://example.com/?q={a}#b#c", "https://example.com/?q=%7Ba%7D#b%23c"),
        ("https://example.com/@writer/post", "https://example.com/@writer/post"),
        ("https://münchen.de/ä", "https://xn--mnchen-3ya.de/%C3%A4"),
        ("http://[::0001]/x", "http://[::1]/x"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
    ],
)
def test_url_is_opened_as(text: str, url: str) -> None:
    assert check_url(text) == url


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "There is no link to open."),
        ("javascript:alert(1)", "it starts with javascript: and only http and https links are opened"),
        ("example.com/x", "“example.com/x” does not start with http:// or https://"),
        ("https:/example.com", "“https:/example.com” has no // after https:"),
        ("https://user@example.com", "a user name"),
        ("https://example.com:99999/", "its port is not from 1 to 65535"),
        ("https:///path", "it names no host"),
        ("https://a..b/", "“a..b” is no name that a host may have"),
        ("https://exa\nmple.com/", "a control character"),
        ("https://ex。ample.com/", "letters that a host's name may not have"),
        ("https://[::1%25x]/", "is no IPv6 address"),
        ("https://example.com/" + "x" * 2048, "it is longer than 2,048 characters"),
        ("https://example.com/" + "é" * 1000, "it is longer than 2,048 characters"),
    ],
)
def test_refusal_says_why(text: str, reason: str) -> None:
    with pytest.raises(UrlRefusedError) as refusal:
        check_url(text)
    assert reason in str(refusal.value)


@given(URL_PARTS | st.text())
def test_what_passes_is_plain_and_stays_as_it_is(text: str) -> None:
    with contextlib.suppress(UrlRefusedError):
        url = check_url(text)
        assert re.fullmatch(r"https?://[A-Za-z0-9\-._~/:@!,;=+&?*%#\[\]]+", url)
        assert len(url) <= 2048
        assert check_url(url) == url
        assert canonical_url(url) == canonical_url(text)
        assert host_of(url) == host_of(text) != ""


WEB_PARTS = st.lists(st.sampled_from((*TOKENS, "a", "-", "--", "b-c", "x" * 64, "?", "#", "%4", "*")), max_size=8)


@given(WEB_PARTS.map("".join), st.sampled_from(["a.com", "a-b.c.de", "xn--a.com", "-a.com", "a." * 127 + "com", "a"]))
def test_a_link_is_judged_alike_however_its_scheme_is_written(rest: str, host: str) -> None:
    judged = []
    for scheme in ("https", "HTTPS"):
        text = f"{scheme}://{host}{rest}"
        try:
            judged.append((check_url(text), canonical_url(text), host_of(text)))
        except UrlRefusedError:
            judged.append(("refused", canonical_url(text), host_of(text)))
    assert judged[0] == judged[1]


@given(URL_PARTS | st.text())
def test_every_text_has_a_key_and_a_host_or_none(text: str) -> None:
    try:
        check_url(text)
    except UrlRefusedError:
        assert (canonical_url(text), host_of(text)) == ("", "")
    else:
        assert canonical_url(text).startswith("https://" + host_of(text))


@pytest.mark.parametrize(
    "same",
    [
        "http://example.com/story",
        "https://www.example.com/story/",
        "https://EXAMPLE.com:443/story#comments",
        "http://example.com:80/story?utm_source=feed&utm_medium=rss&fbclid=abc",
        " https://example.com/story? ",
    ],
)
def test_links_to_the_same_page_have_the_same_key(same: str) -> None:
    assert canonical_url(same) == canonical_url("https://example.com/story")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.com/Story",
        "https://example.com/story?id=2",
        "https://example.com/story?amp",
        "https://example.com:8443/story",
        "https://m.example.com/story",
        "https://example.com/amp/story",
    ],
)
def test_links_to_other_pages_have_other_keys(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://example.com/story")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.com/x", "example.com"),
        ("https://news.example.co.uk", "news.example.co.uk"),
        ("HTTP://WWW.Example.com:8080/?q", "example.com"),
        ("https://www.com/", "www.com"),
        ("/assets/images/a.jpg", ""),
        ("mailto:a@example.com", ""),
    ],
)
def test_host_is_told_without_www(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "domain", "known"),
    [
        ("https://example.com/x", "example.com", ()),
        ("https://www.example.com/x", "example.com", ()),
        ("https://blog.example.com/x", "www.Example.com", ()),
        ("https://youtube.com/watch?v=1", "example.com", ()),
        ("https://player.vimeo.com/1", "example.com", ()),
        ("https://events.example.org/x", "example.com", {"events.example.org"}),
        ("https://anywhere.org/x", "", ()),
        ("http://example.com/x", "example.com", ()),
        ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/amp/x", "example.com", ()),
    ],
)
def test_nothing_is_asked_about(url: str, domain: str, known: set[str]) -> None:
    assert confirmation(url, outlet_domain=domain, known_hosts=known) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://evil.org/x", "leads to evil.org, but the outlet is example.com"),
        ("https://notexample.com/x", "leads to notexample.com, but the outlet is example.com"),
        ("https://example.com.evil.org/", "leads to example.com.evil.org"),
        ("https://evil-org.cdn.ampproject.org/c/s/evil.org/x", "leads to evil.org"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com stands for аррӏе.com"),
        ("http://192.168.0.1/admin", "a bare address, 192.168.0.1"),
        ("http://2130706433/", "a bare address, 2130706433"),
        ("http://[::1]/", "a bare address, [::1]"),
        ("http://localhost/x", "leads to localhost, a machine on this computer"),
        ("http://printer.local/x", "leads to printer.local"),
        ("http://intranet/x", "leads to intranet"),
        ("https://example.com:8443/x", "an unusual port of example.com: 8443"),
    ],
)
def test_the_reader_is_asked_because(url: str, reason: str) -> None:
    question = confirmation(check_url(url), outlet_domain="example.com", known_hosts=())
    assert question is not None
    assert reason in question


def test_an_outlet_domain_of_one_label_vouches_for_nothing() -> None:
    assert confirmation("https://evil.com/", outlet_domain="com", known_hosts=()) is not None


def test_an_unencrypted_link_of_an_outlet_that_encrypts_is_odd() -> None:
    question = confirmation("http://example.com/x", outlet_domain="example.com", known_hosts=(), outlet_uses_https=True)
    assert question == "The link to example.com is not encrypted, though the outlet's other links are."


def real_links() -> Iterator[tuple[str, str]]:
    """The links of the real cards, and once more each link to a piece with the domain its outlet names."""
    if not CARDS.is_dir():
        pytest.skip("the real cards are not beside this checkout")
    field = re.compile(r"^[ -]*(webUrl|originalUrl|website|\w*mpWebUrl|url|domain): *(.*?)$", re.MULTILINE)
    for path in CARDS.rglob("*.md"):
        link = ""
        for key, written in field.findall(path.read_text(encoding="utf-8")):
            value = json.loads(written) if written.startswith('"') else written
            if key == "domain" and link:
                yield link, value
            elif value.startswith("http"):
                link = value if key == "webUrl" else link
                yield value, ""


def test_no_real_link_is_wrongly_refused() -> None:
    for link, _ in set(real_links()):
        url = check_url(link)
        assert check_url(url) == url
        assert canonical_url(url) == canonical_url(link) != ""


def test_real_links_are_hardly_ever_asked_about() -> None:
    links = {(check_url(link), domain) for link, domain in real_links() if domain}
    hosts = Counter((domain, host_of(link)) for link, domain in links)
    asked = [
        link
        for link, domain in links
        if confirmation(
            link,
            outlet_domain=domain,
            known_hosts={host_of(link)} if hosts[domain, host_of(link)] > 1 else (),
            outlet_uses_https=True,
        )
    ]
    assert len(asked) <= len(links) / 1000


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://my_site.example.org/a", "my_site.example.org"),
        ("https://a_b.m\u00fcnchen.de/", "a_b.xn--mnchen-3ya.de"),
        ("https://_dmarc.example.org", "_dmarc.example.org"),
        ("https://web_01.cdn_eu.example.org:8080/x", "web_01.cdn_eu.example.org"),
    ],
)
def test_hosts_with_underscores_are_opened(url: str, host: str) -> None:
    assert host_of(check_url(url)) == host
