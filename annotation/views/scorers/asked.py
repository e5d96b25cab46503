"""Which labels a page of scorers is asked to hold scores against."""

from dataclasses import dataclass
from typing import Any

from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.flow.check import SPLITS, standing_release
from annotation.models import Project, Release
from annotation.views.scorers import words


@dataclass(frozen=True)
class Asked:
    """`fault` says why the default stands in for what was asked."""

    split: str = "check"
    release: Release | None = None
    fault: str = ""

    @property
    def arguments(self) -> dict[str, Any]:
        return {"split": self.split, "release": self.release}

    @property
    def query(self) -> str:
        """As an address has it; empty for the default."""
        release = f"&release={self.release.version}" if self.release else ""
        return f"split={self.split}{release}" if release or self.split != "check" else ""


def read(project: Project, query: Any) -> Asked:
    split, release = str(query.get("split") or "check"), None
    if split not in SPLITS:
        split = "check"
    number = whole_number(str(query.get("release") or ""))
    if number is not None:
        try:
            release = standing_release(project, number)
        except Refused as error:
            return Asked(split, None, str(error))
    return Asked(split, release)


def choices(project: Project, asked: Asked) -> dict[str, Any]:
    """What the form offers: empty where there is no release, as all labels count then."""
    releases = list(Release.objects.standing().filter(project=project).order_by("-version").values_list("version", flat=True))
    return {
        "asked": asked,
        "splits": list(words.SPLITS.items()) if releases else [],
        "releases": releases,
    }
