"""A script of ours with all that it imports, asked for at once: a browser finds each level of imports only when it has read the
level before."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
IMPORT = re.compile(r'^(?:(?:import|export)\b[^;"]*\bfrom|import) "(\.[^"]+)";', re.MULTILINE)


@register.simple_tag
def script_with_imports(name: str) -> SafeString:
    """The tag of a module by its static name, and a preload of each module that it imports, directly or not."""
    script = format_html('<script type="module" src="{}"></script>', static(name))
    preloads = ((static(imported),) for imported in all_imports(name))
    return script + format_html_join("", '\n<link rel="modulepreload" href="{}">', preloads)


@cache
def all_imports(name: str) -> tuple[str, ...]:
    """The static names of the modules that a module imports, directly or not, each once, those it names itself first."""
    names = [name]
    for module in names:  # grows on the way
        names += [imported for imported in dict.fromkeys(imports(module)) if imported not in names]
    return tuple(names[1:])


def imports(name: str) -> Iterator[str]:
    found = finders.find(name)
    assert isinstance(found, str), f"there is no static file {name}"
    for path in IMPORT.findall(Path(found).read_text()):
        yield normpath(join(dirname(name), path))
