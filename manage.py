#!/usr/bin/env python
"""Django's usual entry, for developers: the same commands as `remit`."""

import sys

from remit.site.command import main

if __name__ == "__main__":
    sys.exit(main())
