from django import template
from django.utils.safestring import SafeString

from rubrics.markup.markdown import to_html, with_marks

register = template.Library()


register.filter("with_marks", with_marks)


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text)
