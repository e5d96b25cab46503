"""Writes a project's items to a folder as load_items reads them: a line per response, with the images beside it.

Queries that were dropped as duplicates are left out. Asks the database twice, and once for each query's references.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.images.renditions import original_file
from annotation.flow.progress import WRITING, Progress, silent
from annotation.imaging.inspect import SUFFIX
from annotation.models import Image, Project, ReferenceRevision, Response
from annotation.strict_json import WHOLE_NUMBERS

BATCH = 500


def export_items(*, project: Project, out: Path, progress: Progress = silent) -> dict[str, int]:
    """Write items.jsonl and images/ into a folder that is empty or not there yet. Raises Refused."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise Refused(_("%(out)s is not empty") % {"out": out})
        (out / "images").mkdir()
        names = {
            digest: f"{digest}.{SUFFIX[format]}"
            for digest, format in Image.objects.filter(project=project).values_list("sha256", "format")
        }
        for name in names.values():
            with default_storage.open(original_file(name)) as file:
                (out / "images" / name).write_bytes(file.read())
        with (out / "items.jsonl").open("wb") as file:
            responses = write_records(project, names, file, progress)
    except OSError as error:
        raise Refused(f"{error.filename or out}: {error.strerror}") from error
    return {"responses": responses, "images": len(names)}


def write_records(project: Project, names: dict[str, str], file: BinaryIO, progress: Progress) -> int:
    responses = (
        Response.objects.filter(query__project=project, query__dropped_at=None)
        .select_related("query")
        .order_by("query", "system", "sample")
    )
    total, done, previous_query = responses.count(), 0, None
    for response in responses.iterator(BATCH):
        is_first = response.query_id != previous_query  # a query's references stand with the first of its responses
        references = dict(references_of(response.query_id, names)) if is_first else {}
        file.write(json.dumps(record(response, references, names), ensure_ascii=False).encode() + b"\n")
        previous_query, done = response.query_id, done + 1
        progress(WRITING, done, total)
    return done


def record(response: Response, references: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    query = response.query
    required: dict[str, Any] = {
        "id": query.external_id,
        "category": query.category,
        "question": paths(query.blocks, names),
        "answer": paths(response.blocks, names),
        "model": response.system,
    }
    optional = {
        "field": query.field,
        "subfield": query.subfield,
        "language": query.language,
        "source": query.source,
        "gt_answer": None if query.correct_answer is None else paths(query.correct_answer, names),
        "sample": response.sample,
        "metadata": json.loads(json.dumps(response.metadata), parse_int=as_loaded),
        "references": references,
    }
    return required | {key: value for key, value in optional.items() if value or value == []}


def references_of(query: int, names: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """The newest approved revision of each level's reference answer, by level."""
    revisions = ReferenceRevision.objects.approved().filter(answer__query=query).select_related("answer")
    for revision in revisions.order_by("answer__level", "number"):
        yield str(revision.answer.level), {"blocks": paths(revision.blocks, names), "profile": revision.profile}


def paths(blocks: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    return [{"text": block["text"], "image": f"images/{names[block['image']]}" if block["image"] else None} for block in blocks]


def as_loaded(digits: str) -> int | float:
    """PostgreSQL gives 1e23 back as a whole number. A load takes none beyond 64 bits, so that each was written as a float."""
    number = int(digits)
    return number if number in WHOLE_NUMBERS else float(number)
