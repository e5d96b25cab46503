"""What people choose for themselves."""

from django.conf import settings
from django.utils.translation import gettext as _

from annotation.flow.errors import Refused
from annotation.models import Preferences, User


def choose_language(*, by: User, language: str) -> None:
    """Raises Refused for one that Sixpoint does not speak."""
    check_language(language)
    Preferences.objects.update_or_create(user=by, defaults={"language": language})


def check_language(language: str) -> None:
    known = [code for code, _name in settings.LANGUAGES]
    if language not in known:
        raise Refused(_("language: expected one of %(known)s") % {"known": ", ".join(known)})
