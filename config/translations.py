"""Gathers and compiles the translations, as makemessages and compilemessages do, without gettext's programs.

`python -m config.translations` brings every locale/*/LC_MESSAGES/django.po up to date with the source, compiles it, and says what
lacks a translation. `python -m config.translations compile` only compiles; `make install` does that.
"""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("annotation", "config", "rubrics", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Neither dates nor names: a catalogue changes when a string does.
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""


def paths(locale: Path = ROOT / "locale") -> list[Path]:
    return sorted(locale.glob("*/LC_MESSAGES/django.po"))


def gathered(root: Path = ROOT) -> Catalog:
    """Every string of the Python files and templates."""
    found = Catalog()
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html"}:
                for message, context in strings(path):
                    # without lines, and each file once
                    found.add(message, locations=[(path.relative_to(root).as_posix(), 0)], context=context)
    return found


def strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text()
    code = text
    if path.suffix == ".html":  # the indentation of a template is none of Python's
        code = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        yield message, context


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def updated(old: Catalog, source: Catalog) -> Catalog:
    """The source's strings with the translations that are there; what the source does not say any more is gone."""
    new = Catalog(old.locale)
    for message in source:
        if message.id:  # what has none is the head
            known = old.get(message.id, message.context)
            kept = known if known and known.id == message.id else message
            new.add(message.id, kept.string, message.locations, kept.flags, context=message.context)
    return new


def text(catalogue: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, catalogue, width=130, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=catalogue.locale, plurals=catalogue.plural_forms).encode() + body.getvalue()


def lacking(catalogue: Catalog) -> list[str]:
    """What has no translation, or one that nobody has confirmed."""
    return [
        texts_of(message.id)[0] for message in catalogue if message.id and (message.fuzzy or not all(texts_of(message.string)))
    ]


def texts_of(words: str | Sequence[str] | None) -> Sequence[str]:
    """One form, or the plural ones."""
    return (words or "",) if isinstance(words, str | None) else words


def compile_changed() -> None:
    """Each .mo beside its .po, where it is missing or older; whole at any moment, for processes read it."""
    for path in paths():
        mo = path.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime <= path.stat().st_mtime:
            made = path.with_suffix(f".{os.getpid()}.mo")
            with made.open("wb") as file:
                write_mo(file, read(path))
            made.replace(mo)


def main(arguments: list[str]) -> int:
    """1 where a translation is lacking."""
    lacks: dict[str, list[str]] = {}
    if arguments != ["compile"]:
        source = gathered()
        for path in paths():
            catalogue = updated(read(path), source)
            path.write_bytes(text(catalogue))
            for message in lacking(catalogue):
                lacks.setdefault(message, []).append(path.parent.parent.name)
    compile_changed()
    sys.stdout.writelines(f"{' '.join(lack)}: {message}\n" for message, lack in lacks.items())
    return 1 if lacks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
