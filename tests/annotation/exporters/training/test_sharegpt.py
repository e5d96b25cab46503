import json

from annotation.exporters import Block
from tests.annotation.exporters.records import files_of, label
from tests.annotation.exporters.training.lines import lines


def test_dataset_info_names_a_data_set_per_split_in_llama_factorys_words() -> None:
    files = files_of("training", label(), label(id="PBL-2", split="test"))
    shared = {"formatting": "sharegpt", "columns": {"messages": "conversations", "images": "images"}}
    assert json.loads(files["sharegpt/dataset_info.json"]) == {
        f"study-{split}": {"file_name": f"{split}.json", **shared} for split in ("train", "check", "test")
    }


def test_a_line_has_two_turns_and_paths_from_the_folder_itself() -> None:
    shown, plain = lines("sharegpt/train.json", label(), label(id="PBL-2", question=(Block("Q", None),)))
    assert (shown["id"], shown["images"], plain["images"]) == ("PBL-1/s/0", ["../images/a.png"], [])
    human, gpt = shown["conversations"]
    assert (human["from"], human["value"].count("<image>")) == ("human", 1)
    assert gpt == {"from": "gpt", "value": "### Score\n2"}
    assert lines("sharegpt/check.json", label()) == []


def test_a_label_that_the_template_leaves_out_has_no_line() -> None:
    kept = lines("sharegpt/train.json", label(fitting_feedback=None), label(id="PBL-2"), template="mmie")
    assert [line["id"] for line in kept] == ["PBL-2/s/0"]
