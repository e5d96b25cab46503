"""Links between the pages, which say on which page their reader is."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def link_to(context: Context, name: str, *args: Any, child: str = "") -> SafeString:
    """The attributes of a link to the page of that name: its address, and aria-current on that page or on its child page."""
    address, path = reverse(name, args=args), context["request"].path
    current = "page" if path == address else "true" if child and path == reverse(child, args=args) else ""
    return format_html('href="{}" aria-current="{}"', address, current) if current else format_html('href="{}"', address)
