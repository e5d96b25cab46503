"""The type of a request behind @login_required."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from annotation.models import User


class UserRequest(HttpRequest):
    """A request of a person who has signed in, with what django-htmx adds to it."""

    user: User
    htmx: HtmxDetails
