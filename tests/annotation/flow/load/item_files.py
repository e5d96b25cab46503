"""What a load of items has stored."""

from pathlib import Path

from annotation.models import Assignment, Image, Query, ReferenceRevision, Response, Task


def stored_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def rows() -> int:
    return sum(model.objects.count() for model in (Query, Response, Image, ReferenceRevision, Task, Assignment))
