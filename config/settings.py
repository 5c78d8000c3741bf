"""Every setting, from the environment only. What each means: docs/operations.md."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("WAYMARK_DATA", ROOT / ".waymark"))


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def kept(name: str) -> str:
    """What `way` wrote down in the data folder: its own database's address, the secret it made."""
    path = DATA / name
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def database(url: str) -> dict[str, object]:
    """A Django database setting from a PostgreSQL address; the socket folder may stand in `?host=`."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must be a PostgreSQL address such as postgresql://user:password@host:5432/waymark."
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            **query,
            "pool": POOL,
            # A statement or a lock that hangs must not hang the office with it.
            # Compiling a plan (jit) costs more than any of our pages. A page reads few rows of large tables, from
            # memory: it is told so (random_page_cost), or it would read tables whole rather than by their index. Our
            # joins follow keys in the order they are written; trying every other order costs more than it finds.
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT} -c lock_timeout=10000 -c jit=off"
            " -c idle_in_transaction_session_timeout=60000 -c random_page_cost=1.1 -c join_collapse_limit=5",
        },
    }


TESTING = "PYTEST_VERSION" in os.environ
# Milliseconds. Commands that work through a whole caseload set 0.
STATEMENT_TIMEOUT = 0 if TESTING else int(os.environ.get("WAYMARK_STATEMENT_TIMEOUT", "15000"))
# A pool serves the web's threads; a command has one connection, and should hear at once when there is none.
POOL = {"min_size": 1, "max_size": 8, "timeout": 10} if flag("WAYMARK_POOL", True) and not TESTING else False
DEBUG = flag("WAYMARK_DEBUG")
DEMO = flag("WAYMARK_DEMO")
PROGRAMMES = Path(os.environ.get("WAYMARK_PROGRAMMES", ROOT / "programmes"))
# Whether the directory of services can be read by anybody, as open data.
OPEN_DIRECTORY = flag("WAYMARK_OPEN_DIRECTORY", True)
BASE_URL = os.environ.get("WAYMARK_BASE_URL", "http://127.0.0.1:8000")

SECRET_KEY = os.environ.get("WAYMARK_SECRET_KEY") or kept("secret")
# A command that makes links must not sign them with a stand-in.
SIGNS = bool(SECRET_KEY)
if not SECRET_KEY:
    if TESTING or os.environ.get("WAYMARK_NO_SECRET"):
        SECRET_KEY = "for-commands-and-tests-that-sign-nothing-for-anybody"
    else:
        raise ImproperlyConfigured(
            "Set WAYMARK_SECRET_KEY to a long random text; `way run` makes one for you."
        )

ALLOWED_HOSTS = [
    h for h in os.environ.get("WAYMARK_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h
]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("WAYMARK_TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    # Before allauth, whose pages it draws anew.
    "waymark.web.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "pgtrigger",
    "waymark.programme",
    "waymark.organisations",
    "waymark.record",
    "waymark.customers",
    "waymark.portal",
    "waymark.worklist",
    "waymark.notices",
    "waymark.inbound",
    "waymark.directory",
    "waymark.interviews",
    "waymark.casework",
    "waymark.employment",
    "waymark.actionplans",
    "waymark.awards",
    "waymark.sanctions",
    "waymark.referrals",
    "waymark.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "waymark.web.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waymark.web.middleware.acting_post",
    "waymark.web.middleware.keep_reads",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "waymark.web.middleware.Doorkeeper",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "waymark.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "waymark.web.ui.forms.GovukRenderer"

DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or kept("database") or "postgresql:///waymark")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "waymark.web.signin.Backend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "waymark.web.signin.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# A whole office signs in at nine from one address; wrong passwords are counted by axes.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip"}
MFA_TOTP_ISSUER = "Waymark"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "waymark.web.signin.locked_out"
AXES_USERNAME_CALLABLE = "waymark.web.signin.who_tried"
# A fixed time to wait: trying again meanwhile does not lengthen it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_ENGINE = "waymark.web.sessions"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "waymark.web.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("WAYMARK_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = TESTING or DEBUG

EMAIL_BACKEND = os.environ.get("WAYMARK_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("WAYMARK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("WAYMARK_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("WAYMARK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("WAYMARK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("WAYMARK_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("WAYMARK_FROM", "Waymark <no-reply@waymark.example>")
# Where letters are laid for the printer, one PDF each.
PRINT_QUEUE = Path(os.environ.get("WAYMARK_PRINT_QUEUE", DATA / "print"))
# The domain of a service that makes texts of e-mails to <number>@<domain>; without one they are laid in a folder.
TEXT_GATEWAY = os.environ.get("WAYMARK_TEXT_GATEWAY", "")
TEXT_QUEUE = Path(os.environ.get("WAYMARK_TEXT_QUEUE", DATA / "texts"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("WAYMARK_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
