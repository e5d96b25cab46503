import pytest
from django.test import Client

from tests.factories import make_user


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    client.force_login(make_user("ana"))
    return client
