"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dieuhanh.config.settings")
application = get_wsgi_application()

# What is loaded by now stays, so the collector need not walk through it in the middle of a page;
# and a page makes tens of thousands of objects that go by themselves, so it looks less often.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 5, 100)
