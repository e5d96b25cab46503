"""The reference answer of a query for one level: written block by block, without JavaScript, and approved by somebody else."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotation.access.blind import images_by_key, shown_blocks
from annotation.access.membership import membership_or_404
from annotation.access.references import answer_content, scales
from annotation.errors import Refused, ValidationError
from annotation.fields import whole_number
from annotation.flow import references
from annotation.forms.references import (
    EMPTY,
    Blocks,
    posted_blocks,
    posted_profile,
    rearranged,
    revision_number,
    uploaded_images,
)
from annotation.models import Membership, Query, ReferenceRevision, Role
from annotation.views.requests import UserRequest

OF_A_BLOCK = re.compile(r"(?:upload-|blocks\[)([0-9]+)")  # the field of a fault


def query_or_404(membership: Membership, pk: int, level: str) -> tuple[Query, int]:
    """The query, and the level that the address names, which its scale must have."""
    query = get_object_or_404(Query.objects.filter(project=membership.project).select_related("project"), pk=pk)
    number = whole_number(level, digits=3)
    if number is None or number not in scales(membership.project).get(query.category, []):
        raise Http404
    return query, number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reference(request: UserRequest, slug: str, query: int, level: str) -> HttpResponse:
    """A POST saves a revision, or with another button changes the form. What was typed stays, and so do images."""
    membership = membership_or_404(request.user, slug, Role.EXPERT, Role.MANAGER)
    asked, number = query_or_404(membership, query, level)
    content = answer_content(asked, number, request.user)
    nothing = {"number": 0, "written": [dict(EMPTY)], "profile": None}
    newest = content["revisions"][0] if content["revisions"] else nothing
    form: dict[str, Any] = {"blocks": newest["written"], "based_on": newest["number"], "profile": newest["profile"] or {}}
    faults: dict[str, str] = {}
    if request.method == "POST":
        form = posted_form(request.POST, content["criteria"])
        try:
            form["blocks"] = with_uploads(asked, form["blocks"], request)
            wanted = request.POST.get("do", "save")
            if wanted == "save":
                based_on = revision_number(form["based_on"], "based_on")
                written = {"blocks": form["blocks"], "profile": form["profile"] or None, "based_on": based_on}
                references.write_answer(query=asked, level=number, by=request.user, **written)
                messages.success(request, _("Saved. Annotators see it when somebody else has approved it."))
                return redirect("reference", slug=slug, query=query, level=number)
            form["blocks"] = rearranged(form["blocks"], wanted)
        except ValidationError as error:
            faults = error.fields
        except Refused as error:
            faults, form["based_on"] = {"": str(error)}, newest["number"]
    context = {
        "membership": membership,
        "content": content,
        "levels": scales(membership.project)[asked.category],
        "rows": form_rows(asked, form["blocks"], faults),
        "profile": [item | {"level": form["profile"].get(item["key"])} for item in content["criteria"]],
        "based_on": form["based_on"],
        "faults": titled(faults, content["criteria"]),
        "dropped": asked.dropped_at,
    }
    return render(request, "annotation/references/reference.html", context, status=400 if faults else 200)


def posted_form(post: Any, criteria: list[dict[str, str]]) -> dict[str, Any]:
    profile = posted_profile(post, [item["key"] for item in criteria])
    return {"blocks": posted_blocks(post), "based_on": post.get("based_on", "0"), "profile": profile}


def titled(faults: dict[str, str], criteria: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Each fault with the words by which the form calls its field."""
    titles = {f"profile.{item['key']}": item["title"] for item in criteria}
    for field in faults:
        if place := OF_A_BLOCK.match(field):
            titles[field] = _("Block %(number)s") % {"number": int(place[1]) + 1}
    return [(titles.get(field, field), fault) for field, fault in faults.items()]


def with_uploads(query: Query, blocks: Blocks, request: UserRequest) -> Blocks:
    """The blocks with the images that were uploaded for them, which are stored at once: no browser sends a file a second time.

    Raises ValidationError, Refused.
    """
    names = {f"upload-{place}": place for place in range(len(blocks))}
    files = {name: file for name, file in request.FILES.items() if name in names}
    keys = references.add_images(project=query.project, images=uploaded_images(files)) if files else {}
    return [block | {"image": keys.get(f"upload-{place}", block["image"])} for place, block in enumerate(blocks)]


def form_rows(query: Query, blocks: Blocks, faults: dict[str, str]) -> list[dict[str, Any]]:
    """Each block as it was entered, with the image to look at, and the fault of the one that was uploaded for it."""
    images = images_by_key(query.project_id, [block["image"] for block in blocks if block["image"]])
    rows = []
    for place, block in enumerate(blocks):
        image = images.get(block["image"] or "")
        shown = shown_blocks([{"text": None, "image": image.sha256}], {image.sha256: image}) if image else []
        rows.append(block | {"image": image and image.key, "shown": shown, "fault": faults.get(f"upload-{place}")})
    return rows


@login_required
@require_POST
def approve(request: UserRequest, slug: str, query: int, level: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.EXPERT, Role.MANAGER)
    asked, number = query_or_404(membership, query, level)
    try:
        wanted = revision_number(request.POST.get("revision", ""), "revision")
        revisions = ReferenceRevision.objects.filter(answer__query=asked, answer__level=number)
        references.approve(revision=get_object_or_404(revisions, number=wanted), by=request.user)
        messages.success(request, _("Revision %(number)s is what annotators see now.") % {"number": wanted})
    except ValidationError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    except Refused as error:
        messages.error(request, str(error))
    return redirect("reference", slug=slug, query=query, level=number)
