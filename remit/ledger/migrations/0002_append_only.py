"""The database itself refuses to change the record. Corrections point at the old entry."""

from django.db import migrations

SQLITE = [
    ("entry_not_updated", "BEFORE UPDATE ON ledger_entry", "", "The record is append-only: entries are never changed."),
    ("entry_not_deleted", "BEFORE DELETE ON ledger_entry", "", "The record is append-only: entries are never deleted."),
    ("sealed_not_updated", "BEFORE UPDATE ON ledger_sealed", "", "Sealed texts are never changed."),
    (
        "stream_only_grows",
        "BEFORE UPDATE ON ledger_stream",
        "WHEN NEW.sequence <= OLD.sequence",
        "A stream only grows.",
    ),
    ("stream_not_deleted", "BEFORE DELETE ON ledger_stream", "", "A stream is never deleted."),
]

POSTGRESQL = [
    (
        "entry_append_only",
        "BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW",
        "The record is append-only: entries are never changed.",
    ),
    (
        "entry_not_truncated",
        "BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT",
        "The record is append-only: entries are never deleted.",
    ),
    ("sealed_not_updated", "BEFORE UPDATE ON ledger_sealed FOR EACH ROW", "Sealed texts are never changed."),
    ("sealed_not_truncated", "BEFORE TRUNCATE ON ledger_sealed FOR EACH STATEMENT", "Sealed texts are never emptied."),
    (
        "stream_only_grows",
        "BEFORE UPDATE ON ledger_stream FOR EACH ROW WHEN (NEW.sequence <= OLD.sequence)",
        "A stream only grows.",
    ),
    ("stream_not_deleted", "BEFORE DELETE ON ledger_stream FOR EACH ROW", "A stream is never deleted."),
    ("stream_not_truncated", "BEFORE TRUNCATE ON ledger_stream FOR EACH STATEMENT", "A stream is never deleted."),
]

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$
"""


def forbid(apps, schema_editor):
    def run(sql):
        schema_editor.execute(sql, params=None)  # psycopg would read % as a placeholder

    if schema_editor.connection.vendor == "sqlite":
        for name, event, when, words in SQLITE:
            run(f"CREATE TRIGGER {name} {event} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END")
    else:
        run(REFUSE)
        for name, event, words in POSTGRESQL:
            run(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION ledger_refuse('{words}')")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forbid, elidable=False)]
