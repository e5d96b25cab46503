import pytest

from rubrics.markdown import to_html


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
        ("safe \u202e evil", "<p>safe ⟨U+202E⟩ evil</p>\n"),
    ],
)
def test_markdown_is_rendered_and_nothing_runs(text: str, html: str) -> None:
    assert to_html(text) == html
