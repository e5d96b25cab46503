"""The exporters by name, and the writing of a release: its files in a folder, with their manifest."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotation.exporters import card, images, internvl, labels, mmie, ratings_csv
from annotation.exporters.data import Content

EXPORTERS: dict[str, Callable[[Content], Iterator[tuple[str, bytes]]]] = {
    "labels": labels.files,
    "ratings": ratings_csv.files,
    "internvl": internvl.files,
    "mmie": mmie.files,
    "images": images.files,
    "card": card.files,
}


def write(content: Content, folder: Path) -> dict[str, Any]:
    """Write every file and the manifest into the folder. Returns the manifest."""
    digests = {}
    for files in EXPORTERS.values():
        for name, data in files(content):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            digests[name] = hashlib.sha256(data).hexdigest()
    manifest = {**content.manifest_head, "files": dict(sorted(digests.items()))}
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n")
    return manifest
