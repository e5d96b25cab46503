import hashlib
import json
from pathlib import Path

from annotation.exporters import EXPORTERS, Content, write
from tests.annotation.exporters.records import RUBRIC, label


def test_every_file_is_written_and_the_manifest_has_its_hash(tmp_path: Path) -> None:
    content = Content("study", "Study", (label(),), (), {"r@1": RUBRIC}, {"project": "study"}, lambda name: name.encode())
    manifest = write(content, tmp_path)
    files = {name: data for exporter in EXPORTERS.values() for name, data in exporter(content)}
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
    digests = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    assert json.loads((tmp_path / "manifest.json").read_text()) == manifest == {"project": "study", "files": digests}
    assert list(manifest["files"]) == sorted(files)
