"""The parts of a release, and the writing of all of them into a folder, with their manifest.

A writer takes the labels one after another, so that no release needs all of them in memory. A table, or a text about the whole,
is written by a function once the labels have passed.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

from annotation.exporters import card, croissant, images, labels, manifest, parquet
from annotation.exporters.data import Content, LabelRecord
from annotation.exporters.folder import Folder
from annotation.exporters.tables import decisions, ratings, remarks
from annotation.exporters.training import mmie, tools
from annotation.garbage import uncollected


class Writer(Protocol):
    def add(self, label: LabelRecord) -> None: ...
    def close(self) -> None: ...


WRITERS: dict[str, Callable[[Content, Folder], Writer]] = {
    "labels": labels.Writer,
    "training": tools.Writer,
    "mmie": mmie.Writer,
    "images": images.Writer,
    "parquet": parquet.Writer,
}
TABLES: dict[str, Callable[[Content, Folder], None]] = {
    "ratings": ratings.write,
    "remarks": remarks.write,
    "decisions": decisions.write,
}
TEXTS: dict[str, Callable[[Content, Folder], None]] = {"card": card.write, "croissant": croissant.write}


def write(content: Content, path: Path) -> dict[str, Any]:
    """Write every file and the manifest into the folder. Returns the manifest."""
    with Folder(path) as folder, uncollected():
        writers = [make(content, folder) for make in WRITERS.values()]
        for label in content.labels():
            for writer in writers:
                writer.add(label)
        for writer in writers:
            writer.close()
        content = with_agreement(content)
        for table in (TABLES | TEXTS).values():
            table(content, folder)
        seen = [asdict(image) | {"reasons": list(image.reasons)} for image in folder.seen]
        counts = {**content.about.manifest["counts"], **folder.counts}
        made = {"counts": counts, "images": seen, "files": folder.digests()}
        written = manifest.sealed({**content.about.manifest, **made})
        (path / manifest.NAME).write_bytes(manifest.encoded(written))
    return written


def with_agreement(content: Content) -> Content:
    """Computed once the labels have passed, and their memory is free."""
    manifest = {**content.about.manifest, "agreement": content.agreement()}
    return replace(content, about=replace(content.about, manifest=manifest))
