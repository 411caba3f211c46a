"""The portal's settings with what tests need: a demo, a data directory of their own, a cheap hasher.

DATABASE_URL chooses the database as it does for the portal: SQLite in memory without it.
"""

import atexit
import os
import shutil
import tempfile

_data_dir = tempfile.mkdtemp(prefix="danvan-tests-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ["DANVAN_DATA_DIR"] = _data_dir
os.environ["DANVAN_DEMO"] = "1"

from danvan.settings import *  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Long work is done at once, where it is asked for.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Every test makes the middleware anew: it need not read the list of all static files each time.
WHITENOISE_AUTOREFRESH = True
