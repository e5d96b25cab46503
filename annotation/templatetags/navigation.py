"""Links between the pages, which say on which page their reader is: the navigation of a project, and single links."""

from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotation.models import Membership
from annotation.pages import Page, groups

register = template.Library()


@register.simple_tag(takes_context=True)
def link_to(context: Context, name: str, *args: Any, child: str = "") -> SafeString:
    """The attributes of a link to the page of that name: its address, and aria-current on that page or on its child page."""
    address, path = reverse(name, args=args), context["request"].path
    current = "page" if path == address else "true" if child and path == reverse(child, args=args) else ""
    return attributes(address, current)


def attributes(address: str, current: str) -> SafeString:
    return format_html('href="{}" aria-current="{}"', address, current) if current else format_html('href="{}"', address)


class Entry(NamedTuple):
    """A link of the navigation. `current` is what aria-current says of it: "page", "true" on a page below it, or nothing."""

    title: str
    address: str
    current: str
    pages: "tuple[Entry, ...]" = ()

    @property
    def link(self) -> SafeString:
        """The attributes of the link."""
        return attributes(self.address, self.current)


@register.simple_tag(takes_context=True)
def project_pages(context: Context, membership: Membership) -> list[Entry]:
    """An entry per group of pages that the member may open, the project's own first, each with its pages. A page that stands
    under one or another of them names it in its context, as `above`."""
    request, slug = context["request"], membership.project.slug
    grouped = [[(page, address_of(page, slug)) for page in group] for group in groups(*membership.roles)]
    open_page = current_page([pair for group in grouped for pair in group], request, context.get("above", ""))
    return [group_entry(group, open_page, request.path) for group in grouped]


def address_of(page: Page, slug: str) -> str:
    return reverse(page.name, args=[slug] if page.of_project else [])


def current_page(pages: list[tuple[Page, str]], request: Any, above: Any) -> Page | None:
    """The page that is open, or above the one that is: by its name, else by the longest address with which that one begins."""
    name = above or (request.resolver_match.view_name if request.resolver_match else "")
    named = (page for page, _address in pages if name in (page.name, *page.below))
    above = [(len(address), page) for page, address in pages if request.path.startswith(address) and page.name != "project"]
    return next(named, None) or max(above, default=(0, None), key=lambda pair: pair[0])[1]


def group_entry(group: list[tuple[Page, str]], open_page: Page | None, path: str) -> Entry:
    pages = tuple(
        Entry(str(page.title), address, ("page" if path == address else "true") if page is open_page else "")
        for page, address in group
    )
    current = next((entry.current for entry in pages if entry.current), "")
    # the bar's entry is the page itself only where it leads there
    return Entry(str(group[0][0].group), pages[0].address, pages[0].current or (current and "true"), pages)
