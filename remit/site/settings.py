"""Settings, each from the environment, with defaults for one machine and SQLite.

| variable | default | what it sets |
| --- | --- | --- |
| REMIT_DATA | `var` beside the code | the folder of the database and the keys |
| DATABASE_URL | SQLite in REMIT_DATA | the database |
| REMIT_DEMONSTRATION | off | *sign in as* for made-up people; loopback only |
| REMIT_HOSTS | loopback | host names that are answered |
| REMIT_HTTPS | off | whether cookies are for HTTPS alone and HTTP is sent on to it |
| REMIT_DEBUG | off | pages of developers' detail on errors; never on a real system |
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from remit.site.keys import key_in

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env("REMIT_DATA", default=str(BASE_DIR / "var"))).resolve()

SECRET_KEY = key_in(DATA_DIR / "secret.key")
RECORD_KEY = key_in(DATA_DIR / "record.key")
DEBUG = env.bool("REMIT_DEBUG", default=False)
DEMONSTRATION = env.bool("REMIT_DEMONSTRATION", default=False)
HTTPS = env.bool("REMIT_HTTPS", default=False)

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMONSTRATION else env.list("REMIT_HOSTS", default=LOOPBACK)

INSTALLED_APPS = [
    "remit.site",
    "remit.decisions",
    "remit.authority",
    "remit.promises",
    "remit.network",
    "remit.ledger",
    "remit.shell",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "remit.network.middleware.ActingMiddleware",
    "remit.shell.keeping.KeepNothingMiddleware",
    "remit.site.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "remit.site.urls"
WSGI_APPLICATION = "remit.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'remit.sqlite3'}")}
DATABASES["default"] |= {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"] |= {
        "ENGINE": "remit.ledger.sqlite",  # Django's own, with the writer's gate at BEGIN
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what the record says was committed survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        },
    }

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "remit.shell.templates.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "remit.shell.frame.frame",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

AUTH_USER_MODEL = "network.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "sign_in_as" if DEMONSTRATION else "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = LOGIN_URL

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "remit.site.sign_in.ClosedDoor"  # accounts are given, not taken
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_FORMS = {
    "login": "remit.site.sign_in_forms.SignInForm",
    "change_password": "remit.site.sign_in_forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = False  # axes locks out, and says so

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "remit.site.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_CALLABLE = "remit.site.sign_in.tried_name"

SESSION_COOKIE_AGE = 12 * 60 * 60  # one shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "remit.site.refusals.form_too_old"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "remit" / "site" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("REMIT_LOG_LEVEL", default="WARNING")},
}
