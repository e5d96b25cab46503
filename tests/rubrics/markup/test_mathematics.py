from html import escape

import pytest

from rubrics.markup.markdown import to_html

X = '<math display="inline" alttext="x"><mrow><mi>x</mi></mrow></math>'
X_DISPLAYED = '<math display="block" alttext="x"><mrow><mi>x</mi></mrow></math>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$x$ is 5", f"<p>{X} is 5</p>\n"),
        ("so \\(x\\), and", f"<p>so {X}, and</p>\n"),
        ("设$x$为", f"<p>设{X}为</p>\n"),
        ("ערך $x$ הוא", f"<p>ערך {X} הוא</p>\n"),
        ("the $x$th of *all*", f"<p>the {X}th of <em>all</em></p>\n"),
        ("$$x$$", f"<p>{X_DISPLAYED}</p>\n"),
        ("so\n\\[\nx\n\\]\nis", f"<p>so</p>\n<p>{X_DISPLAYED}</p>\n<p>is</p>\n"),
        ("so \\[x\\], and $$x$$.", f"<p>so {X_DISPLAYED}, and {X_DISPLAYED}.</p>\n"),
        ("\\[\n\nx\n\n\\]", f"<p>{X_DISPLAYED}</p>\n"),
        ("> \\[\n> x\n> \\]\n\nis", f"<blockquote>\n<p>{X_DISPLAYED}</p>\n</blockquote>\n<p>is</p>\n"),
        ("- a\n  $$\n  x\n  $$\n- b", f"<ul>\n<li>a<p>{X_DISPLAYED}</p>\n</li>\n<li>b</li>\n</ul>\n"),
        ("- a\n\n$$x$$", f"<ul>\n<li>a</li>\n</ul>\n<p>{X_DISPLAYED}</p>\n"),
        ("## On $x$", f"<h4>On {X}</h4>\n"),
        ("[$x$](https://x.example)", f'<p><a href="https://x.example" rel="noopener noreferrer nofollow">{X}</a></p>\n'),
        ("$5 and $10", "<p>$5 and $10</p>\n"),
        ("from US$5 to US$6, 7$", "<p>from US$5 to US$6, 7$</p>\n"),
        ("\\$x$ or $ x$ or", "<p>$x$ or $ x$ or</p>\n"),
        ("$x $ or", "<p>$x $ or</p>\n"),
        ("so\n$$\nx\n$$ is", f"<p>so<br>\n{X_DISPLAYED} is</p>\n"),
        ("- a\n  \\[x\n- b\\]", "<ul>\n<li>a<br>\n[x</li>\n<li>b]</li>\n</ul>\n"),
        ("\\(x and \\[x and \\\\(x\\\\)", "<p>(x and [x and \\(x\\)</p>\n"),
        ("$$\n\nnever ended", "<p>$$</p>\n<p>never ended</p>\n"),
        ("`$x$` and ``\\(x\\)``", "<p><code>$x$</code> and <code>\\(x\\)</code></p>\n"),
        ("```\n$x$\n\\[x\\]\n```", "<pre><code>$x$\n\\[x\\]\n</code></pre>\n"),
        ("    $$x$$", "<pre><code>$$x$$\n</code></pre>\n"),
        ("\\begin{itemize}\\end{itemize}", "<p>\\begin{itemize}\\end{itemize}</p>\n"),
        ("$_a_$ *b*", "<p><code>$_a_$</code> <em>b</em></p>\n"),
    ],
)
def test_mathematics_begins_and_ends_where_it_is_meant_to(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("tex", "inner"),
    [
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("a>b", "<mi>a</mi><mo>&gt;</mo><mi>b</mi>"),
        ("\\frac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
        ("\\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        ("\\mathbf{AB}", "<mrow><mi>𝐀</mi><mi>𝐁</mi></mrow>"),
        ("\\mathbb{RQ}", "<mrow><mi>ℝ</mi><mi>ℚ</mi></mrow>"),
        ("\\mathsf{xy}", "<mrow><mi>𝗑</mi><mi>𝗒</mi></mrow>"),
        ("a\\!b", '<mi>a</mi><mspace width="-0.167em"></mspace><mi>b</mi>'),
        ("\\arg x", "<mo>arg</mo><mi>x</mi>"),
        ("\\text{50\\%, R&D}", "<mtext>50%,&nbsp;R&amp;D</mtext>"),
        ("\\text{<b>x}", "<mtext>&lt;b&gt;x</mtext>"),
        ("\\text{中文}", "<mtext>中文</mtext>"),
        ("\\boxed{x}", '<menclose notation="box"><mrow><mi>x</mi></mrow></menclose>'),
        ("\\color{red}x", "<mstyle><mi>x</mi></mstyle>"),
        ("\\mathop{x}", "<mrow><mrow><mi>x</mi></mrow></mrow>"),
        ("\\unicode{x202E}", "<mi>⟨U+202E⟩</mi>"),
    ],
)
def test_a_formula_is_rendered_as_it_is_meant(tex: str, inner: str) -> None:
    alttext = escape(tex, quote=False)
    assert to_html(f"${tex}$") == f'<p><math display="inline" alttext="{alttext}"><mrow>{inner}</mrow></math></p>\n'


def test_an_aligned_environment_is_a_table_and_keeps_its_source() -> None:
    assert to_html("\\begin{aligned}a&=b\\\\[4pt]&=c\\end{aligned}") == (
        '<p><math display="block" alttext="\\begin{aligned}a&amp;=b\\\\[4pt]&amp;=c\\end{aligned}"><mrow>'
        '<mtable displaystyle="true" columnspacing="0em" rowspacing="3pt">'
        '<mtr><mtd columnalign="right"><mi>a</mi></mtd><mtd columnalign="left"><mi></mi><mo>=</mo><mi>b</mi></mtd></mtr>'
        '<mtr><mtd columnalign="right"></mtd><mtd columnalign="left"><mi></mi><mo>=</mo><mi>c</mi></mtd></mtr>'
        "</mtable></mrow></math></p>\n"
    )


def test_a_numbered_equation_is_drawn_without_its_label() -> None:
    text = "\\begin{equation}\\label{a}x\\nonumber\\end{equation}"
    drawn = f'<math display="block" alttext="{text}"><mrow><mrow><mi>x</mi></mrow></mrow></math>'
    assert to_html(text) == f"<p>{drawn}</p>\n"


@pytest.mark.parametrize(
    "tex",
    [
        "\\foo{x}", "\\frac", "x^", "a^b^c", "{x", "x}", "a & b", "a # b", "a \\\\ b", "\\left(x", "\\text{a {b} c}",
        "\\begin{tikzcd}A\\end{tikzcd}", "\\begin{matrix}x", "\\def\\a{\\a\\a}\\a", "\\newcommand{\\a}{x}\\a", "50% x",
        "a \\\\% b", "\\href{https://x.example}{x}", "\\class{a}{x}", "\\colorbox{red}{x}", "\\rule{1em}{1em}", "\\hspace{50em}x",
        "\\raise 50em{x}", "\\unicode{zz}", "\\unicode{x110000}\\unknown", "\\ce{H2O}",
        "{" * 100 + "x" + "}" * 100, "{" * 2000 + "x" + "}" * 2000, "\\sqrt" * 900 + "x", "x" * 5000,
    ],
)  # fmt: skip
def test_a_formula_that_would_not_be_rendered_as_it_was_meant_is_shown_as_its_source(tex: str) -> None:
    source = escape(tex, quote=False)
    assert to_html(f"${tex}$") == f"<p><code>${source}$</code></p>\n"
    assert to_html(f"$$\n{tex}\n$$") == f"<pre><code>$$\n{source}\n$$</code></pre>\n"


def test_of_very_many_formulas_the_first_are_drawn() -> None:
    html = to_html("$x$ " * 25_000)
    assert (html.count("<math"), html.count("<code>$x$</code>")) == (2_173, 22_827)
