"""Settings of Điều Hành. Everything a site changes comes from the environment.

DIEUHANH_VAR         folder of the database and files (default: var/ of the checkout)
DIEUHANH_DEMO        1: demonstration: the cast is shown on the sign-in page, the clock stands still
DIEUHANH_NOW         ISO moment at which the clock of a demonstration stands
DIEUHANH_DATABASE    name of the database in the embedded server (default: dieuhanh)
DIEUHANH_SECRET_KEY  key of sessions (default: made once, kept in var/)
DIEUHANH_VAULT_KEY, DIEUHANH_VAULT_KEY_FILE   keys of the vault, or the file that holds them, see
                     kernel/vault/keys.py (default: var/vault-key, made once)
DIEUHANH_HOSTS       names the site answers to, comma separated
DIEUHANH_SITE_URL    address of the site in mails, such as https://dieuhanh.example
DIEUHANH_SMTP_URL, DIEUHANH_MAIL_FROM   mail server and sender of notices, see config/mail.py
DIEUHANH_LIVE_URL    where a page finds the live stream: a path, or :port of the same machine
DIEUHANH_METRICS_TOKEN   bearer token with which /metrics is read from another machine
DIEUHANH_LEAST_OPEN_COUNT   least count that the open pages show beside 0 (default: 5)
DIEUHANH_LOG_LEVEL   least level of the log (default: INFO; WARNING in a demonstration)
DATABASE_URL, DATABASE_APP_URL   see config/database.py
"""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from dieuhanh.config import database, mail

BASE_DIR = Path(__file__).resolve().parents[3]
PACKAGE_DIR = BASE_DIR / "src" / "dieuhanh"
DATA_DIR = BASE_DIR / "data"
VAR_DIR = Path(os.environ.get("DIEUHANH_VAR", BASE_DIR / "var"))
NODE_MODULES = BASE_DIR / "node_modules"
BUILT_DIR = BASE_DIR / "built"
DEMO = os.environ.get("DIEUHANH_DEMO") == "1"
FIXED_NOW = os.environ.get("DIEUHANH_NOW", "")
#: The data set a demonstration and the reports stand on.
DATASET = "hanoi-2024-h1"


def _secret_key() -> str:
    if key := os.environ.get("DIEUHANH_SECRET_KEY"):
        return key
    kept = VAR_DIR / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


SECRET_KEY = _secret_key()
VAULT_KEY = os.environ.get("DIEUHANH_VAULT_KEY", "")
VAULT_KEY_FILE = Path(os.environ.get("DIEUHANH_VAULT_KEY_FILE", VAR_DIR / "vault-key"))
#: Made where database and key are this machine's own; elsewhere a second machine would make another.
VAULT_MAKES_KEY = "DIEUHANH_VAULT_KEY_FILE" not in os.environ and (DEMO or database.is_embedded())
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DIEUHANH_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "dieuhanh.kernel.ui",
    "dieuhanh.kernel.journal",
    "dieuhanh.kernel.identity",
    "dieuhanh.kernel.numbering",
    "dieuhanh.kernel.workdays",
    "dieuhanh.kernel.personal",
    "dieuhanh.kernel.entries",
    "dieuhanh.kernel.search",
    "dieuhanh.kernel.files",
    "dieuhanh.kernel.obligations",
    "dieuhanh.kernel.notifications",
    "dieuhanh.kernel.tracking",
    "dieuhanh.kernel.errands",
    "dieuhanh.registers.documents",
    "dieuhanh.registers.assignments",
    "dieuhanh.registers.complaints",
    "dieuhanh.registers.feedback",
    "dieuhanh.registers.procedures",
    "dieuhanh.registers.inspections",
    "dieuhanh.registers.press",
    "dieuhanh.registers.indicators",
    "dieuhanh.reports.review",
    "dieuhanh.reports.issue",
    "dieuhanh.reports.proofing",
    "dieuhanh.registers.meetings",
    "dieuhanh.registers.foreign_reception",
    "dieuhanh.registers.petitions",
    "dieuhanh.reports.compose",
    "dieuhanh.reports.render",
    "dieuhanh.faces.desk",
    "dieuhanh.faces.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "template_partials",
    "django_htmx",
    "procrastinate.contrib.django",
]
#: Tasks of the queue stand in the `jobs.py` of each room.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

MIDDLEWARE = [
    "dieuhanh.faces.observing.ObservingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "dieuhanh.faces.desk.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dieuhanh.faces.desk.middleware.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dieuhanh.faces.desk.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dieuhanh.faces.desk.signed_out.KeepingLoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dieuhanh.faces.desk.acting.ActingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dieuhanh.faces.desk.middleware.OutageMiddleware",
]

ROOT_URLCONF = "dieuhanh.config.urls"
WSGI_APPLICATION = "dieuhanh.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dieuhanh.faces.desk.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "dieuhanh.kernel.ui.templatetags.look",
            ],
        },
    }
]

DATABASES = {
    "default": database.connection_settings(VAR_DIR),
    "owner": database.connection_settings(VAR_DIR, owner=True),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = ["dieuhanh.kernel.identity.backend.AppointedBackend"]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
#: What tools/assets.py built: names with digests, kept by browsers for good.
STATIC_ROOT = BUILT_DIR
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$"
#: In a demonstration a sheet, script or picture that was edited after the build is served at once.
WATCH_SCREEN_FILES = WHITENOISE_AUTOREFRESH = DEMO
#: npm's packages as they are, under vendor/: served while there is no build.
STATICFILES_DIRS = [
    PACKAGE_DIR / "proof/output/static",
    ("vendor/tabler/css", NODE_MODULES / "@tabler/core/dist/css"),
    ("vendor/be-vietnam-pro/files", NODE_MODULES / "@fontsource/be-vietnam-pro/files"),
    ("vendor/inter/files", NODE_MODULES / "@fontsource/inter/files"),
    ("vendor/htmx", NODE_MODULES / "htmx.org/dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "dieuhanh.kernel.ui.screen_files.ScreenFiles"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

SMTP_URL = os.environ.get("DIEUHANH_SMTP_URL", "")
globals().update(mail.server_settings(SMTP_URL))
MAIL_ENABLED = bool(SMTP_URL)
DEFAULT_FROM_EMAIL = os.environ.get("DIEUHANH_MAIL_FROM", "dieuhanh@localhost")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
SITE_URL = os.environ.get("DIEUHANH_SITE_URL", "").rstrip("/")
LIVE_URL = os.environ.get("DIEUHANH_LIVE_URL", "")
METRICS_TOKEN = os.environ.get("DIEUHANH_METRICS_TOKEN", "")
#: The open pages hide counts from 1 to one less than this (no law sets it: to be confirmed).
LEAST_OPEN_COUNT = int(os.environ.get("DIEUHANH_LEAST_OPEN_COUNT", "5"))

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dieuhanh.faces.desk.signed_out.stale_token"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

#: One JSON object a line; what it may hold is decided in faces/observing.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dieuhanh.faces.observing.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "dieuhanh": {
            "level": os.environ.get("DIEUHANH_LOG_LEVEL", "WARNING" if DEMO else "INFO"),
        },
        # Says the path of an answer that is an error; observing tells its route instead.
        "django.request": {"level": "ERROR"},
        # When it debugs, it prints all that a page was given.
        "django.template": {"level": "WARNING"},
    },
}
