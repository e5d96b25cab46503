import pytest

from rubrics.markup.markdown import to_html

AS_WRITTEN = [
    "2*3*4", "5*x + 3*y = 5*z", "(a)*(b)*(c)", "x**2 + y**2", "2**3**4", "f(*args, **kwargs)",
    "__init__", "__name__.py", "_private_", "调用__init__方法",
    "C:\\new", "C:\\_tmp\\(x86)\\-a", "(D:\\!data\\", "\\\\server\\_share\\*",
    "1986. A year", "2024) A year",
    "[1]: https://x.example",
    "A title\n---x",
]  # fmt: skip


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_what_only_looks_like_markdown_reads_as_it_was_written(text: str) -> None:
    assert to_html(text) == "<p>" + text.replace("\n", "<br>\n") + "</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<tag> & <b>", "<p>&lt;tag&gt; &amp; &lt;b&gt;</p>\n"),
        ("> 5 people", "<p>&gt; 5 people</p>\n"),
        (">= 5", "<p>&gt;= 5</p>\n"),
        ("Total\n=====", "<p>Total<br>\n=====</p>\n"),
        ("a\n-", "<p>a<br>\n-</p>\n"),
        ("1. a\n1986. b", "<ol>\n<li>a<br>\n1986. b</li>\n</ol>\n"),
        (
            "2. a\n3. b\n7. c\n   1. x\n   5. y\n8. d",
            '<ol start="2">\n<li>a</li>\n<li>b</li>\n<li value="7">c\n<ol>\n<li>x</li>\n<li value="5">y</li>\n</ol>\n</li>\n'
            "<li>d</li>\n</ol>\n",
        ),
    ],
)
def test_comparisons_years_lines_and_numbers_of_lists_stay(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* c*d", "<p>a <em>b</em> c*d</p>\n"),
        ("**S**ituation, **Task**s", "<p><strong>S</strong>ituation, <strong>Task</strong>s</p>\n"),
        ("中文*斜体*中文", "<p>中文<em>斜体</em>中文</p>\n"),
        ("_Moby Dick_ and __two words__", "<p><em>Moby Dick</em> and <strong>two words</strong></p>\n"),
        ("**C:\\new**", "<p><strong>C:\\new</strong></p>\n"),
        ("x\\*y", "<p>x*y</p>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("> 1. said", "<blockquote>\n<ol>\n<li>said</li>\n</ol>\n</blockquote>\n"),
        ("100. a\n101. b", '<ol start="100">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
    ],
)
def test_what_is_markdown_is_rendered(text: str, html: str) -> None:
    assert to_html(text) == html
