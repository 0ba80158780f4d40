"""Settings of the web. What a place may want to change comes from the environment (docs/operations)."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from straume.web.homefolder import database_from, prepare_home, secret_key

WEB = Path(__file__).resolve().parent
HOME = prepare_home(Path(os.environ.get("STRAUME_HOME", "var")))
DEMO = os.environ.get("STRAUME_DEMO") == "1"
HTTPS = os.environ.get("STRAUME_HTTPS") == "1"

# where people open it: letters that nobody's click sends carry links there
ADDRESS = os.environ.get("STRAUME_ADDRESS", "http://localhost:8000").rstrip("/")

SECRET_KEY = os.environ.get("STRAUME_SECRET_KEY") or secret_key(HOME)
DEBUG = os.environ.get("STRAUME_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("STRAUME_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

# Ours stand before those of others: of two translations of one message, that of the first is shown.
INSTALLED_APPS = [
    "modeltranslation",
    "straume.web.accounts",
    "straume.web.places",
    "straume.web.services",
    "straume.web.needs",
    "straume.web.programme",
    "straume.web.groups",
    "straume.web.studies",
    "straume.web.public",
    "straume.web.reports",
    *(["straume.web.demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "straume.web.accounts.middleware.LanguageOfThePerson",
    "straume.web.accounts.middleware.KeptByNobody",
]

ROOT_URLCONF = "straume.web.urls"
WSGI_APPLICATION = "straume.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "straume.web.places.page.frame",
            ],
        },
    }
]

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""), home=HOME)}
# How often somebody may try to sign in is counted here, by all processes together (decision 21).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",  # the table; accounts' migrations make it
        "KEY_FUNCTION": "straume.web.accounts.cache_keys.unreadable",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in: a code by e-mail, then where the person wants it a passkey or an authenticator app. No passwords.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "straume.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code that arrives is the proof
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Straume: "
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # how often somebody may try is counted per real address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Straume"
MFA_FORMS = {"add_webauthn": "straume.web.accounts.forms.AddPasskeyForm"}

EMAIL_BACKEND = os.environ.get(
    "STRAUME_EMAIL_BACKEND",
    "straume.web.demo.mail.DemoMailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = os.environ.get("STRAUME_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("STRAUME_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("STRAUME_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("STRAUME_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("STRAUME_EMAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("STRAUME_EMAIL_FROM", "Straume <straume@localhost>")

# Languages
LANGUAGE_CODE = "en"
LANGUAGES = [("lv", _("Latvian")), ("lt", _("Lithuanian")), ("en", _("English"))]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Riga"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("lv", "lt", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "lv", "lt")}

# Files: static ones are public, uploads are not served by address at all
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "straume.web.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Cookies: session, CSRF, language; no other
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing inline, nothing from elsewhere. SVG in a page needs neither: presentation attributes are no styles.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("STRAUME_LOG_LEVEL", "WARNING")},
}
