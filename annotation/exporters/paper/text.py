"""The whole text of a paper: the paragraph for the methods section, the tables, and the references that they cite."""

from collections.abc import Sequence

from annotation.exporters.paper.context import PaperContext, Row
from annotation.exporters.paper.markup import MARKUPS
from annotation.exporters.paper.methods import methods
from annotation.exporters.paper.table import table

FORMS = tuple(MARKUPS)
LAST_LATIN = "\u017f"  # the last of the letters that pdfLaTeX sets without packages
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


def paper(rows: Sequence[Row], context: PaperContext, form: str) -> str:
    """The paragraph, the tables and the references, with a blank line between two. `rows` are those of a report's one group,
    `form` is one of FORMS."""
    paragraph = methods(rows, context, form)
    text = "\n\n".join(filter(None, (paragraph, table(rows, context, form), references(paragraph, form)))) + "\n"
    return f"{latex_head(text)}{text}" if form == "latex" else text


def references(paragraph: str, form: str) -> str:
    """The references that the paragraph cites; empty where it cites none."""
    cited = [full.replace("–", MARKUPS[form].range_dash) for citation, full in REFERENCES.items() if citation in paragraph]
    if not cited:
        return ""
    if form == "latex":
        return "\n".join([r"\paragraph{References}", r"\begin{itemize}", *(rf"\item {full}" for full in cited), r"\end{itemize}"])
    heading = "**References**" if form == "markdown" else "References"
    return "\n".join([heading, "", *(f"- {full}" for full in cited)])


def latex_head(text: str) -> str:
    """The comments that name the packages and programs which the LaTeX needs."""
    typeset = "% Typeset with XeLaTeX or LuaLaTeX, Chinese with ctex.\n" if max(text) > LAST_LATIN else ""
    return f"% Needs \\usepackage{{booktabs}}.\n{typeset}"
