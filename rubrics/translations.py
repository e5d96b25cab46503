"""A rubric's words in other languages: part of its file and of its content, read here and put over the rubric's own.

Stored as {language: {"title", "guidance", "criteria": {key: {"title", "description", "levels": {level: {"label",
"descriptor", "example"}}}}}}, each part only where it is translated; levels are texts, as in JSON.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from rubrics.checks import Faults, mapping, text

Translations = dict[str, Any]
OF_A_LEVEL = ("label", "descriptor", "example")
LIMITS = {"title": 200, "guidance": 20_000, "description": 5_000, "label": 100, "descriptor": 5_000, "example": 5_000}


def read_translations(data: Any, criteria: Iterable[Any], scale: tuple[int, int]) -> Translations:
    """Of a rubric with these criteria, which have a key and levels. Raises BadRubric."""
    levels = {item.key: {str(value) for value in range(scale[0], scale[1] + 1)} if item.levels else set() for item in criteria}
    languages, faults = mapping(data, "translations", {code for code, _name in settings.LANGUAGES}), Faults()
    result = {
        language: faults.check(language_of, part, f"translations.{language}", levels) for language, part in languages.items()
    }
    faults.settle()
    return {language: part for language, part in sorted(result.items()) if part}


def language_of(data: Any, field: str, levels: Mapping[str, set[str]]) -> dict[str, Any]:
    record, faults = mapping(data, field, {"title", "guidance", "criteria"}), Faults()
    texts: dict[str, Any] = faults.check(texts_of, record, field, ("title", "guidance"))
    criteria = faults.check(mapping, record.get("criteria") or {}, f"{field}.criteria", set(levels)) or {}
    parts = {
        key: faults.check(criterion_of, part, f"{field}.criteria.{key}", levels[key]) for key, part in sorted(criteria.items())
    }
    faults.settle()
    translated = {key: part for key, part in parts.items() if part}
    return texts | ({"criteria": translated} if translated else {})


def criterion_of(data: Any, field: str, levels: set[str]) -> dict[str, Any]:
    record, faults = mapping(data, field, {"title", "description", "levels"}), Faults()
    texts: dict[str, Any] = faults.check(texts_of, record, field, ("title", "description"))
    given = record.get("levels") or {}
    by_text = {str(value): part for value, part in given.items()} if isinstance(given, dict) else given
    checked = faults.check(mapping, by_text, f"{field}.levels", levels) or {}
    parts = {value: faults.check(level_of, part, f"{field}.levels.{value}") for value, part in checked.items()}
    faults.settle()
    translated = {value: parts[value] for value in sorted(parts, key=int) if parts[value]}
    return texts | ({"levels": translated} if translated else {})


def level_of(data: Any, field: str) -> dict[str, str]:
    record = data if isinstance(data, dict) else {"descriptor": data}
    return texts_of(mapping(record, field, {*OF_A_LEVEL}), field, OF_A_LEVEL)


def texts_of(record: Mapping[str, Any], field: str, names: tuple[str, ...]) -> dict[str, str]:
    """Those that are there and not empty."""
    faults = Faults()
    texts = {
        name: faults.check(text, record[name], f"{field}.{name}", LIMITS[name], empty=True) for name in names if name in record
    }
    faults.settle()
    return {name: words for name, words in texts.items() if words}


def translated(content: dict[str, Any], translations: Translations | None, language: str | None) -> dict[str, Any]:
    """A rubric's content (`payload`) in the language, and in the rubric's own words where there are none in it."""
    words = (translations or {}).get(language or "")
    if not words:
        return content
    of_criteria = words.get("criteria", {})
    criteria = [put_over(criterion, of_criteria.get(criterion["key"], {})) for criterion in content["criteria"]]
    return content | {name: words[name] for name in ("title", "guidance") if name in words} | {"criteria": criteria}


def put_over(criterion: dict[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: words[name] for name in ("title", "description") if name in words}
    if "levels" not in words or "levels" not in criterion:
        return criterion | texts
    levels = [level | words["levels"].get(str(level["value"]), {}) for level in criterion["levels"]]
    return criterion | texts | {"levels": levels}


def flat(translations: Translations) -> Iterator[tuple[tuple[str, str, str, str], str]]:
    """Each text with where it stands: language, criterion, level and field; "" for no criterion and no level."""
    for language, part in translations.items():
        for name in ("title", "guidance"):
            if name in part:
                yield (language, "", "", name), part[name]
        for key, criterion in part.get("criteria", {}).items():
            for name in ("title", "description"):
                if name in criterion:
                    yield (language, key, "", name), criterion[name]
            for value, level in criterion.get("levels", {}).items():
                for name, words in level.items():
                    yield (language, key, value, name), words
