from rest_framework.renderers import JSONRenderer

from annotation.api.releases.negotiation import AnyAccept


def test_the_first_renderer_is_taken_whatever_is_accepted() -> None:
    renderer = JSONRenderer()
    assert AnyAccept().select_renderer(None, [renderer]) == (renderer, "application/json")
