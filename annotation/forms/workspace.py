"""The form of a project's annotation settings."""

from typing import Any

from django.http import QueryDict


class PostedFields:
    """A posted form with its fields as attributes, so that a template shows it again like a Workspace."""

    def __init__(self, post: QueryDict) -> None:
        self.post = post

    def __getattr__(self, name: str) -> Any:
        return self.post.get(name)


def posted_workspace(post: QueryDict) -> tuple[dict[str, Any], str]:
    """The workspace's fields, and its error types, a line each."""
    changes: dict[str, Any] = {name: post.get(name) for name in ("feedback", "confidence", "blur")}
    changes |= {name: name in post for name in ("overall_shown", "ladder_after_first_score", "reopening")}
    changes["errors_below"] = post.get("errors_below") or None
    return changes, str(post.get("errors", "")).replace("\r\n", "\n").strip()
