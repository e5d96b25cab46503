import hashlib
import json

from annotation.exporters.manifest import encoded, read_manifest, sealed

CONTENT = {"title": "数据", "agreement": {"alpha": 0.1 + 0.2, "none": None}, "files": {"a": "00"}}


def test_the_manifests_own_hash_is_that_of_what_it_is_without_it() -> None:
    manifest = sealed(CONTENT)
    assert list(manifest) == [*CONTENT, "sha256"]
    assert manifest["sha256"] == hashlib.sha256(encoded(CONTENT)).hexdigest()


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(encoded(sealed(CONTENT))) == ({"a": "00"}, [])


def test_the_same_document_in_other_bytes_is_a_changed_one() -> None:
    written = json.dumps(sealed(CONTENT)).encode()
    assert read_manifest(written) == ({"a": "00"}, ["manifest.json: changed since it was released"])
