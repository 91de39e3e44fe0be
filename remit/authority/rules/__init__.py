"""Authority as values: nothing here knows of databases, pages or the time of day."""
