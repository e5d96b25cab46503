"""Gathers and compiles the translations, as makemessages and compilemessages do, without gettext's programs.

`python -m config.translations` brings every locale/*/LC_MESSAGES/django.po up to date with the source, compiles it, and lists the
strings without a translation. `python -m config.translations compile` only compiles; `make install` does that.
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
    catalogue = Catalog()
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html"}:
                for message, context in strings(path):
                    # without lines, and each file once
                    catalogue.add(message, locations=[(path.relative_to(root).as_posix(), 0)], context=context)
    return catalogue


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
    """The source's strings with their translations from `old`; strings that the source no longer has are left out."""
    new = Catalog(old.locale)
    for message in source:
        if message.id:  # the header has none
            before = old.get(message.id, message.context)
            translated = before if before and before.id == message.id else message
            new.add(message.id, translated.string, message.locations, translated.flags, context=message.context)
    return new


def text(catalogue: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, catalogue, width=130, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=catalogue.locale, plurals=catalogue.plural_forms).encode() + body.getvalue()


def lacking(catalogue: Catalog) -> list[str]:
    """The strings without a translation, or with one that is marked as fuzzy."""
    return [
        texts_of(message.id)[0] for message in catalogue if message.id and (message.fuzzy or not all(texts_of(message.string)))
    ]


def texts_of(words: str | Sequence[str] | None) -> Sequence[str]:
    """The singular form alone, or all plural forms."""
    return (words or "",) if isinstance(words, str | None) else words


def compile_changed() -> None:
    """Writes each .mo beside its .po where it is missing or older, in one step, since running processes read it."""
    for path in paths():
        mo = path.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime <= path.stat().st_mtime:
            new = path.with_suffix(f".{os.getpid()}.mo")
            with new.open("wb") as file:
                write_mo(file, read(path))
            new.replace(mo)


def main(arguments: list[str]) -> int:
    """Exit status 1 if a translation is missing."""
    languages: dict[str, list[str]] = {}  # that lack the string
    if arguments != ["compile"]:
        source = gathered()
        for path in paths():
            catalogue = updated(read(path), source)
            path.write_bytes(text(catalogue))
            for message in lacking(catalogue):
                languages.setdefault(message, []).append(path.parent.parent.name)
    compile_changed()
    sys.stdout.writelines(f"{' '.join(lacking_in)}: {message}\n" for message, lacking_in in languages.items())
    return 1 if languages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
