"""The admin: people are edited here; everything else is read-only, since the flow writes it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.http import HttpRequest

from annotation import models
from annotation.flow.accounts.tokens import revoke_tokens
from rubrics.admin import ReadOnly


class PasswordForm(AdminPasswordChangeForm):
    """A new password from an administrator ends tokens as well as sessions: it may be given because the old one was stolen."""

    def set_password_and_save(self, user: models.User, *arguments: Any, **named: Any) -> models.User:
        saved: models.User = super().set_password_and_save(user, *arguments, **named)  # type: ignore[misc]  # not in the stubs
        revoke_tokens(username=saved.username)
        return saved


@admin.register(models.User)
class PersonAdmin(UserAdmin):
    change_password_form = PasswordForm

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # made inactive, never deleted with their work


@admin.register(models.Project)
class ProjectAdmin(ReadOnly):
    list_display = ("slug", "title", "overlap", "created_at")
    exclude = ("pseudonym_key",)


@admin.register(models.Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("user", "project", "role", "added_at")
    list_select_related = ("user", "project")
    list_filter = ("project", "role")


@admin.register(models.Query)
class QueryAdmin(ReadOnly):
    list_display = ("external_id", "project", "category", "field", "subfield", "dropped_at")
    list_select_related = ("project",)
    list_filter = ("project", "category")
    search_fields = ("external_id",)


@admin.register(models.Response)
class ResponseAdmin(ReadOnly):
    list_display = ("query", "system", "sample")
    list_select_related = ("query",)
    search_fields = ("query__external_id", "system")


@admin.register(models.Assignment)
class AssignmentAdmin(ReadOnly):
    list_display = ("task", "number", "reason", "annotator", "submitted_at")
    list_select_related = ("task__response__query", "task__rubric", "annotator")
    list_filter = ("project", "reason")


@admin.register(models.Image)
class ImageAdmin(ReadOnly):
    list_display = ("sha256", "project", "format", "width", "height", "size")
    list_select_related = ("project",)
    list_filter = ("project", "format")
    exclude = ("key",)


@admin.register(models.Job)
class JobAdmin(ReadOnly):
    list_display = ("kind", "project", "file_name", "made_by", "made_at", "ended_at", "outcome")
    list_select_related = ("project", "made_by")
    list_filter = ("project", "kind", "outcome")


@admin.register(models.PossibleDuplicate)
class PossibleDuplicateAdmin(ReadOnly):
    list_display = ("first", "second", "verdict", "decided_by", "decided_at")
    list_select_related = ("first", "second", "decided_by")
    list_filter = ("project", "verdict")


@admin.register(models.Event)
class EventAdmin(ReadOnly):
    list_display = ("at", "project", "verb", "by")
    list_select_related = ("project", "by")
    list_filter = ("project", "verb")
