from django.templatetags.static import static
from django.test import Client


def test_the_icon_that_browsers_ask_for_is_the_mark(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, static("annotation/mark.svg"))
