import pytest
from django.test import Client

from annotation.models import User


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    """Of the staff, who see every rubric."""
    client.force_login(User.objects.create(username="uwe", is_staff=True))
    return client
