"""Settings of the tests: a server of their own under var/test, a fixed clock, fast passwords.

Several processes at once (`pytest -n auto`) share the server and have a database each.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
os.environ["DIEUHANH_VAR"] = str(ROOT / "var" / "test")
if worker := os.environ.pop("PYTEST_XDIST_WORKER", ""):  # each has a database of its own
    os.environ["DIEUHANH_DATABASE"] = f"{os.environ.get('DIEUHANH_DATABASE', 'dieuhanh')}_{worker}"
os.environ["DIEUHANH_DEMO"] = "1"
os.environ["DIEUHANH_NOW"] = "2024-06-17T08:40"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # the browser driver keeps an event loop in this thread
)

from dieuhanh.config.settings import *  # noqa: E402, F403

#: Browser tests look at what was built when they began, whatever is edited meanwhile.
WATCH_SCREEN_FILES = WHITENOISE_AUTOREFRESH = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
