"""The forms that ask for a code. A wrong one counts as a failure to sign in: six digits are soon guessed."""

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.access.throttle import count, is_locked


class CodeMixin:
    user: Any
    fields: dict[str, Any]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["code"]
        field.label = gettext_lazy("Code")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["maxlength"] = "20"

    def clean_code(self) -> Any:
        kind = f"code of {self.user.pk}"
        if is_locked(context.request, kind):
            raise forms.ValidationError(_("Too many wrong codes were given. Try again in 15 minutes."))
        try:
            return super().clean_code()  # type: ignore[misc]  # of allauth's form
        except forms.ValidationError:
            count(context.request, kind)
            raise forms.ValidationError(_("This code is wrong, or its time is over.")) from None


class AuthenticateForm(CodeMixin, base_forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    pass


class ReauthenticateForm(CodeMixin, base_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(CodeMixin, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    pass
