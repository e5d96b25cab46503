"""Adjudication by API: adjudicate (a case from its claim to its decision), cases (the list, and other ways out of one), lessons
(what disputes teach)."""
