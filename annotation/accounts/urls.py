from allauth.account import views
from django.contrib.auth.decorators import login_required
from django.urls import path, reverse_lazy

from annotation.accounts.invitations import invitation
from annotation.accounts.password_links import forgotten, new_password
from annotation.accounts.sessions import sessions
from annotation.accounts.sign_out import clear_device

PASSWORD = {"template_name": "registration/change_password.html", "success_url": reverse_lazy("home")}

urlpatterns = [
    path("login/", views.LoginView.as_view(template_name="registration/login.html"), name="account_login"),
    path("logout/", views.LogoutView.as_view(template_name="registration/logout.html"), name="account_logout"),
    path("clear/", clear_device, name="clear_device"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("sessions/", sessions, name="sessions"),
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
