import yaml

from tests.annotation.exporters.records import files_of, label


def test_the_card_has_a_head_that_yaml_reads_whatever_the_title() -> None:
    (file,) = files_of("card", label(), label(split="check"), title='A "study":\n- of {braces}').values()
    head = file.decode().split("---\n")[1]
    assert yaml.safe_load(head) == {
        "pretty_name": 'A "study":\n- of {braces}',
        "license": "other",
        "configs": [{"config_name": "labels", "data_files": [{"split": "labels", "path": "labels.jsonl"}]}],
    }
    assert "2 model responses, scored by people against a rubric: 1 to train on, 1 to check with." in file.decode()


def test_the_card_counts_how_labels_came_about() -> None:
    (file,) = files_of("card", label(), label(how="agreed"), label(how="agreed", revised=False)).values()
    text = " ".join(file.decode().split())
    assert "2 of the labels are agreed on every criterion" in text
    assert "An adjudicator decided at least one criterion of the other 1. 2 of the labels rest on a revision" in text
