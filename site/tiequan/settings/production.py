"""A real installation behind nginx with TLS; refuses to start on what would be unsafe."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from tiequan.settings.base import *

DEBUG = False
TIEQUAN_TODAY = ""

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "TIEQUAN_SECRET_KEY must be a random string of at least 50 characters."
    )
if not env.names("TIEQUAN_ALLOWED_HOSTS"):
    raise ImproperlyConfigured("TIEQUAN_ALLOWED_HOSTS must name the host names of this site.")

# Whose word on where a request came from counts (X-Forwarded-For): the reverse proxy's alone.
TIEQUAN_TRUSTED_PROXIES = env.names("TIEQUAN_TRUSTED_PROXIES", "127.0.0.1,::1")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# Collected files carry a digest in their names and are served by the process itself.
MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
