"""An uploaded file and how it is to be read."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.models import Job

FORMATS = [
    ("sixpoint", gettext_lazy("Sixpoint or MMIE")),
    ("label-studio", gettext_lazy("Label Studio, JSON export")),
    ("argilla", gettext_lazy("Argilla, JSON export")),
    ("csv", gettext_lazy("a table (CSV)")),
]


def posted_upload(post: Mapping[str, Any], files: MultiValueDict[str, Any]) -> dict[str, Any]:
    """The arguments of jobs.queue.start: the file, what it holds and how it is to be read. Raises Refused without a file."""
    upload = files.get("file")
    if upload is None:
        raise Refused(_("file: expected a file"))
    kind = Job.Kind.LOAD_SCORES if post.get("kind") == "scores" else Job.Kind.LOAD_ITEMS
    options: dict[str, Any] = {"dry_run": as_boolean(post.get("dry_run", ""), "dry_run")}
    if kind == Job.Kind.LOAD_ITEMS:
        options["pool"] = as_boolean(post.get("pool", ""), "pool")
        options["format"] = str(post.get("format") or "sixpoint")
        options["columns"] = [line for line in str(post.get("columns") or "").splitlines() if line.strip()]
    elif zone := str(post.get("time_zone") or "").strip():
        options["time_zone"] = zone
    return {"kind": kind, "upload": upload, "file_name": str(upload.name), "options": options}


def posted_scorer(post: Mapping[str, Any], files: MultiValueDict[str, Any]) -> dict[str, Any]:
    """The arguments of jobs.queue.start for a file of a scorer's scores. Raises Refused."""
    upload = files.get("file")
    if upload is None:
        raise Refused(_("file: expected a file"))
    options: dict[str, Any] = {"scorer": str(post.get("name") or ""), "scale": str(post.get("scale") or "")}
    if trained_on := str(post.get("trained_on") or "").strip():
        number = whole_number(trained_on)
        if number is None:
            raise Refused(_('trained_on: expected the number of a release, not "%(text)s"') % {"text": trained_on[:100]})
        options["trained_on"] = number
    return {"kind": Job.Kind.CHECK_SCORER, "upload": upload, "file_name": str(upload.name), "options": options}


def as_boolean(value: Any, field: str) -> bool:
    """A checkbox's value, or a boolean as scripts write it.

    Raises Refused for anything else, so that a dry run with a typing error stores nothing.
    """
    word = str(value).lower()
    if word not in ("", "on", "true", "1", "yes", "false", "0", "no", "off"):
        raise Refused(_("%(field)s: expected true or false") % {"field": field})
    return word in ("on", "true", "1", "yes")
