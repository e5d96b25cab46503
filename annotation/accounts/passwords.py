"""The form in which people change their password."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotation.flow.accounts.tokens import live_tokens


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Asks also whether tokens are to be kept; the adapter, which allauth has store the password, reads the answer."""

    keep_tokens = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if count := live_tokens(self.user).count():
            label = ngettext("Keep my API token: scripts go on", "Keep my %(count)s API tokens: scripts go on", count)
            self.fields["keep_tokens"].label = label % {"count": count}
        else:
            del self.fields["keep_tokens"]

    def clean_oldpassword(self) -> Any:
        """A wrong one counts as a failure to sign in: a browser that was left open must not be the place to guess."""
        password = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise forms.ValidationError(_("This is not your current password."))
        return password
