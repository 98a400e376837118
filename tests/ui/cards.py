"""Folders of cards for tests of the reader."""

import json
from pathlib import Path
from typing import Any


def write_card(folder: Path, name: str, *, body: str = "", **fields: object) -> None:
    """A card file; values are written as JSON, which is YAML."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in fields.items()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(["---", *lines, "---", body]), encoding="utf-8")


def piece(title: str, url: str, when: str, outlet: str, domain: str) -> dict[str, object]:
    """An entry of `related`."""
    provider = {"name": outlet, "domain": domain}
    return {"title": title, "url": url, "webUrl": url, "publishedDateTime": when, "provider": provider}


def write_story(folder: Path, name: str, **fields: object) -> None:
    """A card with a link, an outlet and a time, unless the fields say otherwise."""
    told: dict[str, Any] = {
        "title": f"Story {name}",
        "publishedDateTime": "2021-08-30T10:00:00Z",
        "webUrl": f"https://example.com/{name}",
        "type": "article",
        "provider": {"name": "Example", "domain": "example.com"},
        **fields,
    }
    write_card(folder, name, **{key: value for key, value in told.items() if value is not None})
