"""Every setting, read from the environment, each with a comment a person can act on.

`docs/reference/settings.md` is made from the calls below; a stale page fails `dev.py check`.
Importing this module needs no secret and touches no disk.
"""

from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured

from mlezi.plumbing import environment as env

PACKAGE = Path(__file__).resolve().parent.parent

# --- where things are ---
DATA = env.folder("MLEZI_DATA", Path("mlezi-data").resolve(), "Folder for the database, attachments and keys.")
DATABASE_URL = env.text(
    "DATABASE_URL", "", "postgres://user:password@host/name; empty for embedded SQLite in the data folder."
)
DEBUG = env.flag("MLEZI_DEBUG", False, "Show technical error pages. Never on a server that people use.")
DEMO = env.flag(
    "MLEZI_DEMO",
    False,
    "Said by `mlezi demo` itself: the tour on the start page signs in as made-up people. It stays shut as soon as"
    " there is a real programme.",
)
SECRET_KEY = (
    env.text(
        "MLEZI_SECRET_KEY",
        "",
        "Signs sessions and links. When empty, a random key is made once and kept in the data folder.",
    )
    or "set-by-the-command-line-before-anything-is-served"
)
PUBLIC_URL = env.text("MLEZI_URL", "http://localhost:8000", "Address under which people and phones reach Mlezi.")
ALLOWED_HOSTS = env.names("MLEZI_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "Host names that Mlezi answers to.")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
BEHIND_TLS = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS

# --- what the house is made of, from the ground up ---
ROOMS = [
    "audit",
    "places",
    "people",
    "programmes",
    "instruments",
    "pairing",
    "encounters",
    "competencies",
    "goals",
    "resources",
    "surveys",
    "courses",
    "outcomes",
    "matching",
    "narratives",
    "evaluation",
    "studies",
    "exchange",
    "reports",
    "openrosa",
    "office",
    "field",
    "blueprints",
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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "mlezi.plumbing",
    *(f"mlezi.{room}" for room in ROOMS),
    "mlezi.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mlezi.plumbing.static.Middleware",
    "django.middleware.gzip.GZipMiddleware",  # a page is a tenth; its random padding keeps secrets from being guessed
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mlezi.plumbing.shortcut.Parting",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mlezi.people.middleware.PersonMiddleware",
    "mlezi.plumbing.shortcut.Joining",
    "mlezi.plumbing.shortcut.PolicyMiddleware",
    "mlezi.plumbing.once.OnceMiddleware",
    "mlezi.plumbing.middleware.ProblemsMiddleware",
]
ROOT_URLCONF = "mlezi.config.urls"
WSGI_APPLICATION = "mlezi.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "people" / "templates"],  # pages of signing in: ours come before allauth's
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "mlezi.plumbing.context.page",
            ],
            "builtins": ["mlezi.plumbing.templatetags.furniture", "django.templatetags.i18n"],
        },
    }
]


# --- answers that are kept while nothing they are made of changed ---
KEEP_ANSWERS = env.flag("MLEZI_KEEP_ANSWERS", True, "Keep computed figures until their records change.")
CACHES = {
    "default": {  # how often somebody tried to come in: a file, for every process has to know
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache" / "tries",
        "TIMEOUT": 600,  # seconds that each further try is remembered
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "answers": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache" / "answers",
        "TIMEOUT": 60 * 60 * 24 * 40,  # those of other versions are only a waste of room
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}


# --- the database ---
def _database(url: str) -> dict[str, object]:
    """SQLite tuned for durable writes by several workers, or PostgreSQL with a pool."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "mlezi.sqlite3",
            "TEST": {
                "NAME": DATA / "test.sqlite3"
            },  # a file, as in life: threads, WAL and locks behave as they do there
            "CONN_MAX_AGE": None,  # opening the file and setting the pragmas costs more than a page
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # a reader that starts to write never fails half-way
                "timeout": 60,  # seconds a writer waits for another: a slow machine may derive for half a minute
                "init_command": (  # mmap_size: the most SQLite takes; a page read from there is not copied
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=60000;"
                    "PRAGMA mmap_size=2147418112; PRAGMA cache_size=-32000; PRAGMA journal_size_limit=67108864;"
                    "PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    try:
        parts, port = urlparse(url), urlparse(url).port
    except ValueError:  # what Python says of it may hold the password
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write postgres://user:password@host:port/name, and in the password / as %2F,"
            " @ as %40, # as %23, ? as %3F."
        ) from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or be empty for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


DATABASES = {"default": _database(DATABASE_URL)}

# --- who may come in ---
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_ADAPTER = "mlezi.people.adapter.Adapter"
SOCIALACCOUNT_ADAPTER = "mlezi.people.adapter.OrganisationAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # many districts have no mail server; accounts are made by a coordinator
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip"}
ACCOUNT_FORMS = {
    "login": "mlezi.people.signing.SignIn",
    "change_password": "mlezi.people.signing.ChangePassword",
    "set_password": "mlezi.people.signing.SetPassword",
    "reauthenticate": "mlezi.people.signing.Again",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Mlezi"
MFA_FORMS = {
    "authenticate": "mlezi.people.signing.SecondFactor",
    "reauthenticate": "mlezi.people.signing.SecondFactorAgain",
    "activate_totp": "mlezi.people.signing.SetUpApp",
}
USERSESSIONS_TRACK_ACTIVITY = True
OIDC_SERVER = env.text("MLEZI_OIDC_SERVER", "", "Address of an OpenID Connect server; empty for none.").rstrip("/")
OIDC_CLIENT = env.text("MLEZI_OIDC_CLIENT", "", "Client id given by that server.")
OIDC_SECRET = env.text("MLEZI_OIDC_SECRET", "", "Client secret given by that server.")
OIDC_NAME = env.text("MLEZI_OIDC_NAME", "Organisation account", "What the sign-in button says.")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else []
    }
}
SOCIALACCOUNT_ONLY = False
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
MAIL_FROM = env.text("MLEZI_MAIL_FROM", "", "Sender of invitations by e-mail; empty: none are sent.")
EMAIL_HOST = env.text("MLEZI_MAIL_HOST", "localhost", "Mail server for password resets; optional.")
SESSION_COOKIE_AGE = env.number("MLEZI_SESSION_HOURS", 12 * 7, "Hours until a browser must sign in again.") * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mlezi.plumbing.views.stale_page"

# --- what comes in ---
DATA_UPLOAD_MAX_NUMBER_FILES = 256  # a legal phone request carries up to 101 attachments and the form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = None  # /submission bounds its own size
MAX_SUBMISSION_BYTES = (
    env.number("MLEZI_MAX_SUBMISSION_MB", 100, "Largest request that /submission takes, in megabytes.") * 1_000_000
)
ACCEPT_CONTENT_LENGTH = (
    env.number("MLEZI_BATCH_MB", 5, "Batch size told to phones, in megabytes; small keeps progress on a bad line.")
    * 1_000_000
)
MAX_XML_BYTES = env.number("MLEZI_MAX_XML_MB", 5, "Largest form record, in megabytes.") * 1_000_000
MAX_XML_DEPTH = env.number("MLEZI_MAX_XML_DEPTH", 64, "Deepest nesting of a form record.")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = None
S3_BUCKET = env.text("MLEZI_S3_BUCKET", "", "Keep attachments in this S3 bucket; empty for the data folder.")
S3_ENDPOINT = env.text("MLEZI_S3_ENDPOINT", "", "Address of an S3-compatible store, when it is not Amazon's.")
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": S3_BUCKET, "endpoint_url": S3_ENDPOINT or None, "file_overwrite": False},
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "mlezi.plumbing.static.Storage"},
}

# --- what goes out ---
STATIC_URL = "static/"
STATIC_ROOT = env.folder(
    "MLEZI_STATIC",
    DATA / "static",
    "Folder for styles and scripts, squeezed once per build; otherwise in the data folder.",
)
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000 if not DEBUG else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE, "'wasm-unsafe-eval'"],  # the form engine's expression parser is WASM
        "style-src": [SELF, "'unsafe-inline'"],  # charts carry style attributes
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# --- languages and time ---
LANGUAGE_CODE = env.text("MLEZI_LANGUAGE", "en", "Language of a person who has not chosen one.")
LANGUAGES = [
    ("en", "English"),
    ("sw", "Kiswahili"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
]
READY_LANGUAGES = ["en", "sw"]  # complete; the others await a translator and are not offered
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = env.text("MLEZI_TIME_ZONE", "Africa/Dar_es_Salaam", "Where programmes are, unless a blueprint says.")

# --- numbers for people ---
NUMBER_GROUPING = 3  # of languages for which Django knows no way of writing numbers, such as Swahili
SMALL_GROUP = env.number("MLEZI_SMALL_GROUP", 5, "Groups with fewer people than this are hidden in tables.")

# --- the log ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"tokens": {"()": "mlezi.plumbing.logs.HideTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "loggers": {"pypdf": {"level": "ERROR"}},  # what is wrong with a file is said to whoever brought it
    "root": {"handlers": ["console"], "level": env.text("MLEZI_LOG", "INFO", "How much to log.")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
