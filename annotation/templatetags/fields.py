"""Names a field that is at fault as its page does, where a list tells the faults of a form."""

import re
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()
BLOCK = re.compile(r"blocks\[(\d+)\](?:\.\w+)?")
NAME = re.compile(r"\w+")
TITLES = {
    "allocation": gettext_lazy("Divide it"),
    "by": gettext_lazy("Strata"),
    "categories": gettext_lazy("Categories"),
    "category": gettext_lazy("Category"),
    "check_size": gettext_lazy("Size of the check split"),
    "confidence": gettext_lazy("Confidence per criterion"),
    "days": gettext_lazy("Days until the link expires"),
    "email": gettext_lazy("E-mail address"),
    "errors": gettext_lazy("Error types"),
    "errors_below": gettext_lazy("An error is required when a score is below"),
    "feedback": gettext_lazy("Written feedback"),
    "field": gettext_lazy("Field"),
    "hold_out": gettext_lazy("Keep these systems out of train"),
    "most_per_day": gettext_lazy("Most responses per day"),
    "role": gettext_lazy("Role"),
    "score_without_feedback": gettext_lazy("Feedback"),
    "search": gettext_lazy("Search questions and responses"),
    "seed": gettext_lazy("Seed"),
    "size": gettext_lazy("How many"),
    "state": gettext_lazy("State"),
    "systems": gettext_lazy("Systems"),
    "template": gettext_lazy("Training answers"),
    "test_size": gettext_lazy("Size of the test split"),
    "unit": gettext_lazy("Draw"),
    "uses": gettext_lazy("How many people may accept"),
}


@register.filter
def field_title(field: str) -> Any:
    """The title of the field; its name where no page has it, as of a parameter in an address that somebody typed."""
    if block := BLOCK.fullmatch(field):
        return _("Block %(number)s") % {"number": int(block[1]) + 1}
    name = NAME.match(field)
    return TITLES.get(name[0] if name else "", field)
