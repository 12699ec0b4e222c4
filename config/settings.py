"""Settings: safe by default, and every one that an operator may change comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from alongside.lib.engine import database_settings
from alongside.lib.home import home, public_url, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name: str, default: bool = False) -> bool:
    """A yes/no setting: 1, true, yes and on mean yes."""
    return os.environ.get(name, str(default)).strip().lower() in ("1", "true", "yes", "on")


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated setting."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


SECRET_KEY = secret_key()
DEBUG = False
# The address that people see, as in https://service.example.org; links in mail are made from it.
PUBLIC_URL = public_url()
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or [
    PUBLIC_URL.split("://")[1].split(":")[0],
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

ALONGSIDE_HOME = home()
ALONGSIDE_PRINCIPAL = "alongside.members.recognition.principal_of_scope"
FORM_LIMIT = 2_000_000  # bytes of a body that is not an upload
UPLOAD_LIMIT = int(os.environ.get("UPLOAD_LIMIT", str(25 * 1024 * 1024)))  # bytes of one upload
LIVE_URL = os.environ.get("LIVE_URL", "")  # redis://… carries hints between many processes; empty: NOTIFY
FETCH_PORTS = env_list("FETCH_PORTS", "80,443")  # where other servers may be asked: pictures in letters, and the like
UNDO_SECONDS = int(os.environ.get("UNDO_SECONDS", "15"))  # how long a sent message waits for second thoughts

ROOMS = [
    "alongside.look",
    "alongside.events",
    "alongside.live",
    "alongside.people",
    "alongside.keys",
    "alongside.files",
    "alongside.members",
    "alongside.promises",
    "alongside.conversations",
    "alongside.visits",
    "alongside.moments",
    "alongside.profiles",
    "alongside.booths",
    "alongside.knowledge",
    "alongside.notifications",
    "alongside.search",
    "alongside.channels.email",
    "alongside.importers",
    "alongside.demo",
    "alongside.desk",
    "alongside.portal",
    "alongside.api",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "csp",
    "procrastinate.contrib.django",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "alongside.lib.slashes.OneAddress",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.members.middleware.NoteSession",
    "alongside.members.middleware.RecogniseMember",
    "alongside.portal.middleware.RecognisePerson",
    "alongside.booths.middleware.RecogniseGuest",
    "alongside.api.answering.ApiAnswers",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_template_folders = [BASE_DIR / room.replace(".", "/") for room in ROOMS]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [folder / "templates" for folder in _template_folders],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "alongside.look.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "alongside.look.context.page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder / "dj" for folder in _template_folders],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.look.context.page",
            ],
        },
    },
]

# A database that vanished without a word is given up soon, instead of holding a thread for as long as TCP would.
_patience = {"connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_database = database_settings()
DATABASES = {
    "default": {
        **_database,
        # Without a threshold psycopg prepares nothing, not even what lib.prepared asks it to.
        "OPTIONS": {**_patience, "tcp_user_timeout": 30000, "prepare_threshold": 5, **_database.get("OPTIONS", {})},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["alongside.members.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "alongside.members.passwords.NotOneselfs", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "alongside.members.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "alongside.members.passwords.NotEverybodys"},
    {"NAME": "alongside.members.passwords.NotOnlyFigures"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "alongside.members.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # members come by invitation, which already proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to whom we do not know
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "change_password": "alongside.members.account_forms.ChangePassword",
    "set_password": "alongside.members.account_forms.SetPassword",
    "reset_password_from_key": "alongside.members.account_forms.ResetPassword",
}
# Beside allauth's own: links to sign in or to join, opened or tried; asking to sign in with another address; a person
# asking for the link to their page, by where they ask from and by the address they type, known or not; the doorstep of
# a booth, before which a whole family may stand behind one address.
ACCOUNT_RATE_LIMITS = {"open_link": "30/m/ip", "change_address": "6/h/user", "ask_my_page": "30/h/ip,5/h/key",
                       "booth_door": "120/m/ip"}
# Proxies of ours in front: throttling counts by the address that the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or env_flag("BEHIND_TLS_PROXY"))
USERSESSIONS_TRACK_ACTIVITY = True

EMAIL_BACKEND = "alongside.channels.email.backend.OutboxBackend"  # letters of the house: the durable outbox
EMAIL_TIMEOUT = 10  # seconds

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]  # those with a catalogue in locale/
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # unused: files live in the database
    "staticfiles": {"BACKEND": "alongside.lib.static.HashedStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "alongside_session"
CSRF_FAILURE_VIEW = "alongside.look.views.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_flag("BEHIND_TLS_PROXY") else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"answered": {"()": "alongside.lib.logs.WithoutTraces"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["answered"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
