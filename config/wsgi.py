"""The pages as a WSGI application: what `config.asgi` runs in its threads, and any WSGI server can run alone."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
