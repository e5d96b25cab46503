"""Writes a release's files into a folder with their manifest, and checks a folder against it."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotation.exporters import card, images, internvl, labels, mmie, ratings
from annotation.exporters.records import Content

EXPORTERS: dict[str, Callable[[Content], Iterator[tuple[str, bytes]]]] = {
    "labels": labels.files,
    "ratings": ratings.files,
    "internvl": internvl.files,
    "mmie": mmie.files,
    "images": images.files,
    "card": card.files,
}


def write(content: Content, folder: Path) -> dict[str, Any]:
    """Write every file and the manifest, which is returned."""
    digests = {}
    for files in EXPORTERS.values():
        for name, data in files(content):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            digests[name] = hashlib.sha256(data).hexdigest()
    manifest = {**content.about, "files": dict(sorted(digests.items()))}
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n")
    return manifest


def verify(folder: Path) -> list[str]:
    """What differs between the folder and its manifest; an empty list when nothing does. Never raises for bad input."""
    try:
        manifest = orjson.loads((folder / "manifest.json").read_bytes())
    except OSError as error:
        return [f"manifest.json: {error.strerror}"]
    except orjson.JSONDecodeError as error:
        return [f"manifest.json: not JSON: {error}"]
    digests = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(digests, dict):
        return ["manifest.json: expected the files with their SHA-256"]
    problems = [problem for name, digest in digests.items() if (problem := check_file(folder, name, digest))]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    problems += [f"{name}: not in the manifest" for name in sorted(there - set(digests) - {"manifest.json"})]
    return problems


def check_file(folder: Path, name: str, digest: Any) -> str | None:
    path = folder / name
    if "\0" in name or not path.resolve().is_relative_to(folder.resolve()):
        return f"{name}: leaves the folder"
    if not path.is_file():
        return f"{name}: missing"
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        return f"{name}: changed since it was released"
    return None
