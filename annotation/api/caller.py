"""The person who makes a call."""

from rest_framework.request import Request

from annotation.models import User


def caller(request: Request) -> User:
    """The signed-in person: REST framework's permission has refused anybody else."""
    assert isinstance(request.user, User)
    return request.user
