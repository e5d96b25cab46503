import time
from html import escape

import pytest

from rubrics.markup.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**b** and *i*", "<p><strong>b</strong> and <em>i</em></p>\n"),
        ("# Title", "<h3>Title</h3>\n"),
        ("a\nb", "<p>a<br>\nb</p>\n"),
        ("[a](https://x.example)", '<p><a href="https://x.example" rel="noopener noreferrer nofollow">a</a></p>\n'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        (
            "![alt](https://x.example/a.png)",
            '<p>!<a href="https://x.example/a.png" rel="noopener noreferrer nofollow">alt</a></p>\n',
        ),
        ("[a](/accounts/logout/)", "<p>[a](/accounts/logout/)</p>\n"),
        ("[a](//x.example)", "<p>[a](//x.example)</p>\n"),
        ("safe \u202e evil", "<p>safe ⟨U+202E⟩ evil</p>\n"),
        ("safe &#x202e; evil", "<p>safe ⟨U+202E⟩ evil</p>\n"),
        ("\u200eשלום\u200f a\u061c", "<p>\u200eשלום\u200f a\u061c</p>\n"),
        ("**粗体**：中文", "<p><strong>粗体</strong>：中文</p>\n"),
        ("**שלום** world", "<p><strong>שלום</strong> world</p>\n"),
    ],
)
def test_markdown_is_rendered_and_nothing_runs(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[a](", "*", "_a__b", "`", "<", ">", "- a\n", "|a|\n|-|\n", "\\", "$", "$a ", "$$\n", "\\(\\\\)", "\\[\n",
        "\\begin{align}\n", "$x$ ", "\\[x\\]\n", "$" + "{" * 49 + "}" * 49 + "$ ", "\u202e",
        "$$\n\n" + " " * 99_990, "\\[" + " " * 99_990, "$x" + " " * 99_990,
    ],
)  # fmt: skip
def test_no_text_of_100000_characters_takes_long(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    before = time.process_time()
    to_html(text)
    assert time.process_time() - before < 10  # a second or less; what is quadratic would take minutes


@pytest.mark.parametrize("deep", [">" * 100_000, "+ " * 100_000, "1. " * 30, "> " * 20, "* " * 10])
def test_text_nested_too_deep_is_shown_as_it_was_written(deep: str) -> None:
    source = escape(deep)
    assert to_html(f"{deep}x") == f"<pre><code>{source}x</code></pre>\n"


def test_text_nested_less_deep_is_rendered() -> None:
    assert to_html("> " * 19 + "x") == "<blockquote>\n" * 19 + "<p>x</p>\n" + "</blockquote>\n" * 19
