"""Django's settings. Everything a city may change comes from the environment (docs/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from wardroom.config import env

DEBUG = False
SECRET_KEY = env.secret_key()
SECRET_KEY_FALLBACKS = env.words("WARDROOM_SECRET_KEY_FALLBACKS", default="")
ALLOWED_HOSTS = env.words("WARDROOM_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("WARDROOM_ORIGINS", default="")
SECURE = env.flag("WARDROOM_HTTPS", default=False)
HOME = env.HOME
DEMONSTRATION = env.flag("WARDROOM_DEMONSTRATION", default=(env.HOME / "demonstration").exists())
SITE = os.environ.get("WARDROOM_SITE", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "wardroom.access",
    "wardroom.search",
    "wardroom.city",
    "wardroom.directory",
    "wardroom.library",
    "wardroom.ledger",
    "wardroom.documents",
    "wardroom.notices",
    "wardroom.service_requests",
    "wardroom.matters",
    "wardroom.calendar",
    "wardroom.plans",
    "wardroom.fieldwork",
    "wardroom.casework",
    "wardroom.engagement",
    "wardroom.problems",
    "wardroom.incidents",
    "wardroom.office",
    "wardroom.hiring",
    "wardroom.reporting",
    "wardroom.upkeep",
    "wardroom.records",
    "wardroom.retention",
    "wardroom.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "django_q",
    "wardroom.config.apps.HouseConfig",
]

MIDDLEWARE = [
    "wardroom.web.probes.Probes",
    "wardroom.web.watching.Watched",
    "wardroom.web.proxies.NamedProxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wardroom.web.everybody.SharedAnswers",
    "wardroom.web.presence.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wardroom.web.edge.EdgeMiddleware",
    "wardroom.web.once.Once",
]

ROOT_URLCONF = "wardroom.config.urls"
WSGI_APPLICATION = "wardroom.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wardroom.web.frame.chrome",
            ],
        },
    }
]

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-65536;PRAGMA journal_size_limit=67108864;"
        "PRAGMA secure_delete=ON;"
    ),
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{env.HOME / 'wardroom.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "wardroom.config.sqlite3"
    DATABASES["default"]["OPTIONS"] = SQLITE
else:
    # A server that is gone is told of within seconds, not when the network gives up.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    if env.flag("WARDROOM_PREPARED", default=True):
        from wardroom.config.postgresql.cursors import AFTER, PreparingCursor

        DATABASES["default"]["ENGINE"] = "wardroom.config.postgresql"
        DATABASES["default"]["OPTIONS"] |= {
            "server_side_binding": True,
            "cursor_factory": PreparingCursor,
            "prepare_threshold": AFTER,
        }

# Where forms led, which all web processes share. The folder is listed now and then, so it is kept
# small: a form whose address was let go leads back to the page that it stood on.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["WARDROOM_REDIS_URL"],
    }
    if os.environ.get("WARDROOM_REDIS_URL")
    else {
        "BACKEND": "wardroom.config.files_cache.FilesCache",
        "LOCATION": env.HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    }
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "wardroom.config.passwords.LongEnough"},
    {"NAME": "wardroom.config.passwords.NotGuessed"},
]
PASSWORD_WORDS = env.words("WARDROOM_PASSWORD_WORDS", default="washington,columbia")
SECOND_FACTOR = env.word("WARDROOM_SECOND_FACTOR", "offered" if DEMONSTRATION else "required")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "wardroom.web.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "wardroom.web.sign_in.SignInForm",
    "change_password": "wardroom.web.factors.forms.PasswordForm",
}
MFA_ADAPTER = "wardroom.web.factors.adapter.Factors"
MFA_FORMS = {
    "authenticate": "wardroom.web.factors.forms.CodeAtSignIn",
    "authenticate_webauthn": "wardroom.web.factors.forms.KeyAtSignIn",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Wardroom"
MFA_RECOVERY_CODE_DIGITS = 10
SESSION_HOURS = env.number("WARDROOM_SESSION_HOURS", 12)
IDLE_MINUTES = env.number("WARDROOM_IDLE_MINUTES", 30)
# A browser takes a cookie of such a name over HTTPS only, for this host and all of it.
COOKIES_BEGIN = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIES_BEGIN}sessionid"
CSRF_COOKIE_NAME = f"{COOKIES_BEGIN}csrftoken"
SEEN_COOKIE_NAME = f"{COOKIES_BEGIN}seen"
KNOWN_COOKIE_NAME = f"{COOKIES_BEGIN}known"
MESSAGE_STORAGE = "wardroom.web.said.Said"
SESSION_COOKIE_AGE = 60 * 60 * SESSION_HOURS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROXIES = env.words("WARDROOM_PROXIES", default="")
BEHIND_PROXY = bool(PROXIES) or env.flag("WARDROOM_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 0 if PROXIES else 1

CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

JURISDICTIONS = env.words("WARDROOM_JURISDICTIONS", default="dc.gov")
OPEN311_CONTACT = os.environ.get("WARDROOM_OPEN311_CONTACT", "")
OPEN311_KEYS = os.environ.get("WARDROOM_OPEN311_KEYS", "")
OPEN311_READS = env.number("WARDROOM_OPEN311_READS", 6000)

WORD_TEMPLATES = Path(os.environ.get("WARDROOM_WORD_TEMPLATES", env.HOME / "word"))
STREET_MAP = os.environ.get("WARDROOM_STREET_MAP", "")
STREET_MAP_CREDIT = os.environ.get("WARDROOM_STREET_MAP_CREDIT", "")
MAP_LINK = os.environ.get("WARDROOM_MAP_LINK", "geo:{lat},{lon}?q={lat},{lon}")
if STREET_MAP:
    _street_map_host = "{0.scheme}://{0.netloc}".format(urlsplit(STREET_MAP))
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_street_map_host)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] = ["'self'", _street_map_host]

USE_TZ = True
TIME_ZONE = os.environ.get("WARDROOM_ZONE", "America/New_York")
LANGUAGE_CODE = "en-us"
USE_I18N = True
FORMAT_MODULE_PATH = ["wardroom.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = env.ROOT / "build" / "static"
STATICFILES_DIRS = [env.ROOT / "build" / "vendor"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = Path(os.environ.get("WARDROOM_FILES", env.HOME / "files")).resolve()
_BACKUPS = os.environ.get("WARDROOM_BACKUPS", str(env.HOME / "backups"))
BACKUPS = None if _BACKUPS.strip().lower() in {"", "off"} else Path(_BACKUPS)
BACKUP_AT = env.time_of_day("WARDROOM_BACKUP_AT", "01:45")
BACKUPS_KEPT = env.number("WARDROOM_BACKUPS_KEPT", 7)
BACKUP_PASSPHRASE_FILE = os.environ.get("WARDROOM_BACKUP_PASSPHRASE_FILE", "")
PG_PROGRAMS = os.environ.get("WARDROOM_PG_PROGRAMS", "")
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "wardroom.web.scanned.InMemoryHandler",
    "wardroom.web.scanned.OnDiskHandler",
]

EMAIL_HOST = os.environ.get("WARDROOM_SMTP_HOST", "")
EMAIL_PORT = env.number("WARDROOM_SMTP_PORT", 25)
EMAIL_HOST_USER = os.environ.get("WARDROOM_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("WARDROOM_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("WARDROOM_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = env.HOME / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("WARDROOM_MAIL_FROM", "Wardroom <wardroom@localhost>")

LEDGER_KEY = os.environ.get("WARDROOM_LEDGER_KEY", "")
HEADS_FOLDER = Path(os.environ.get("WARDROOM_HEADS", env.HOME / "heads"))
HEADS_ADDRESS = os.environ.get("WARDROOM_HEADS_ADDRESS", "")
SCANNER = os.environ.get("WARDROOM_SCANNER", "")
HOOKS_INSIDE = env.flag("WARDROOM_HOOKS_INSIDE", default=False)
QUIET_HOURS = env.flag("WARDROOM_QUIET_HOURS", default=True)
ALERTS_ADDRESS = os.environ.get("WARDROOM_ALERTS_ADDRESS", "")
INBOUND_ADDRESS = os.environ.get("WARDROOM_MAIL_INBOUND", "")
ENDPOINT_KEYS = env.words("WARDROOM_ENDPOINT_KEYS", default="")
ENDPOINTS_PRIVATE = env.flag("WARDROOM_ENDPOINTS_PRIVATE", default=False)
IMAP_HOST = os.environ.get("WARDROOM_IMAP_HOST", "")
IMAP_TLS = env.flag("WARDROOM_IMAP_TLS", default=True)
IMAP_PORT = env.number("WARDROOM_IMAP_PORT", 993)
IMAP_USER = os.environ.get("WARDROOM_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("WARDROOM_IMAP_PASSWORD", "")
IMAP_FOLDER = os.environ.get("WARDROOM_IMAP_FOLDER", "INBOX")
IMAP_DONE = os.environ.get("WARDROOM_IMAP_DONE", "Wardroom")

Q_CLUSTER: dict[str, Any] = {
    "name": "wardroom",
    "orm": "default",
    "workers": env.number("WARDROOM_WORKERS", 1),
    "timeout": 1800,
    "retry": 2000,
    "max_attempts": 5,
    "ack_failures": True,
    "save_limit": -1,
    "poll": 0.5,
    "guard_cycle": 1,
    "catch_up": False,
    "label": "Queue",
    "log_level": os.environ.get("WARDROOM_LOG", "WARNING"),
}
if os.environ.get("WARDROOM_REDIS_URL"):
    Q_CLUSTER["redis"] = os.environ["WARDROOM_REDIS_URL"]
    del Q_CLUSTER["orm"]

METRICS_TOKEN = os.environ.get("WARDROOM_METRICS_TOKEN", "")
TIME_SERVER = os.environ.get("WARDROOM_TIME_SERVER", "")

LOG_LEVEL = os.environ.get("WARDROOM_LOG", "WARNING")
LOG_FORMAT = os.environ.get("WARDROOM_LOG_FORMAT", "plain")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "wardroom.config.logs.Plain",
            "format": "%(asctime)s %(levelname)s %(name)s %(of_request)s%(message)s",
        },
        "json": {"()": "wardroom.config.logs.Json"},
    },
    "filters": {
        "hide words": {"()": "wardroom.config.logs.HideWords"},
        "hide tokens": {"()": "wardroom.config.logs.HideTokens"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "plain",
            "filters": ["hide words", "hide tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Programs that gather logs get a line for each answer, whatever else is logged.
    "loggers": {"wardroom.requests": {"level": "INFO"}} if LOG_FORMAT == "json" else {},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Whether browsers are shipped with a domain's rule is for whoever owns the domain.
SILENCED_SYSTEM_CHECKS: list[str] = ["security.W021"]
