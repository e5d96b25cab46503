"""What holds for every call: tests/annotation/access/test_archived.py tries it by session and by token."""

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from annotation.api.permissions import ReadOnlyArchive


@pytest.mark.django_db
def test_a_call_that_no_address_names_is_let_through() -> None:
    request = Request(APIRequestFactory().post("/"))
    request.user = AnonymousUser()
    assert ReadOnlyArchive().has_permission(request, None)
