"""manifest.json: what a release is, the hash of each of its files, and last that of the manifest itself, so that a change of any
byte of it shows too."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

NAME = "manifest.json"
SEAL = "sha256"


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """With the SHA-256 of the manifest as it would be written without this last key."""
    return {**content, SEAL: hashlib.sha256(encoded(content)).hexdigest()}


def encoded(manifest: Mapping[str, Any]) -> bytes:
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n"


def read_manifest(written: bytes) -> tuple[dict[str, Any] | None, list[str]]:
    """The hash of each file, by its name, and what is wrong with the manifest. No hashes where it has none. Never raises."""
    try:
        manifest = orjson.loads(written)
    except orjson.JSONDecodeError as error:
        return None, [f"{NAME}: not JSON: {error}"]
    digests = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(digests, dict):
        return None, [f"{NAME}: expected the files with their SHA-256"]
    return digests, [] if is_unchanged(manifest, written) else [f"{NAME}: changed since it was released"]


def is_unchanged(manifest: dict[str, Any], written: bytes) -> bool:
    """Manifests of releases from before they named the version of the code have no hash of their own."""
    if SEAL not in manifest and "code_version" not in manifest:
        return True
    content = {key: value for key, value in manifest.items() if key != SEAL}
    return encoded(sealed(content)) == written
