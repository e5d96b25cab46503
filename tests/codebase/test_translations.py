"""What people read is there in every language. `python -m config.translations` says what lacks a translation."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog
from django.conf import settings
from django.utils import translation

from annotation.agreement import reasons as all_reasons
from annotation.flow import progress
from annotation.views.lessons.words import WHY
from config import translations as catalogues
from config.translations import gathered, lacking, read, text, texts_of, updated
from tests.codebase.sources import Module, source

LANGUAGES = ["zh_Hans", "zh_Hant"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%[a-z]|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")
# Characters of one script alone, the second line's in the first line's order.
SIMPLIFIED = (
    "们为国这说时对应会过发项单评标样间级试读语请认识记设图处动务员两从传区块学将数断无显权条检没状现类组细经结续维编网页"
)
TRADITIONAL = (
    "們為國這說時對應會過發項單評標樣間級試讀語請認識記設圖處動務員兩從傳區塊學將數斷無顯權條檢沒狀現類組細經結續維編網頁"
)
# Words of the mainland that Taiwan says otherwise, in Traditional characters.
ELSEWHERE = ["軟件", "文件", "用戶", "保存", "默認", "信息", "網絡", "服務器", "字符", "數據", "鏈接", "賬號", "登錄", "導入"]
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# Translated by name: the phases, which flow/progress.py marks for it.
BY_NAME = ["annotation/management/progress.py: _(phase)", "annotation/views/load.py: _(queued.phase)"]
HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


@cache
def source_catalogue() -> Catalog:
    return gathered()


def catalogue(language: str) -> Catalog:
    return read(catalogues.ROOT / "locale" / language / "LC_MESSAGES" / "django.po")


def translations(translated: Catalog) -> Iterator[tuple[list[str], str]]:
    """The forms of the English with each translation."""
    for message in translated:
        if message.id:
            yield from ((list(texts_of(message.id)), words) for words in texts_of(message.string))


def unlike(translated: Catalog, pattern: re.Pattern[str]) -> list[str]:
    """The translations that have other placeholders or tags than all forms of the English."""
    return [
        words
        for english, words in translations(translated)
        if Counter(pattern.findall(words)) not in [Counter(pattern.findall(form)) for form in english]
    ]


def containing(translated: Catalog, strange: list[str]) -> list[str]:
    return [words for _english, words in translations(translated) if any(part in words for part in strange)]


def by_name(module: Module) -> Iterator[str]:
    """Calls of gettext without a literal text, which cannot be gathered."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT and not isinstance(node.args[0], ast.Constant):
            yield f"{module.name}: {ast.unparse(node)}"


def test_every_language_but_english_has_a_catalogue() -> None:
    assert [translation.to_locale(code) for code, _name in settings.LANGUAGES] == ["en", *LANGUAGES]
    assert [path.parent.parent.name for path in catalogues.paths()] == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_sources_and_templates_is_translated(language: str) -> None:
    assert lacking(updated(catalogue(language), source_catalogue())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_no_string_that_the_source_lacks(language: str) -> None:
    source_ids = {message.id for message in source_catalogue()}
    translated = catalogue(language)
    assert [message.id for message in translated if message.id not in source_ids] == []
    assert list(translated.obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_a_translation_has_the_placeholders_and_the_tags_of_the_english(language: str, pattern: re.Pattern[str]) -> None:
    assert unlike(catalogue(language), pattern) == []


def test_each_chinese_catalogue_is_in_its_own_script_and_words() -> None:
    assert containing(catalogue("zh_Hans"), list(TRADITIONAL)) == []
    assert containing(catalogue("zh_Hant"), list(SIMPLIFIED) + ELSEWHERE) == []


def test_every_translated_string_can_be_gathered() -> None:
    assert sorted(call for module in source() for call in by_name(module)) == BY_NAME


@pytest.mark.parametrize("language", LANGUAGES)
def test_phases_and_reasons_of_the_pure_packages_are_translated_where_they_are_shown(language: str) -> None:
    phases, reasons = named(progress), named(all_reasons)
    assert "every rating is the same" in reasons
    assert "storing" in phases
    with translation.override(translation.to_language(language)):
        assert [phase for phase in phases if translation.gettext(phase) == phase] == []
        assert [reason for reason in reasons if WHY.get(reason, reason) == reason] == []


def named(module: ModuleType) -> set[str]:
    """The texts of its constants, its own and imported ones."""
    return {value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)}


def sources(root: Path) -> Path:
    (root / "annotation").mkdir()
    (root / "annotation" / "new.py").write_text(
        '_("late")\nngettext("%(n)s cat", "%(n)s cats", n)\npgettext("to read", "late")\n'
    )
    (root / "templates").mkdir()
    (root / "templates" / "new.html").write_text(
        """{% load i18n %}{% translate "late" %}"""
        """{% blocktranslate count n=n %}{{ n }} dog{% plural %}{{ n }} dogs{% endblocktranslate %}"""
        """{% blocktranslate trimmed %}\n  two\n  lines\n{% endblocktranslate %}"""
    )
    return root


def made(path: Path, body: str) -> Catalog:
    path.write_text(HEADER + body)
    with path.open("rb") as file:
        return catalogues.read_po(file, locale="zh_Hans")


def test_strings_are_gathered_from_python_and_templates_alike(tmp_path: Path) -> None:
    places = {
        (message.context, message.id): [name for name, _line in message.locations] for message in gathered(sources(tmp_path))
    }
    del places[None, ""]
    assert places == {
        (None, "late"): ["annotation/new.py", "templates/new.html"],
        ("to read", "late"): ["annotation/new.py"],
        (None, ("%(n)s cat", "%(n)s cats")): ["annotation/new.py"],
        (None, ("%(n)s dog", "%(n)s dogs")): ["templates/new.html"],
        (None, "two lines"): ["templates/new.html"],
    }


def test_an_update_keeps_translations_names_what_lacks_one_and_leaves_out_the_dead(tmp_path: Path) -> None:
    old = made(
        tmp_path / "old.po",
        'msgid "late"\nmsgstr "迟"\n\n#, fuzzy\nmsgid "two lines"\nmsgstr "两行"\n\nmsgid "gone"\nmsgstr "无"\n',
    )
    new = updated(old, gathered(sources(tmp_path)))
    assert sorted(lacking(new)) == ["%(n)s cat", "%(n)s dog", "late", "two lines"]
    assert new.get("late").string == "迟"
    written = text(new).decode()
    assert written.startswith('msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n')
    assert ("gone" in written, re.findall(r"\d{4}-\d\d-\d\d|Babel|EMAIL", written)) == (False, [])
    assert text(updated(made(tmp_path / "new.po", written.partition("\n\n")[2]), gathered(tmp_path))).decode() == written


def test_the_rules_find_what_breaks_them(tmp_path: Path) -> None:
    wrong = made(tmp_path / "a.po", 'msgid "<b>%(n)s</b> of %(all)s"\nmsgstr "<i>%(n)s</i>"\n\nmsgid "user"\nmsgstr "用戶"\n')
    assert unlike(wrong, PLACEHOLDER) == unlike(wrong, TAG) == ["<i>%(n)s</i>"]
    assert containing(wrong, ELSEWHERE) == ["用戶"]
    assert list(by_name(Module("annotation/new.py", "_('late')\n_(f'{late}')\ngettext(late)"))) == [
        "annotation/new.py: _(f'{late}')",
        "annotation/new.py: gettext(late)",
    ]
