"""The only settings file: the environment, with defaults that run on a laptop. docs/configuration.md names each one."""

import os
import sys
import tomllib
from pathlib import Path

from csp.constants import NONE, SELF

from config.database import database_settings
from config.environment import boolean, listed, one_of, whole_number
from config.log_settings import logging_settings
from config.mail import mail_settings
from config.modes import FILE, PASSAGE, keep_private
from config.secret import stored_secret
from config.storage import image_storage

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
SERVING = "config.wsgi" in sys.modules  # somebody waits for each answer; commands and the worker may wait longer
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


# Read by NumPy's library of linear algebra when it is loaded, which is after this. Its products are small here: shared among
# threads they take three times as long on a busy machine, where the threads wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DEBUG = boolean("DEBUG")
HTTPS = boolean("HTTPS")
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
ACCEL_PREFIX = os.environ.get("ACCEL_PREFIX", "")  # below this internal address the web server finds the images
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "receiving"  # where uploads wait until they are complete
keep_private(DATA_DIR, passage=bool(ACCEL_PREFIX))
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
SECRET_KEY = os.environ.get("SECRET_KEY") or stored_secret(DATA_DIR / "secret_key")
PROXIES = whole_number("PROXIES", 0)
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "annotation",
    "rubrics",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "template_partials",
]

MIDDLEWARE = [
    "config.http.proxies.true_address",
    "config.http.requests.request_log",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.http.middleware.private_by_default",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.http.middleware.api_errors",
    "annotation.accounts.sessions.note_when_seen",
    "annotation.accounts.throttle.refuse_locked_out",
    "config.http.hashing.BoundedHashing",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.http.middleware.same_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.http.middleware.readable_addresses",
    "django_htmx.middleware.HtmxMiddleware",
    "annotation.access.archived.ReadOnlyArchive",
    "axes.middleware.AxesMiddleware",
    "config.http.outage.begin_streams",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# SQLite on a laptop, PostgreSQL for a team.

DATABASES = {
    "default": database_settings(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'sixpoint.sqlite3'}", serving=SERVING)
}

# What is slow to compute is kept in files, for all processes of the machine: flow/judgements/cache.py says under
# which key. Old files go.

CACHES = {"default": {"BACKEND": "config.caching.QuickFileCache", "LOCATION": DATA_DIR / "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who signs in, and how often they may try.

AUTH_USER_MODEL = "annotation.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "annotation.accounts.sign_in.Backend",
]
PASSWORD_HASHERS = ["config.http.hashing.BoundedHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "annotation.accounts.sign_in.Adapter"
ACCOUNT_FORMS = {"change_password": "annotation.accounts.passwords.ChangePasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
MFA_TOTP_ISSUER = "Sixpoint"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds by which a telephone's clock may be off
MFA_FORMS = {"authenticate": "AuthenticateForm", "reauthenticate": "ReauthenticateForm", "activate_totp": "ActivateForm"}
MFA_FORMS = {step: f"annotation.accounts.second_factor.{form}" for step, form in MFA_FORMS.items()}
ACCOUNT_RATE_LIMITS = False  # axes counts, in the database, for all processes together
AXES_HANDLER = "annotation.accounts.throttle.Throttle"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "annotation.accounts.throttle.attempted_username"
AXES_CLIENT_IP_CALLABLE = "annotation.accounts.throttle.counted_address"
AXES_LOCKOUT_CALLABLE = "annotation.accounts.throttle.locked"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who tries meanwhile does not lock the others out for longer
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "password"]
AXES_VERBOSE = False
AXES_CLIENT_STR_CALLABLE = "config.http.logs.nobody"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotation.access.tokens.OneQueryTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "annotation.api.permissions.ReadOnlyArchive",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotation.api.parsers.StrictJSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotation.api.errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"TOKEN_TTL": None}  # add_member says how long a token holds
SPECTACULAR_SETTINGS = {
    "TITLE": "Sixpoint",
    "DESCRIPTION": "Experts score what models answered.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {
        "Concern": "annotation.models.Concern.choices",
        "Role": "annotation.models.Role.choices",
        "RowKind": ["rated", "overall", "penalty"],
        "Stratum": ["category", "field", "subfield", "system"],
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotation.api.shapes.errors.with_errors_of_every_call",
        "annotation.api.shapes.summaries.with_summaries",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Links in mails, and those that commands print, begin with the address of the site.
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/") or "http://127.0.0.1:8000"
MAIL = mail_settings(os.environ.get("EMAIL_URL", ""))
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "sixpoint@localhost"

# What takes longer than a request waits in the database for a worker; tests do it at once.

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# Nothing from elsewhere, nothing inline.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSP_REPORTS = boolean("CSP_REPORTS")
if CSP_REPORTS:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["report-uri"] = ["/csp-reports/"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "sixpoint_session"
CSRF_COOKIE_NAME = "sixpoint_csrf"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    # Of this host alone: whoever runs Sixpoint does not speak for the other hosts of the domain, nor for browsers' preload lists.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

# Words, time, files.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LANGUAGE_COOKIE_NAME = "sixpoint_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["config.formats"]
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".static"
MEDIA_ROOT = DATA_DIR / "images"
FILE_UPLOAD_PERMISSIONS = FILE
FILE_UPLOAD_DIRECTORY_PERMISSIONS = PASSAGE
STORAGES = {
    "default": image_storage(
        os.environ.get("S3_BUCKET", ""), os.environ.get("S3_ENDPOINT", ""), os.environ.get("S3_PREFIX", ""), ACCEL_PREFIX
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "config.staticfiles.HashedModules",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},  # of public files, for any web server
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["annotation.uploads.LimitedUpload", "django.core.files.uploadhandler.TemporaryFileUploadHandler"]
MAX_UPLOAD_MB = whole_number("MAX_UPLOAD_MB", 2048)
# checks an image of a rubric's example: the rubrics import nothing of the annotation
RUBRIC_IMAGES = "annotation.imaging.example.shown_copy"

LOG_FORMAT = one_of("LOG_FORMAT", "lines", "json")
LOGGING = logging_settings(LOG_FORMAT)

# /metrics is there where a token is set. prometheus_client reads the folder when it is imported, which is after this.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
METRICS_DIR = DATA_DIR / "metrics"
if METRICS_TOKEN:
    METRICS_DIR.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)
