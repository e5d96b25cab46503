from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from annotation.access.blind import claim_content
from annotation.flow import score
from rubrics.checks import BadRubric
from rubrics.comparison import compare
from rubrics.models import Rubric
from rubrics.payload import rubric_content
from rubrics.versioning import content_hash, content_of, load
from rubrics.yaml import dump, parse, read_bytes, record_of
from tests.factories import criterion, make_member, make_project, make_rubric, responses, rubric_file
from tests.rubrics.test_form import posted

WORDS: dict[str, Any] = {
    "zh-hans": {
        "title": "小",
        "criteria": {"text": {"title": "文本", "levels": {1: "没有", "2": {"label": "少", "descriptor": "一半"}}}},
    }
}
STORED_LEVELS = {"1": {"descriptor": "没有"}, "2": {"label": "少", "descriptor": "一半"}}
STORED = {"zh-hans": {"title": "小", "criteria": {"text": {"title": "文本", "levels": STORED_LEVELS}}}}


def test_translations_are_read_and_written_with_the_file() -> None:
    content = parse(rubric_file(translations=WORDS))
    assert content.translations == STORED
    assert read_bytes(dump(content).encode()) == content
    assert content_hash(content) != content_hash(parse(rubric_file()))


def test_empty_translations_are_none_and_leave_the_hash_as_it_was() -> None:
    empty: Any = {"zh-hant": {"title": " ", "criteria": {"text": {"levels": {1: {"label": ""}}}}}, "zh-hans": {}}
    for translations in (empty, {}, None):
        content = parse(rubric_file(translations=translations))
        assert (content.translations, content_hash(content)) == ({}, content_hash(parse(rubric_file())))


FAULTS: list[tuple[Any, dict[str, str]]] = [
    ([], {"translations": "expected keys with values"}),
    ({"fr": {}}, {"translations": "unknown fr; expected en, zh-hans, zh-hant"}),
    ({"en": {"colour": "red"}}, {"translations.en": "unknown colour; expected criteria, guidance, title"}),
    ({"en": {"title": 5}}, {"translations.en.title": "expected a text of at most 200 characters"}),
    ({"en": {"criteria": {"other": {}}}}, {"translations.en.criteria": "unknown other; expected harm, images, text"}),
    ({"en": {"criteria": {"text": {"levels": {7: "x"}}}}},
     {"translations.en.criteria.text.levels": "unknown 7; expected 1, 2, 3, 4, 5, 6"}),
    ({"en": {"criteria": {"harm": {"levels": {1: "x"}}}}}, {"translations.en.criteria.harm.levels": "unknown 1; expected "}),
    ({"en": {"title": 5, "criteria": {"text": {"title": [], "levels": {1: "x" * 5_001}}}}},
     {"translations.en.title": "expected a text of at most 200 characters",
      "translations.en.criteria.text.title": "expected a text of at most 200 characters",
      "translations.en.criteria.text.levels.1.descriptor": "expected a text of at most 5000 characters"}),
]  # fmt: skip


@pytest.mark.parametrize(("translations", "faults"), FAULTS, ids=[str(list(faults)) for _translations, faults in FAULTS])
def test_faults_are_named_by_their_fields(translations: Any, faults: dict[str, str]) -> None:
    with pytest.raises(BadRubric) as caught:
        parse(rubric_file(translations=translations))
    assert caught.value.fields == faults


@pytest.mark.django_db
def test_the_words_of_the_language_stand_over_the_rubrics_own() -> None:
    load(content=parse(rubric_file(translations=WORDS)))
    rubric = Rubric.objects.with_content().get()
    assert content_of(rubric) == parse(rubric_file(translations=WORDS))
    own, chinese = rubric_content(rubric), rubric_content(rubric, "zh-hans")
    assert (own["title"], chinese["title"], rubric_content(rubric, "zh-hant")) == ("Small", "小", own)
    assert [item["title"] for item in chinese["criteria"]] == ["文本", "Images", "Harm"]
    levels = [(level["label"], level["descriptor"]) for level in chinese["criteria"][0]["levels"]]
    assert levels[:3] == [("L1", "没有"), ("少", "一半"), ("L3", "text, level 3")]
    assert chinese["criteria"][1:] == own["criteria"][1:]


@pytest.mark.django_db
def test_an_annotator_reads_the_rubric_in_their_language() -> None:
    make_rubric(translations=WORDS)
    project = make_project(rubrics=["small@1"])
    responses(project)
    slot = score.claim(project=project, by=make_member(project, "ana"))
    assert slot
    titles = {}
    for language in ("en", "zh-hans", "zh-hant"):
        with override(language):
            titles[language] = claim_content(slot)["rubric"]["criteria"][0]["title"]
    assert titles == {"en": "Text", "zh-hans": "文本", "zh-hant": "Text"}


def test_other_translations_leave_scores_comparable() -> None:
    more = {"zh-hans": STORED["zh-hans"] | {"title": "小的"}}
    compared = compare(parse(rubric_file(translations=WORDS)), parse(rubric_file(translations=more)))
    told = [(change.criterion, change.level, change.words, change.before, change.after) for change in compared.changes]
    assert (told, compared.is_comparable) == ([("", None, "title (zh-hans)", "小", "小的")], True)
    level = parse(rubric_file(translations={"en": {"criteria": {"text": {"levels": {3: "Half."}}}}}))
    told = [(change.criterion, change.level, change.words) for change in compare(parse(rubric_file()), level).changes]
    assert told == [("text", 3, "descriptor (en)")]


@pytest.mark.django_db
def test_the_form_takes_translations_as_a_file_has_them(client: Client) -> None:

    client.force_login(make_member(make_project(), "lea", "manager"))
    sent = posted(record_of(parse(rubric_file(slug="own", criteria=[criterion(key="text")]))))
    typed = "zh-hans:  # mine\n  criteria: {text: {title: 文本}}\n"
    for text in ("a: [", "zh-hans: {criteria: {texts: {}}}"):
        answer = client.post("/rubrics/new/", sent | {"translations": text})
        field = answer.context["form"].fields["translations"]
        assert (answer.status_code, field.value, bool(field.fault)) == (400, text, True)
    assert (
        client.post("/rubrics/new/", sent | {"translations": typed, "action": "preview"})
        .context["form"]
        .fields["translations"]
        .value
        == typed
    )
    assert client.post("/rubrics/new/", sent | {"translations": typed}).status_code == 302
    assert Rubric.objects.get(slug="own").translations == {"zh-hans": {"criteria": {"text": {"title": "文本"}}}}
