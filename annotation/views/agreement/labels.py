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
    "no response has both a score and a label": _("no response has both a score and a label"),
    "only one response has both a score and a label": _("only one response has both a score and a label"),
    "no variation: the scores or the labels are all the same": _("no variation: the scores or the labels are all the same"),
    "the scores or the labels are the same within every group": _("the scores or the labels are the same within every group"),
    "fewer than three groups have both scores and labels": _("fewer than three groups have both scores and labels"),
    "the scores or the labels are all zero": _("the scores or the labels are all zero"),
    "no response with a score has a first rating": _("no response with a score has a first rating"),
    "no response with a score has two first ratings": _("no response with a score has two first ratings"),
    "the responses do not differ beyond the error of their ratings": _(
        "the responses do not differ beyond the error of their ratings"
    ),
    "no response was rated by this annotator and another": _("no response was rated by this annotator and another"),
    "no annotator has such a figure": _("no annotator has such a figure"),
    "no annotator shares 30 responses with another": _("no annotator shares 30 responses with another"),
    "the responses are all of one kind": _("the responses are all of one kind"),
    "the responses are all the same in this": _("the responses are all the same in this"),
    "each kind has one response": _("each kind has one response"),
    "the errors are all the same": _("the errors are all the same"),
    "no response has scores of two runs": _("no response has scores of two runs"),
    "no response is at this level": _("no response is at this level"),
    "no response has a value": _("no response has a value"),
    "one of the groups has no value": _("one of the groups has no value"),
    "no query was answered by both": _("no query was answered by both"),
    "no error is marked": _("no error is marked"),
    "the scorer may have seen these labels in training": _("the scorer may have seen these labels in training"),
    "the labelled responses are not a sample of known chances": _("the labelled responses are not a sample of known chances"),
    "fewer than 10 queries have both a label and a score": _("fewer than 10 queries have both a label and a score"),
    "fewer than 10 responses have a score": _("fewer than 10 responses have a score"),
    "every response with a score has a label": _("every response with a score has a label"),
    "the scores or the labels do not vary": _("the scores or the labels do not vary"),
    "the scores tell too little of the labels to make the interval narrower": _(
        "the scores tell too little of the labels to make the interval narrower"
    ),
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
