"""Hostile texts, links and bodies: the rows T, L and B, each by its number."""

import unicodedata

import pytest

from tui.errors import UrlRefusedError
from tui.text.blocks import BLOCK_LIMIT, Body
from tui.text.html import body_blocks
from tui.text.sanitize import clean_block, clean_line, clean_path, decode_entities
from tui.text.urls import canonical_url, check_url, confirmation, host_of

INVISIBLE = {"\u200b", "\u200e", "\u200f", "\u061c", "\u2060", "\u3164", "\ufeff", "\xad"}
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def is_harmless(text: str) -> bool:
    return all(
        character == "\n"
        or (
            unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
            and unicodedata.bidirectional(character) not in BIDI
            and character not in INVISIBLE
            and not 0xE0000 <= ord(character) <= 0xE007F
        )
        for character in text
    )


TEXTS = [
    pytest.param("\x1b[31mred", "\ufffd[31mred", id="T1"),
    pytest.param("\x1b]0;title\x07", "\ufffd]0;title\ufffd", id="T2"),
    pytest.param("\x1b]2;title\x1b\\", "\ufffd]2;title\ufffd\\", id="T3"),
    pytest.param("\x1b]8;;file:///etc\x1b\\x", "\ufffd]8;;file:///etc\ufffd\\x", id="T4"),
    pytest.param("\x1b]52;c;eA==\x07", "\ufffd]52;c;eA==\ufffd", id="T5"),
    pytest.param("\x1b]52;c;eA==\x1b\\", "\ufffd]52;c;eA==\ufffd\\", id="T6"),
    pytest.param("\x1bPq#0\x1b\\", "\ufffdPq#0\ufffd\\", id="T7"),
    pytest.param("\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\", "\ufffdPtmux;\ufffd\ufffd]52;c;eA==\ufffd\ufffd\\", id="T8"),
    pytest.param("\x1b_Gf=24;AAAA\x1b\\", "\ufffd_Gf=24;AAAA\ufffd\\", id="T9"),
    pytest.param("\x1bc", "\ufffdc", id="T10"),
    pytest.param("\x1b[6n\x1b[c\x1b[21t", "\ufffd[6n\ufffd[c\ufffd[21t", id="T11"),
    pytest.param("end \x1b", "end \ufffd", id="T12-lone-escape"),
    pytest.param("end \x1b]", "end \ufffd]", id="T12-open-osc"),
    pytest.param("\x9b31m", "\ufffd31m", id="T13"),
    pytest.param("\x9d52;c;eA==\x9c", "\ufffd52;c;eA==\ufffd", id="T14"),
    pytest.param("a\x85b", "a b", id="T15"),
    pytest.param("a\x00b", "a\ufffdb", id="T16"),
    pytest.param("a\x7fb", "a\ufffdb", id="T17"),
    pytest.param("c\rEVIL", "c EVIL", id="T18"),
    pytest.param("abc\x08\x08\x08xyz", "abc\ufffd\ufffd\ufffdxyz", id="T19"),
    pytest.param("a\tb\nc", "a b c", id="T20"),
    pytest.param("photo\u202egnp.exe", "photognp.exe", id="T21"),
    pytest.param("\u2066a\u2067b\u2068c\u2069", "abc", id="T22"),
    pytest.param("\u200b\u200c\u200d\u2060\ufeff", "", id="T23"),
    pytest.param("flag\U000e0041\U000e007f", "flag", id="T24"),
    pytest.param("e" + "\u0301" * 1_000_000, "e" + "\u0301" * 4, id="T25"),
    pytest.param("﷽ 𒐫 👨\u200d👩\u200d👧 각", "﷽ 𒐫 👨\u200d👩\u200d👧 각", id="T26"),
    pytest.param("a\ud800b", "a\ufffdb", id="T27"),
    pytest.param("x" * 1_000_000, "x" * 999 + "…", id="T28"),
]


@pytest.mark.parametrize(("text", "shown"), TEXTS)
def test_hostile_headline_is_shown_as(text: str, shown: str) -> None:
    assert clean_line(text) == shown
    assert is_harmless(shown)


@pytest.mark.parametrize(("text", "shown"), TEXTS)
def test_hostile_text_is_harmless_wherever_it_stands(text: str, shown: str) -> None:
    assert is_harmless(clean_block(text))
    assert is_harmless(clean_path(text))
    assert is_harmless(clean_path(text.encode("utf-8", "surrogatepass")))
    for body_format in ("html", "markdown"):
        assert is_harmless(shown_text(body_blocks(f"<p>{text}</p>\n\n[{text}](https://example.com)", body_format)))


@pytest.mark.parametrize("reference", ["&#27;[31m", "&#x9b;31m", "&#x202e;abc", "&#x200b;", "&#8294;", "&#xd800;"])
def test_b8_references_bring_nothing_in(reference: str) -> None:
    assert is_harmless(clean_line(decode_entities(reference)))
    for body_format in ("html", "markdown"):
        assert is_harmless(shown_text(body_blocks(f"text {reference} text", body_format)))


REFUSED = [
    pytest.param("file:///etc/passwd", id="L1"),
    pytest.param("javascript:alert(1)", id="L2"),
    pytest.param("JaVaScRiPt:alert(1)", id="L2-case"),
    pytest.param("java\tscript:alert(1)", id="L2-tab"),
    pytest.param("  javascript://example.com/%0aalert(1)", id="L2-blanks"),
    pytest.param("data:text/html,<script>alert(1)</script>", id="L3"),
    pytest.param("vscode://file/etc/passwd", id="L4"),
    pytest.param("-evil", id="L5"),
    pytest.param("--renderer-cmd-prefix=xterm", id="L5-option"),
    pytest.param("https://-evil.com/", id="L5-host"),
    pytest.param("%action--x", id="L6"),
    pytest.param("https://example.com/\n--evil", id="L7-newline"),
    pytest.param("https://example.com@evil.com/", id="L8"),
    pytest.param("https://user:secret@evil.com/", id="L8-password"),
    pytest.param("https://example.com%2f@evil.com/", id="L9"),
    pytest.param("https://example.com\\@evil.com/", id="L9-backslash"),
    pytest.param("https://example.com%2fevil.com/", id="L9-percent"),
    pytest.param("https://ｅxample.com/", id="L10-fullwidth"),
    pytest.param("https://example。com/", id="L10-full-stop"),
    pytest.param("https://exa\u202emple.com/", id="L10-bidi"),
    pytest.param("https://exa\u200bmple.com/", id="L10-invisible"),
    pytest.param("https://xn--zzzzzzzz\u00e9/", id="L10-broken-punycode"),
    pytest.param("http://[::1%25x]/", id="L12-zone"),
    pytest.param("http://[::1/", id="L12-open"),
    pytest.param("https://example.com:99999/", id="L13"),
    pytest.param("https://example.com:0/", id="L13-zero"),
    pytest.param("https://example.com:8a/", id="L13-letters"),
    pytest.param("https://example.com/" + "x" * 2029, id="L14"),
    pytest.param("https://example.com/\ud800", id="L15-surrogate"),
    pytest.param("https://example.com/\x00", id="L15-nul"),
    pytest.param("https://example.com/\ufffd", id="L15-replaced"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_hostile_link_is_refused_with_a_reason_fit_to_show(url: str) -> None:
    with pytest.raises(UrlRefusedError) as refusal:
        check_url(url)
    assert str(refusal.value).startswith("The link is not opened: ")
    assert is_harmless(str(refusal.value))
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 160
    assert canonical_url(url) == host_of(url) == ""


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        pytest.param("https://a.com/'\"$(touch x)`id`", "https://a.com/%27%22%24%28touch%20x%29%60id%60", id="L7"),
        pytest.param("https://a.com/%0a%1b", "https://a.com/%0a%1b", id="L7-encoded-stays-encoded"),
        pytest.param("https://a.com/\u202egnp.exe", "https://a.com/%E2%80%AEgnp.exe", id="L10-path"),
        pytest.param("https://a.com/" + "x" * 2034, "https://a.com/" + "x" * 2034, id="L14-longest"),
        pytest.param("https://a.com/two words\u2028", "https://a.com/two%20words", id="L20"),
    ],
)
def test_odd_link_is_opened_as(url: str, opened: str) -> None:
    assert check_url(url) == opened


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://аррӏе.com/", id="L10-homograph"),
        pytest.param("https://xn--80ak6aa92e.com/", id="L10-punycode"),
        pytest.param("https://evil.com/", id="L11"),
        pytest.param("https://example.com.evil.com/", id="L11-prefix"),
        pytest.param("http://127.0.0.1/", id="L12-address"),
        pytest.param("http://0x7f.1/", id="L12-hexadecimal"),
        pytest.param("http://localhost/", id="L12-localhost"),
        pytest.param("http://[::1]/", id="L12-six"),
        pytest.param("http://[::ffff:10.0.0.1]/", id="L12-mapped"),
        pytest.param("http://router.local/", id="L12-local"),
        pytest.param("https://example.com:22/", id="L13-port"),
    ],
)
def test_odd_host_is_asked_about(url: str) -> None:
    question = confirmation(check_url(url), outlet_domain="example.com", known_hosts=("example.org",))
    assert question is not None
    assert is_harmless(question)


def test_a_hostile_outlet_domain_cannot_speak_through_the_question() -> None:
    question = confirmation("https://a.com/", outlet_domain="\x1b]52;c;eA==\x07\n" * 40, known_hosts=())
    assert question is not None
    assert is_harmless(question)
    assert "\n" not in question
    assert len(question) < 160


def shown_text(body: Body) -> str:
    return "\n".join(block.marker + block.text for block in body.blocks) + "\n".join(body.links)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("- x\n" * 5000, id="B1"),
        pytest.param("x\n\n" * 5000, id="B2"),
        pytest.param("```\n" + "code\n" * 120_000, id="B3"),
        pytest.param("\t" * 100_000, id="B4"),
        pytest.param("|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n|" + "b|" * 500, id="B5"),
        pytest.param(">" * 5000 + "x", id="B6"),
        pytest.param("```html\n" + "<!--" * 20_000, id="B7"),
        pytest.param("<!--" * 20_000, id="B7-bare"),
        pytest.param("[" * 50_000, id="brackets"),
        pytest.param("*a_" * 20_000, id="emphasis"),
        pytest.param("<div>" * 20_000 + "x" + "</div>" * 20_000, id="B12-nested"),
        pytest.param("<div><p>x" * 50_000, id="B12-unclosed"),
        pytest.param("<b>x" * 50_000, id="B12-unclosed-bold"),
        pytest.param("<ul><li>x" * 20_000, id="B12-nested-lists"),
        pytest.param("<a href=https://example.com/x>" * 20_000, id="B12-unclosed-links"),
        pytest.param("<table><tr><td>" * 6000 + "x", id="B12-nested-tables"),
        pytest.param("<p " + "x=y " * 50_000 + ">t", id="B12-attributes"),
        pytest.param("<" * 200_000, id="B12-angles"),
    ],
)
@pytest.mark.parametrize("body_format", ["html", "markdown"])
@pytest.mark.timeout(20)
def test_body_made_to_be_costly_is_bounded(source: str, body_format: str) -> None:
    body = body_blocks(source, body_format)
    assert len(body.blocks) <= BLOCK_LIMIT
    assert all(0 <= block.level <= 8 for block in body.blocks)
    assert len(shown_text(body)) <= 1_200_000


@pytest.mark.parametrize(
    "target", ["../../.ssh/id_rsa", "/etc/passwd", "file:///etc/passwd", "javascript:x", "%1b]0;x"]
)
def test_b9_link_out_of_the_web_is_text_only(target: str) -> None:
    for source, body_format in ((f"[here]({target})", "markdown"), (f'<a href="{target}">here</a>', "html")):
        body = body_blocks(source, body_format)
        assert "here" in shown_text(body)
        assert body.links == ()


def test_b10_remote_images_are_words_only() -> None:
    body = body_blocks("![A chart](https://tracker.example/p.png) <img src=https://tracker.example/q.png>", "markdown")
    assert ([block.text for block in body.blocks], body.links) == (["[image: A chart]"], ())


def test_b12_scripts_and_styles_are_dropped() -> None:
    source = "<script>alert(1)</script>a<style>b{}</style>c<script>d"
    assert shown_text(body_blocks(source, "html")) == "ac"
