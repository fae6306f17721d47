"""What a web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from mlezi.plumbing import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
application = get_wsgi_application()
len(get_resolver().url_patterns)  # loads every room's pages now; otherwise the first to ask would wait for them
memory.look_less_often()
