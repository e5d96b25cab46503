"""Scripts with their imports: what a browser would find one level after the other stands in the page's head."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import Context, Template

from annotation.templatetags.modules import all_imports


def test_each_import_stands_once_and_those_that_are_named_first_come_first() -> None:
    assert all_imports("annotation/keeping/clearing.js") == (
        "annotation/phrase.js",
        "annotation/keeping/copies.js",
        "annotation/keeping/notices.js",
        "annotation/keeping/older_copies.js",
    )


def test_a_module_without_imports_has_none() -> None:
    assert all_imports("annotation/copy.js") == ()


def test_the_tags_name_the_files_as_the_imports_do() -> None:
    template = Template("{% load modules %}{% script_with_imports 'annotation/reading/text.js' %}")
    assert template.render(Context()).splitlines() == [
        '<script type="module" src="/static/annotation/reading/text.js"></script>',
        '<link rel="modulepreload" href="/static/annotation/reading/blocks.js">',
        '<link rel="modulepreload" href="/static/annotation/phrase.js">',
    ]


def test_the_scoring_page_asks_for_all_its_modules_at_once() -> None:
    """But the viewer and what tells two copies apart, which few visits need."""
    folders = ("annotate", "keeping", "reading")
    own = Path(str(finders.find("annotation/phrase.js"))).parent
    files = {f"annotation/{folder}/{file.name}" for folder in folders for file in (own / folder).glob("*.js")}
    later = {"annotation/annotate/page.js", "annotation/keeping/clearing.js", "annotation/keeping/differences.js"}
    assert set(all_imports("annotation/annotate/page.js")) == files - later | {"annotation/phrase.js"}
