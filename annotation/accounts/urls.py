from allauth.account import views
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.decorators import login_required
from django.urls import path, reverse_lazy

from annotation.accounts.invitations import invitation
from annotation.accounts.password_links import forgotten, new_password
from annotation.accounts.sessions import sessions
from annotation.accounts.sign_out import clear_device
from annotation.accounts.tokens import revoke, tokens

MFA = "registration/second_factor"
PASSWORD = {"template_name": "registration/change_password.html", "success_url": reverse_lazy("home")}

urlpatterns = [
    path("login/", views.LoginView.as_view(template_name="registration/login.html"), name="account_login"),
    path("logout/", views.LogoutView.as_view(template_name="registration/logout.html"), name="account_logout"),
    path("clear/", clear_device, name="clear_device"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("second-factor/", login_required(IndexView.as_view(template_name=f"{MFA}/index.html")), name="mfa_index"),
    path("second-factor/code/", AuthenticateView.as_view(template_name=f"{MFA}/code.html"), name="mfa_authenticate"),
    path(
        "second-factor/confirm/",
        login_required(CodeAgainView.as_view(template_name=f"{MFA}/code.html")),
        name="mfa_reauthenticate",
    ),
    path(
        "second-factor/set-up/",
        login_required(ActivateTOTPView.as_view(template_name=f"{MFA}/set_up.html")),
        name="mfa_activate_totp",
    ),
    path(
        "second-factor/remove/",
        login_required(DeactivateTOTPView.as_view(template_name=f"{MFA}/remove.html")),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-factor/recovery-codes/",
        login_required(ViewRecoveryCodesView.as_view(template_name=f"{MFA}/recovery_codes.html")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/new/",
        login_required(GenerateRecoveryCodesView.as_view(template_name=f"{MFA}/new_codes.html")),
        name="mfa_generate_recovery_codes",
    ),
    path("sessions/", sessions, name="sessions"),
    path("tokens/", tokens, name="tokens"),
    path("tokens/revoke/", revoke, name="token-revoke"),
    path("password/forgotten/", forgotten, name="password-forgotten"),
    path("password/new/<str:token>/", new_password, name="password-link"),
    path("password/", login_required(views.PasswordChangeView.as_view(**PASSWORD)), name="account_change_password"),
    path("password/first/", login_required(views.PasswordSetView.as_view(**PASSWORD)), name="account_set_password"),
    path(
        "inactive/",
        views.AccountInactiveView.as_view(template_name="registration/inactive.html"),
        name="account_inactive",
    ),
    path(
        "confirm/",
        login_required(views.ReauthenticateView.as_view(template_name="registration/confirm.html")),
        name="account_reauthenticate",
    ),
]
