"""Whose request it is, behind proxies: the one place that reads X-Forwarded-For."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


def client_address(request: HttpRequest) -> str:
    """The client's address as the outermost of the PROXIES trusted proxies saw it.

    Each of them appends the address that connected to it, so that the n-th entry from the right is right whatever the client
    itself has sent before. Where there are fewer entries, or this one is no address, the request has not come that way:
    the address that connected to this server is taken, which is that of the last proxy. Empty through a socket.
    """
    connected = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return (0 < settings.PROXIES <= len(hops) and address_of(hops[-settings.PROXIES])) or address_of(connected)


def address_of(text: str) -> str:
    """In the form in which addresses are compared; empty where it is none."""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def true_address(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: from here on REMOTE_ADDR is the client's address, for whoever counts or logs."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.META["REMOTE_ADDR"] = client_address(request)
        return get_response(request)

    return middleware
