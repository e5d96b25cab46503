"""Calls that answer with a zip, and with JSON where they refuse, whatever a script says that it accepts."""

from typing import Any, TypeVar, cast

from rest_framework.negotiation import DefaultContentNegotiation

View = TypeVar("View")


class AnyAccept(DefaultContentNegotiation):
    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


def any_accept(view: View) -> View:
    """Of a view that api_view has made."""
    cast(Any, view).cls.content_negotiation_class = AnyAccept
    return view
