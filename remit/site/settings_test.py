"""Settings for tests: the real ones, on a database of their own in the temporary folder.

| variable | default | what it sets |
| --- | --- | --- |
| REMIT_TEST_DATABASE | sqlite | `postgresql` runs the same tests there |
| REMIT_TEST_POSTGRESQL | none | folder of that server's socket; `./test` starts one and sets it |
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "REMIT_TEST_DATA" not in os.environ:  # processes that tests start share the folder of the first
    os.environ["REMIT_TEST_DATA"] = tempfile.mkdtemp(prefix="remit-test-")
    atexit.register(shutil.rmtree, os.environ["REMIT_TEST_DATA"], ignore_errors=True)

_data = Path(os.environ["REMIT_TEST_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
_data.mkdir(exist_ok=True)
os.environ["REMIT_DATA"] = str(_data)
for _name in ("DATABASE_URL", "REMIT_DEBUG", "REMIT_DEMONSTRATION", "REMIT_HOSTS", "REMIT_HTTPS"):
    os.environ.pop(_name, None)

from remit.site.settings import *  # noqa: E402, F403
from remit.site.settings import DATABASES, INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "remit.testing"]

if os.environ.get("REMIT_TEST_DATABASE") == "postgresql":
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["REMIT_TEST_POSTGRESQL"],
        "NAME": "postgres",
        "USER": "postgres",
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": f"test_remit_{os.getpid()}"},
    }
else:
    # A file, not memory, so that tests may start processes; of this name, so that those find it in REMIT_DATA.
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "remit.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
