"""What every installation shares; each value that may differ is read through `tiequan.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tiequan.env import ROOT, Environment, database_from_url
from workflow.offered import resolve

env = Environment.load()

BASE_DIR: Path = ROOT
VAR: Path = env.path("TIEQUAN_VAR", ROOT / "var")
VAR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.text("TIEQUAN_SECRET_KEY")
DEBUG = env.flag("TIEQUAN_DEBUG", default=False)
ALLOWED_HOSTS = env.names("TIEQUAN_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

# What this process serves: a public one mounts no /admin/.
TIEQUAN_SITE = env.choice("TIEQUAN_SITE", options=("public", "staff", "both"), default="both")
# A shifted day, for demonstrations; accounts.clock heeds it only while DEBUG is on.
TIEQUAN_TODAY = env.text("TIEQUAN_TODAY")
TIEQUAN_BASE_URL = env.text("TIEQUAN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
# Dotted paths, or names that installed packages offer; "none" enables no plugin at all.
TIEQUAN_PLUGINS = resolve(env.names("TIEQUAN_PLUGINS", "workflow.plugins.watch"))
TIEQUAN_REDIS_URL = env.text("TIEQUAN_REDIS_URL")

INSTALLED_APPS = [
    # publicity.basepage stands before wagtail: the page model it swaps in must load first.
    "publicity.basepage",
    "accounts",
    "workflow",
    *TIEQUAN_PLUGINS,
    "publicity.pages",
    "publicity.exposures",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.users_app.ClosedUsersConfig",  # wagtail.users without its screens
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "guardian",
    "django_fsm",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tiequan.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "publicity.pages.middleware.PublicSiteMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.PostingMiddleware",
    "workflow.middleware.EditorsOnly",
    "publicity.exposures.middleware.AirlockMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "tiequan.urls"
WSGI_APPLICATION = "tiequan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": database_from_url(
        env.text("TIEQUAN_DATABASE_URL", f"sqlite:///{VAR / 'tiequan.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_PAGE_MODEL = "basepage.BasePage"

# Public files only. Evidence and the files of an unreleased exposure lie under PRIVATE_ROOT, which
# no server may map to an address.
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
PRIVATE_ROOT = VAR / "private"
# What is taken in as evidence: megabytes of one file, endings (empty: every known one), and the
# virus scanner that is asked first: a socket file or host:port of clamd (empty: none).
EVIDENCE_MB = env.number("TIEQUAN_EVIDENCE_MB", 50)
EVIDENCE_TYPES = [name.lower().lstrip(".") for name in env.names("TIEQUAN_EVIDENCE_TYPES")]
CLAMAV = env.text("TIEQUAN_CLAMAV")
# LibreOffice processes at once on this server, over all its web and task workers.
SOFFICE_SLOTS = max(env.number("TIEQUAN_SOFFICE", 2), 1)
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in (ROOT / "static",) if path.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Ten megabytes of text and more, as our forms send it: in parts (multipart/form-data). In one line
# each Chinese character would be nine bytes, and as slow to read as it is long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# One backend answers everything: guardian's own would trust its rows without asking for dates.
AUTHENTICATION_BACKENDS = ["accounts.backends.PostingBackend"]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # asks for the backend that is left out above
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.forms.sign_in.SignInForm"
ANONYMOUS_USER_NAME = None  # guardian: nobody anonymous holds a permission
GUARDIAN_MONKEY_PATCH_USER = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"
# Thirty idle minutes end a session; see ``PostingMiddleware`` for when the half hour starts again.
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.refused.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # Wagtail's preview views allow their own origin themselves
SECURE_REFERRER_POLICY = "same-origin"

# --- Parts: cache, tasks, search ------------------------------------------------------------------
if TIEQUAN_REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": TIEQUAN_REDIS_URL,
            "KEY_PREFIX": "tiequan",
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CELERY_BROKER_URL = TIEQUAN_REDIS_URL or "memory://localhost/"
CELERY_TASK_ALWAYS_EAGER = not TIEQUAN_REDIS_URL
CELERY_TASK_EAGER_PROPAGATES = False
# Without a broker a dossier is bound in a thread of the process that was asked.
TIEQUAN_DOSSIER_THREADS = CELERY_TASK_ALWAYS_EAGER
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}

_SEARCH = env.choice(
    "TIEQUAN_SEARCH",
    options=("sqlite", "postgresql"),
    default=str(DATABASES["default"]["ENGINE"]).rpartition(".")[2].replace("sqlite3", "sqlite"),
)
# Two indexes that never share a table: "default" holds public copies, "casework" internal text.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": f"search.backends.{_SEARCH}", "INDEX": "public", "AUTO_UPDATE": False},
    "casework": {
        "BACKEND": f"search.backends.{_SEARCH}",
        "INDEX": "casework",
        "AUTO_UPDATE": False,
    },
}

# --- Wagtail --------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "铁拳"
WAGTAILADMIN_BASE_URL = TIEQUAN_BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # every date is the bureau's: nobody chooses another
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # One line per indexed page or finished task says nothing to whoever reads the log.
    "loggers": {
        name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "celery.app.trace")
    },
}
