"""Shows rubrics, read-only: load_rubric alone writes them, and checks them and numbers their versions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rubrics.models import Criterion, Level, Rubric


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Rubric)
class RubricAdmin(ReadOnly):
    list_display = ("slug", "version", "title", "category", "frozen_at")
    list_filter = ("category",)


@admin.register(Criterion)
class CriterionAdmin(ReadOnly):
    list_display = ("title", "rubric", "kind", "place")
    list_select_related = ("rubric",)
    list_filter = ("rubric",)


@admin.register(Level)
class LevelAdmin(ReadOnly):
    list_display = ("criterion", "value", "label", "descriptor")
    list_select_related = ("criterion",)
    list_filter = ("criterion__rubric",)
