"""The words of the agreement report in the reader's language. The report itself is in English, for scripts."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "nothing has been rated": _("nothing has been rated"),
    "only one annotator has rated": _("only one annotator has rated"),
    "no response has two ratings": _("no response has two ratings"),
    "only one response has two ratings": _("only one response has two ratings"),
    "too few responses have two ratings": _("too few responses have two ratings"),
    "every rating is the same": _("every rating is the same"),
    "one annotator has given the same rating throughout": _("one annotator has given the same rating throughout"),
    "the responses do not differ": _("the responses do not differ"),
    "not every annotator has rated every response": _("not every annotator has rated every response"),
    "fewer than 30 responses of the group have two ratings": _("fewer than 30 responses of the group have two ratings"),
    "the annotators fall into groups that share no response": _("the annotators fall into groups that share no response"),
    "no judgement has ratings on enough criteria": _("no judgement has ratings on enough criteria"),
    "too few judgements have ratings on the same two criteria": _("too few judgements have ratings on the same two criteria"),
    "no two criteria have ratings that vary": _("no two criteria have ratings that vary"),
    "the annotators differ by their severity alone": _("the annotators differ by their severity alone"),
    "no time is known": _("no time is known"),
    "too few times are known": _("too few times are known"),
    "the times or the amounts of content are all the same": _("the times or the amounts of content are all the same"),
    "fewer than three periods have a figure with its error": _("fewer than three periods have a figure with its error"),
    "too few queries for an interval": _("too few queries for an interval"),
    "too few annotators for an interval": _("too few annotators for an interval"),
    "too few queries differ for an interval": _("too few queries differ for an interval"),
    "too little agreement for an exact interval": _("too little agreement for an exact interval"),
}
LEVELS = {"nominal": _("nominal"), "ordinal": _("ordinal"), "interval": _("interval")}
COLUMNS = {
    "category": _("category"),
    "field": _("field"),
    "subfield": _("subfield"),
    "system": _("system"),
    "round": _("round"),
    "week": _("week"),
}
LIGHTS = {"good": _("reliable"), "tentative": _("tentative"), "poor": _("not reliable")}
