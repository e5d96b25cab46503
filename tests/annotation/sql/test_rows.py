from datetime import UTC

import pytest

from annotation.models import Project, Query
from annotation.sql import rows
from annotation.sql.days import Ordinal
from annotation.sql.rows import raw_rows
from tests.factories import make_project

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_however_many_are_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    for number in range(5):
        project.queries.create(external_id=f"100 % {number}", blocks=[], category="é" if number else "")
    monkeypatch.setattr(rows, "ROWS", 2)
    pks = project.queries.order_by("pk").values_list("pk", flat=True)
    values = Query.objects.filter(external_id__startswith="100 %").order_by("pk")
    read = list(raw_rows(values.values_list("external_id", "pk", "category", "dropped_by")))
    assert read == [(f"100 % {number}", pk, "é" if number else "", None) for number, pk in enumerate(pks)]


def test_columns_are_in_the_order_asked_for_computed_ones_too() -> None:
    project = make_project()
    values = Project.objects.values_list(Ordinal("created_at"), "slug")
    assert list(raw_rows(values)) == [(project.created_at.astimezone(UTC).toordinal(), project.slug)]


def test_what_can_have_no_rows_has_none() -> None:
    make_project()
    assert list(raw_rows(Project.objects.filter(pk__in=[]).values_list("pk"))) == []
    assert list(raw_rows(Project.objects.none().values_list("pk"))) == []
