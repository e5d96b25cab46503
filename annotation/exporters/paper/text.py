"""What a paper says of a study's agreement: the paragraph for the methods section, the tables, and what they cite."""

from collections.abc import Sequence

from annotation.exporters.paper.context import PaperContext, Row
from annotation.exporters.paper.markup import FORM
from annotation.exporters.paper.methods import methods
from annotation.exporters.paper.table import table

__all__ = ["FORMS", "PaperContext", "methods", "paper", "references", "table"]

FORMS = tuple(FORM)
LATIN = "\u017f"  # the last of the letters that pdfLaTeX knows by itself
REFERENCES = {
    "Cohen, 1968": (
        "Cohen, J. (1968). Weighted kappa: Nominal scale agreement with provision for scaled disagreement or partial credit. "
        "Psychological Bulletin, 70(4), 213–220."
    ),
    "Gwet, 2014": "Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.). Advanced Analytics.",
    "Hayes and Krippendorff, 2007": (
        "Hayes, A. F., and Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding data. "
        "Communication Methods and Measures, 1(1), 77–89."
    ),
    "Hughes, 2022": (
        "Hughes, J. (2022). Toward improved inference for Krippendorff's alpha agreement coefficient. arXiv:2210.13265."
    ),
    "Krippendorff, 2004": "Krippendorff, K. (2004). Content analysis: An introduction to its methodology (2nd ed.). Sage.",
    "ten Hove et al., 2022": (
        "ten Hove, D., Jorgensen, T. D., and van der Ark, L. A. (2022). Updated guidelines on selecting an intraclass "
        "correlation coefficient for interrater reliability, with applications to incomplete observational designs. "
        "Psychological Methods. Advance online publication. https://doi.org/10.1037/met0000516"
    ),
}


def paper(rows: Sequence[Row], about: PaperContext, form: str) -> str:
    """The paragraph, the tables and the references, with a blank line between two. `rows` are those of a report's one group,
    `form` is one of FORMS."""
    paragraph = methods(rows, about, form)
    text = "\n\n".join(filter(None, (paragraph, table(rows, about, form), references(paragraph, form)))) + "\n"
    return f"{needs(text)}{text}" if form == "latex" else text


def references(paragraph: str, form: str) -> str:
    """Those that the paragraph cites."""
    cited = [full.replace("–", FORM[form].to) for citation, full in REFERENCES.items() if citation in paragraph]
    if not cited:
        return ""
    if form == "latex":
        return "\n".join([r"\paragraph{References}", r"\begin{itemize}", *(rf"\item {full}" for full in cited), r"\end{itemize}"])
    heading = "**References**" if form == "markdown" else "References"
    return "\n".join([heading, "", *(f"- {full}" for full in cited)])


def needs(text: str) -> str:
    """Comments that head the LaTeX."""
    typeset = "% Typeset with XeLaTeX or LuaLaTeX, Chinese with ctex.\n" if max(text) > LATIN else ""
    return f"% Needs \\usepackage{{booktabs}}.\n{typeset}"
