"""Settings of the portal: safe for production by default; DANVAN_DEMO=1 loosens what a demo needs.

From the environment: DANVAN_DEMO, SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, CACHE_URL, DANVAN_DATA_DIR,
DANVAN_HTTPS, DANVAN_PROXIES, DANVAN_HSTS_SECONDS, CSRF_TRUSTED_ORIGINS, DANVAN_DEMO_PASSWORD,
DANVAN_LOG_LEVEL, DEBUG; for mail DANVAN_MAIL_URL, DANVAN_MAIL_FROM, DANVAN_PORTAL_URL; and for the pages'
foot DANVAN_OWNER, DANVAN_RESPONSIBLE, DANVAN_ADDRESS, DANVAN_PHONE, DANVAN_EMAIL.
"""

import os
from email.utils import formataddr
from pathlib import Path

from csp.constants import NONE, SELF

from danvan.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment(os.environ)
DEMO = env.flag("DANVAN_DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("DANVAN_HTTPS", default=not DEMO)
# How many proxies of our own stand in front; their X-Forwarded headers are believed, nobody else's.
PROXIES = env.number("DANVAN_PROXIES", default=0)
HSTS_SECONDS = env.number("DANVAN_HSTS_SECONDS", default=365 * 24 * 3600)
# What people put in (database of a small site, uploads, issued documents): outside the web root.
DATA_DIR = env.directory("DANVAN_DATA_DIR", default=BASE_DIR / "var")
SECRET_KEY = env.secret_key(demo=DEMO, data_dir=DATA_DIR)
ALLOWED_HOSTS = env.allowed_hosts(demo=DEMO)
DATABASES = {"default": env.database(base_dir=BASE_DIR, data_dir=DATA_DIR)}
CACHES = {"default": env.cache()}
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
DEMO_PASSWORD = env.demo_password(demo=DEMO, data_dir=DATA_DIR)
LOG_LEVEL = env.text("DANVAN_LOG_LEVEL", default="WARNING").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    env.wrong("DANVAN_LOG_LEVEL", "chỉ nhận DEBUG, INFO, WARNING hoặc ERROR.", "unknown level")
MAIL = env.mail()
MAIL_IS_SET = bool(MAIL["HOST"])
MAIL_SENDER = env.mail_sender(needed=MAIL_IS_SET)
# Where links in mails lead.
PORTAL_URL = env.portal_url(needed=MAIL_IS_SET)
# Made from the code and its packages at set-up (fonts, collected static files); never data.
BUILD_DIR = BASE_DIR / "var"
GENERATED_DIR = BUILD_DIR / "generated"
FONTS_DIR = GENERATED_DIR / "fonts"
STATIC_ROOT = BUILD_DIR / "static"
env.made("var/generated", GENERATED_DIR)
env.made("var/static", STATIC_ROOT)
env.stop_if_wrong()

# Who stands behind the portal, as its pages show it; what is empty is left out.
PORTAL = {
    "title": "Cổng báo cáo công tác dân vận",
    "owner": env.text("DANVAN_OWNER"),
    "responsible": env.text("DANVAN_RESPONSIBLE"),
    "address": env.text("DANVAN_ADDRESS"),
    "phone": env.text("DANVAN_PHONE"),
    "email": env.text("DANVAN_EMAIL"),
}

# --- applications and the way of a request ---------------------------------------------------------

INSTALLED_APPS = [
    "reports",
    "models_dv",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "allauth",
    "allauth.account",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "models_dv.views.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "models_dv.views.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "models_dv.views.middleware.PrivateSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "models_dv.views.middleware.LoginRequiredUnlessPublicMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "models_dv.views.middleware.NotAllowedPageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "danvan.urls"
WSGI_APPLICATION = "danvan.wsgi.application"

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
                "models_dv.views.context.portal",
                "reports.views.staff.context.staff",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Vietnamese ------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "models_dv.formats"

# --- sign-in ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "models_dv.User"
AUTHENTICATION_BACKENDS = ["models_dv.backends.WithRoles"]
PASSWORD_HASHERS = [
    "models_dv.hashers.PortalArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "models_dv.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "models_dv.password_rules.UnlikeTheName",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
    {"NAME": "models_dv.password_rules.NotCommon"},
    {"NAME": "models_dv.password_rules.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:my_work"
LOGOUT_REDIRECT_URL = "public:home"

ACCOUNT_ADAPTER = "models_dv.views.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "models_dv.forms.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_SESSION_REMEMBER = True
# Wrong passwords are counted by models_dv.domain.sign_in, per account, per address and for both.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

SESSION_COOKIE_AGE = 12 * 3600

# --- security --------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "models_dv.views.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The fullest form is a part with 93 figures of four fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# What is too large is not kept while it arrives; a full disk is an error of the field.
FILE_UPLOAD_HANDLERS = [
    "models_dv.views.upload_handlers.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "models_dv.views.upload_handlers.DiskUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# --- files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", GENERATED_DIR]

FILES_ROOT = DATA_DIR / "files"
MEDIA_ROOT = FILES_ROOT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Issued documents and uploads: only views that ask for the right hand them out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- long work -------------------------------------------------------------------------------------

# Orders stand in the database, beside what they are about; the worker is manage.py run_jobs.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- mail ------------------------------------------------------------------------------------------

# Only the worker sends (models_dv.domain.mail_queue); without a server nothing leaves the portal.
EMAIL_BACKEND = MAIL["BACKEND"]
EMAIL_HOST, EMAIL_PORT = MAIL["HOST"], MAIL["PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["HOST_USER"], MAIL["HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["USE_TLS"], MAIL["USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = formataddr((PORTAL["title"], MAIL_SENDER)) if MAIL_IS_SET else ""

# --- log -------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "models_dv.request_id.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} [{request_id}] {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # A missing page or a refused form is an answer, not an incident.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
