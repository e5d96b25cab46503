from datetime import UTC, datetime
from typing import Any

from annotation.access.archives import release_answer, zip_answer
from annotation.flow.release import Archive
from annotation.models import Retraction


def answered(answer: Any) -> tuple[dict[str, str], bytes]:
    return dict(answer.headers), b"".join(answer.streaming_content)


def test_a_zip_is_streamed_under_its_name_and_kept_by_nobody() -> None:
    headers = {"Content-Disposition": 'attachment; filename="a.zip"', "Cache-Control": "private, no-store"}
    assert answered(zip_answer("a.zip", iter([b"PK", b"!"]))) == ({"Content-Type": "application/zip"} | headers, b"PK!")


def test_a_release_says_its_length_and_a_retracted_one_its_retraction() -> None:
    headers, content = answered(release_answer(Archive("study-1.zip", 3, iter([b"PK!"]), None)))
    assert (headers["Content-Length"], "X-Release-Retracted" in headers, content) == ("3", False, b"PK!")
    retraction = Retraction(at=datetime(2026, 1, 2, tzinfo=UTC), reason="x")
    headers, _content = answered(release_answer(Archive("study-1.zip", 3, iter([b"PK!"]), retraction)))
    assert headers["X-Release-Retracted"] == "2026-01-02"
    assert headers["Content-Disposition"] == 'attachment; filename="RETRACTED-study-1.zip"'
