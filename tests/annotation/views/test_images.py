"""Who gets an image's bytes, which of them, and what is said beside them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from annotation.flow.accounts.tokens import new_token
from annotation.flow.images import renditions
from annotation.flow.images.renditions import original_name
from annotation.imaging.render import render
from annotation.models import Image
from tests.factories import block, load, make_member, make_project, make_user, record
from tests.markup import compact
from tests.pictures import picture, saved

pytestmark = pytest.mark.django_db

CONTENT = saved(picture((1000, 600)), "PNG")
SHOWN = {
    "": render(CONTENT, width=None, format="PNG"),
    "/480.webp": render(CONTENT, width=480, format="WEBP"),
    "/960.jpg": render(CONTENT, width=960, format="JPEG"),
}
ALWAYS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@pytest.fixture
def address(client: Client) -> str:
    """Of a picture that the client may see."""
    project = make_project()
    load(project, [record(1, answer=[block(None, "a.png")])], {"a.png": CONTENT})
    client.force_login(make_member(project, "ana"))
    return f"/media/{Image.objects.get().key}"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(("size", "kind"), [("", "image/png"), ("/480.webp", "image/webp"), ("/960.jpg", "image/jpeg")])
def test_a_member_gets_the_whole_copy_and_may_keep_it(client: Client, address: str, size: str, kind: str) -> None:
    answer = client.get(address + size)
    assert (answer.status_code, body(answer)) == (200, SHOWN[size])
    expected = {**ALWAYS, "Content-Type": kind, "Content-Length": str(len(SHOWN[size]))}
    assert {name: answer.headers.get(name) for name in expected} == expected


def test_a_claim_and_its_page_offer_the_copies(client: Client, address: str) -> None:
    claim = client.post("/api/v1/projects/study/claim/").json()
    sizes = [{"width": width, "webp": f"{address}/{width}.webp", "jpeg": f"{address}/{width}.jpg"} for width in (480, 960)]
    assert claim["response"]["blocks"] == [{"text": None, "image": address, "width": 1000, "height": 600, "sizes": sizes}]
    assert claim["query"]["blocks"] == [{"text": "Question 1", "image": None, "width": None, "height": None, "sizes": []}]
    page = compact(client.get(f"/assignments/{claim['assignment']['id']}/").content.decode())
    assert f'srcset="{address}/480.webp 480w, {address}/960.webp 960w, {address} 1000w"' in page
    assert f'<img src="{address}/960.jpg" width="800" height="480"' in page
    assert f'<a class="picture" href="{address}"' in page


def test_every_copy_has_a_strong_tag_of_its_own(client: Client, address: str) -> None:
    tags = [client.head(address + size)["ETag"] for size in ("", "/480.webp", "/480.jpg", "/960.webp", "/960.jpg")]
    assert len(set(tags)) == 5
    assert [tag for tag in tags if not (tag.startswith('"') and tag.endswith('"'))] == []


@pytest.mark.parametrize(
    "size",
    [
        "/1920.webp",
        "/1000.webp",
        "/481.webp",
        "/0.webp",
        "/0480.png",
        "/480.gif",
        "/480.",
        "/-480.webp",
        f"/{'9' * 5000}.webp",
        "/",
    ],
)
def test_a_size_that_there_is_not_is_a_404(client: Client, address: str, size: str) -> None:
    assert client.get(address + size).status_code == 404


@pytest.mark.parametrize("size", ["", "/480.webp"])
def test_a_visitor_signs_in_first_and_a_stranger_or_a_guess_gets_a_404(client: Client, address: str, size: str) -> None:
    visitor, stranger = Client(), Client()
    stranger.force_login(make_user("otto"))
    assert visitor.get(address + size)["Location"] == f"/accounts/login/?next={address}{size}"
    answers = [stranger.get(address + size), client.get(address[:-1] + "~" + size), client.get(f"/media/{'a' * 32}{size}")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert [client.post(address + size).status_code] == [405]
    assert default_storage.exists("shown") is False


@pytest.mark.parametrize("size", ["", "/480.webp"])
def test_who_has_it_already_is_told_so_without_a_look_at_the_file(
    client: Client, address: str, size: str, monkeypatch: Any
) -> None:
    tag = client.head(address + size)["ETag"]
    monkeypatch.setattr("annotation.views.images.rendition", None)
    for known in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other",W/{tag}', "*"):
        answer = client.get(address + size, headers={"If-None-Match": known})
        assert (answer.status_code, body(answer), answer["ETag"]) == (304, b"", tag)
        assert answer["Cache-Control"] == ALWAYS["Cache-Control"]


def test_who_has_something_else_gets_the_picture(client: Client, address: str) -> None:
    other = client.head(f"{address}/480.webp")["ETag"]
    for known in (other, '"other"', "garbage", f'W/"other", {other}'):
        answer = client.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, body(answer)) == (200, SHOWN[""])


def test_a_members_token_fetches_every_picture_that_the_claim_names_and_no_others(address: str) -> None:
    tokens = {name: new_token(user=make_user(name, password=None), days=1) for name in ("ana", "otto")}
    script = Client(headers={"Authorization": f"Token {tokens['ana']}"})
    [block] = script.post("/api/v1/projects/study/claim/").json()["response"]["blocks"]
    named = [block["image"], *(size[kind] for size in block["sizes"] for kind in ("webp", "jpeg"))]
    assert [(answer.status_code, bool(body(answer))) for answer in map(script.get, named)] == [(200, True)] * 5
    stranger = Client(headers={"Authorization": f"Token {tokens['otto']}"})
    assert [stranger.get(name).status_code for name in named] == [404] * 5
    refusal = Client(headers={"Authorization": "Token 0"}).get(address)
    assert (refusal.status_code, refusal["WWW-Authenticate"], refusal.content) == (401, "Token", b"Invalid token.")


SIZE = len(SHOWN[""])
PARTS = {
    "bytes=0-0": (0, 1),
    "bytes=0-9": (0, 10),
    "Bytes= 5-14 ": (5, 15),
    f"bytes={SIZE - 4}-": (SIZE - 4, SIZE),
    f"bytes=0-{SIZE + 99}": (0, SIZE),
    "bytes=-7": (SIZE - 7, SIZE),
    f"bytes=-{SIZE + 99}": (0, SIZE),
}


@pytest.mark.parametrize("asked", PARTS)
def test_one_range_is_that_part(client: Client, address: str, asked: str) -> None:
    start, stop = PARTS[asked]
    answer = client.get(address, headers={"Range": asked})
    assert (answer.status_code, body(answer)) == (206, SHOWN[""][start:stop])
    expected = {
        **ALWAYS,
        "Content-Type": "image/png",
        "Content-Length": str(stop - start),
        "Content-Range": f"bytes {start}-{stop - 1}/{SIZE}",
    }
    assert {name: answer.headers.get(name) for name in expected} == expected


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_size(client: Client, address: str, asked: str) -> None:
    answer = client.get(address, headers={"Range": asked})
    assert (answer.status_code, body(answer), answer["Content-Range"]) == (416, b"", f"bytes */{SIZE}")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "asked",
    ["", "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "lines=0-9", "bytes=0-1,4-5", "0-9", f"bytes={'9' * 5000}-", "bytes=²-"],
)
def test_several_ranges_or_none_that_can_be_read_are_the_whole(client: Client, address: str, asked: str) -> None:
    answer = client.get(address, headers={"Range": asked})
    assert (answer.status_code, body(answer), answer.headers.get("Content-Range")) == (200, SHOWN[""], None)


def test_a_range_of_another_version_is_the_whole(client: Client, address: str) -> None:
    tag = client.head(address)["ETag"]
    answers = {
        known: client.get(address, headers={"Range": "bytes=0-9", "If-Range": known}).status_code
        for known in (tag, f"W/{tag}", '"other"', "Wed, 21 Oct 2026 07:28:00 GMT")
    }
    assert list(answers.values()) == [206, 200, 200, 200]


def test_a_head_has_the_headers_of_the_whole_and_no_body(client: Client, address: str) -> None:
    answer = client.head(address, headers={"Range": "bytes=0-9"})
    expected = {**ALWAYS, "Content-Type": "image/png", "Content-Length": str(SIZE)}
    assert (answer.status_code, body(answer)) == (200, b"")
    assert {name: answer.headers.get(name) for name in expected} == expected


def test_a_picture_without_its_original_is_a_404(client: Client, address: str, caplog: Any) -> None:
    image = Image.objects.get()
    default_storage.delete(original_name(image.sha256, "PNG"))
    assert [client.get(address + size).status_code for size in SHOWN] == [404] * 3
    assert set(caplog.messages) >= {f"{original_name(image.sha256, 'PNG')} is not there"}
    assert caplog.text.count("Traceback") == 0


def test_a_file_is_closed_when_the_browser_goes_away(client: Client, address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(renditions, "PIECE", 10)
    answer = client.get(address)
    parts = iter(answer.streaming_content)  # type: ignore[attr-defined]
    assert next(parts) == SHOWN[""][:10]
    answer.close()  # an open file would be a ResourceWarning, which is an error here
    assert list(parts) == []


@pytest.mark.parametrize("size", ["", "/480.webp"])
def test_the_file_is_handed_to_the_web_server_where_one_is_named(
    client: Client, address: str, size: str, settings: Any, own_images: Path
) -> None:
    settings.ACCEL_PREFIX = "/protected/"
    answer = client.get(address + size, headers={"Range": "bytes=0-9"})
    name = answer["X-Accel-Redirect"].removeprefix("/protected/")
    assert (answer.status_code, body(answer)) == (200, b"")
    assert (own_images / name).read_bytes() == SHOWN[size]
    expected = {name: value for name, value in ALWAYS.items() if name != "Accept-Ranges"}
    assert {name: answer.headers.get(name) for name in expected} == expected
    assert client.get(address + size, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    stranger = Client()
    stranger.force_login(make_user("otto"))
    assert "X-Accel-Redirect" not in stranger.get(address + size).headers
