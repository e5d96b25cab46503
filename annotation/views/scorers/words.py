"""The words of the scorer report in the reader's language. The report itself is in English, for scripts."""

from django.utils.translation import gettext_lazy as _

MEASURES = {
    "cosine": (_("Cosine similarity"), _("close to 1 for almost any scores: compare with the guesses beside it")),
    "mse": (_("MSE"), _("mean squared error, in squared points; less is better")),
    "mae": (_("MAE"), _("mean absolute error, in points; less is better")),
    "pearson": (_("Pearson"), _("correlation of scores and labels")),
    "bias": (_("Bias"), _("mean score less mean label, in points; above 0 too lenient")),
    "spearman": (_("Spearman"), _("correlation of ranks")),
    "weighted_kappa": (_("Weighted kappa"), _("quadratic weights, scores not rounded; customary at least .70")),
    "exact": (_("Exact"), _("share with the label's whole point, after rounding")),
    "adjacent": (_("Within 1"), _("share at most one whole point away, after rounding")),
    "standardised_difference": (
        _("Standardised difference"),
        _("bias in standard deviations of the labels; customary at most .15"),
    ),
}
BASELINES = {
    "mean": _("always the mean"),
    "commonest": _("always the commonest"),
    "shuffled": _("shuffled labels"),
}
COUNTS = {
    "unreadable": _("unreadable"),
    "missing": _("missing"),
    "extra": _("not among these labels"),
    "clipped": _("outside the scale"),
    "several_numbers": _("with several numbers"),
    "cut": _("shown in part"),
    "dropped": _("dropped by MMIE's script"),
}
FEATURES = {
    "system": _("System"),
    "category": _("Category"),
    "field": _("Field"),
    "length": _("Length"),
    "images": _("Images"),
}
TITLES = {"system": _("By system"), "category": _("By category")}
SPLITS = {
    "check": _("check split"),
    "train": _("train split"),
    "test": _("test split"),
    "all": _("all labels"),
}
