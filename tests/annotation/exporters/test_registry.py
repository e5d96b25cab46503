import hashlib
import json
from pathlib import Path

from annotation.exporters import TABLES, WRITERS, write
from annotation.exporters.manifest import sealed
from tests.annotation.exporters.records import content, files_of, label


def test_every_file_is_written_and_the_manifest_has_its_hash(tmp_path: Path) -> None:
    labels = (label(), label(id="PBL-2", split="check"))
    whole = content(*labels)
    manifest = write(whole, tmp_path)
    files = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    del files["manifest.json"]
    parts = {name: data for part in (*WRITERS, *TABLES) for name, data in files_of(part, *labels).items()}
    assert files | parts == files
    assert set(files) - set(parts) == {"README.md", "croissant.json"}
    digests = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    assert whole.about.manifest["counts"].items() <= manifest["counts"].items()
    expected = sealed({**whole.about.manifest, "counts": manifest["counts"], "images": [], "files": digests})
    assert json.loads((tmp_path / "manifest.json").read_text()) == manifest == expected
    assert list(manifest["files"]) == sorted(files)
