"""What holds for every model: its names are translated, and work is never deleted with what it stands on."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise

MODELS = [model for app in ("annotation", "rubrics") for model in apps.get_app_config(app).get_models()]


def named(model: type[models.Model]) -> str:
    return model.__name__


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_the_names_of_a_model_and_its_fields_are_translated(model: type[models.Model]) -> None:
    own = [field for field in model._meta.get_fields() if isinstance(field, models.Field) and not field.auto_created]
    shown = [field for field in own if field.editable or getattr(field, "auto_now_add", False)]
    plain = [field.name for field in shown if not isinstance(field.verbose_name, Promise)]
    assert plain == []
    assert isinstance(model._meta.verbose_name, Promise)
    assert isinstance(model._meta.verbose_name_plural, Promise)


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_the_choices_of_a_field_are_translated(model: type[models.Model]) -> None:
    chosen = [(field.name, choice) for field in model._meta.fields for choice in field.flatchoices]
    assert [(name, value) for name, (value, label) in chosen if not isinstance(label, Promise)] == []


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_nothing_is_deleted_with_what_it_stands_on(model: type[models.Model]) -> None:
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    assert [key.name for key in keys if key.remote_field.on_delete is not models.PROTECT] == []


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_model_says_what_a_row_is_called(model: type[models.Model]) -> None:
    assert "__str__" in vars(model)
