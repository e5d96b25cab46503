"""A zip as an answer: streamed, under its name, never kept by a browser or a proxy."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from annotation.flow.release import Archive


def zip_answer(name: str, chunks: Iterable[bytes], size: int | None = None) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    if size is not None:
        headers["Content-Length"] = str(size)
    return StreamingHttpResponse(chunks, content_type="application/zip", headers=headers)


def release_answer(archive: Archive) -> StreamingHttpResponse:
    """A retracted release says so in the name of the file and in a header; RETRACTED.txt in the zip has the reason."""
    if archive.retraction is None:
        return zip_answer(archive.name, archive.chunks, archive.size)
    answer = zip_answer(f"RETRACTED-{archive.name}", archive.chunks, archive.size)
    answer["X-Release-Retracted"] = archive.retraction.at.date().isoformat()
    return answer
