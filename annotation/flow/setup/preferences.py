"""A person's own settings: language and keys."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from annotation import keyboard
from annotation.errors import Refused, ValidationError
from annotation.models import Preferences, User


def choose_language(*, by: User, language: str) -> None:
    """Raises Refused for a language that Sixpoint does not have."""
    check_language(language)
    Preferences.objects.update_or_create(user=by, defaults={"language": language})


def check_language(language: str) -> None:
    codes = [code for code, _name in settings.LANGUAGES]
    if language not in codes:
        raise Refused(_("language: expected one of %(known)s") % {"known": ", ".join(codes)})


def choose_keys(*, by: User, chosen: Mapping[str, Any], off: bool = False) -> None:
    """Store the keys of the named commands; the other commands get their defaults.

    `off` switches single keys off, but for digits in a criterion that has the focus. Raises ValidationError, which names every
    fault by its command.
    """
    faults = {name: _("unknown command") for name in set(chosen) - set(keyboard.COMMANDS)}
    keys = {name: chosen.get(name, command.key) for name, command in keyboard.COMMANDS.items()}
    keys = {name: key.lower() if isinstance(key, str) else key for name, key in keys.items()}
    for name, key in keys.items():
        others = [other for other, other_key in keys.items() if other_key == key and other != name]
        if not is_key(key):
            faults[name] = _("expected one character: no digit, no space and no %(list)s") % {"list": keyboard.HELP_KEY}
        elif others:
            faults[name] = _('"%(key)s" is also the key of: %(other)s') % {
                "key": key,
                "other": keyboard.COMMANDS[others[0]].title,
            }
    if faults:
        raise ValidationError(faults)
    changed: dict[str, Any] = {name: key for name, key in keys.items() if key != keyboard.COMMANDS[name].key}
    Preferences.objects.update_or_create(user=by, defaults={"keys": changed | ({"off": True} if off else {})})


def is_key(key: Any) -> bool:
    return (
        isinstance(key, str)
        and len(key) == 1
        and key.isprintable()
        and not key.isspace()
        and not key.isnumeric()
        and key != keyboard.HELP_KEY
    )
