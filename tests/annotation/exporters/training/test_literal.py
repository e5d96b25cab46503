import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.exporters.training.literal import literal

TOKENS = [
    "<image>", "<IMAGE>", "</img>", "<img>", "<IMG_CONTEXT>", "<box>", "</quad>", "<ref>", "<image_1>", "<image-2>",
    "<ImageHere>",     "<video>", "<audio>", "<bbox>", "<ref-object>", "<start-image>", "<cot-process>",
    "<s>", "</s>", "<bos>", "<eos>", "<pad>", "<unk>", "<start_of_turn>", "<end_of_turn>", "<start_of_image>", "<unused12>",
    "<image_soft_token>", "<|im_end|>", "<|end|>", "<|assistant|>", "<|image_1|>", "<|turn>", "<turn|>", "<｜User｜>",
    "<think>", "</think>", "<tool_call>", "<racm3:break>", "<eoss>", "<fake_token_around_image>", "<global-img>",
    "<row_1_col_2>", "<loc0123>", "<seg012>", "<extra_id_0>", "<end_of_utterance>", "<tool_calls>", "<reserved08706>",
    "[INST]", "[/INST]", "[IMG]", "[IMG0]", "[IMG_END]", "[TOOL_CALLS]", "[UNUSED_TOKEN_146]", "[gMASK]",
]  # fmt: skip
BRACED = ["{{image}}", "{{video}}", "{{audio}}", "{{content}}", "{{QUERY}}", "{{ROUND0}}"]
HEADINGS = ["### Score", "### Feedback", "####### Score", "###Score", "### Criteria", "### scores"]


@pytest.mark.parametrize("token", TOKENS)
def test_a_special_token_is_written_between_other_brackets(token: str) -> None:
    assert literal(f"a{token}b") == f"a‹{token[1:-1]}›b"


@pytest.mark.parametrize("place", BRACED)
def test_a_place_in_a_tools_template_is_written_between_other_brackets(place: str) -> None:
    assert literal(f"a{place}b") == f"a‹{place[2:-2]}›b"


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_of_an_answer_loses_its_marks(heading: str) -> None:
    word = heading.lstrip("#")
    assert literal(f"a\n{heading} 9") == f"a\n‹{'#' * (len(heading) - len(word))}›{word} 9"


def test_a_token_inside_another_is_found() -> None:
    texts = ["<<SYS>>", "<image<image>>", "<[IMG]>", "<{{image}}>", "### ### Score", "[[INST]]", "<s></s>"]
    assert [literal(text) for text in texts] == [
        "<‹SYS›>", "<image‹image›>", "<‹IMG›>", "<‹image›>", "### ‹###› Score", "[‹INST›]", "‹s›‹/s›",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "if a <b> 3 and |x| < 5: <div>, <|, |>, 1 <| 2 |> 3, <|>",
        '<img src="x.png"> <strong>s</strong> <span> <small> <section> <users> <unit_price>',
        r"\frac{{a}}{{b}} {{name}} [1] [link](x) [Image] [x]",
        "# Title\n## Score\n### Step 1\n#### More\n### Results",
        "早い。‹image›",
    ],
)
def test_markup_comparisons_and_mathematics_stay_as_they_are(text: str) -> None:
    assert literal(text) == text


parts = st.sampled_from([*TOKENS, *BRACED, *HEADINGS, "<", ">", "[", "]", "{{", "}}", "|", "###", " ", "\n", "9", "a", "/"])
TEXTS = st.lists(parts | st.text(max_size=3), max_size=30).map("".join)


@settings(max_examples=200)
@given(TEXTS)
def test_what_is_harmless_once_is_harmless(text: str) -> None:
    assert literal(literal(text)) == literal(text)


@settings(max_examples=200)
@given(TEXTS, st.sampled_from(["<image>", "<video>", "<IMG_CONTEXT>", "</s>", "<|im_end|>", "[INST]", "{{image}}", "### Score"]))
def test_no_text_keeps_a_token(text: str, token: str) -> None:
    assert token not in literal(f"{text}{token}{text}")


@pytest.mark.parametrize(
    "text", ["<" + "a_" * 50_000, "<" * 100_000, "<|" + "a" * 100_000, "[" + "INST_" * 20_000, "#" * 100_000]
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    literal(text)
    assert time.process_time() - start < 1
