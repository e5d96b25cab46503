"""Django's own, with the zone."""

TIME_FORMAT = "H:i e"
DATETIME_FORMAT = "Y年n月j日 H:i e"
SHORT_DATETIME_FORMAT = "Y年n月j日 H:i e"
