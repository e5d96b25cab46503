from django import template
from django.utils.safestring import SafeString

from rubrics.markup.markdown import to_html, visible_controls

register = template.Library()


register.filter("visible_controls", visible_controls)


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text)
