"""The assembled site: settings, addresses, home, and pages that mix apps."""
