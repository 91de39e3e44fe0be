"""Segment digests, and what the first triggers left open: replacing a row, and switching triggers off by role."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # SQLite fires no DELETE trigger for the row that INSERT OR REPLACE removes.
    (
        "entry_not_replaced",
        "BEFORE INSERT ON ledger_entry",
        "WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id"
        " OR (stream_id = NEW.stream_id AND sequence = NEW.sequence))",
        "The record is append-only: entries are never replaced.",
    ),
    (
        "sealed_not_replaced",
        "BEFORE INSERT ON ledger_sealed",
        "WHEN EXISTS (SELECT 1 FROM ledger_sealed WHERE id = NEW.id"
        " OR (entry_id = NEW.entry_id AND field = NEW.field))",
        "Sealed texts are never replaced.",
    ),
    (
        "stream_not_replaced",
        "BEFORE INSERT ON ledger_stream",
        "WHEN EXISTS (SELECT 1 FROM ledger_stream WHERE party_id = NEW.party_id)",
        "A stream is never replaced.",
    ),
    (
        "stream_not_renamed",
        "BEFORE UPDATE ON ledger_stream",
        "WHEN NEW.party_id <> OLD.party_id",
        "A stream is never renamed.",
    ),
    ("segment_not_updated", "BEFORE UPDATE ON ledger_segment", "", "Segments are never changed."),
    ("segment_not_deleted", "BEFORE DELETE ON ledger_segment", "", "Segments are never deleted."),
    (
        "segment_not_replaced",
        "BEFORE INSERT ON ledger_segment",
        "WHEN EXISTS (SELECT 1 FROM ledger_segment WHERE id = NEW.id"
        " OR (stream_id = NEW.stream_id AND number = NEW.number))",
        "Segments are never replaced.",
    ),
]

POSTGRESQL = [
    (
        "ledger_stream",
        "stream_not_renamed",
        "BEFORE UPDATE ON ledger_stream FOR EACH ROW WHEN (NEW.party_id <> OLD.party_id)",
        "A stream is never renamed.",
    ),
    (
        "ledger_segment",
        "segment_append_only",
        "BEFORE UPDATE OR DELETE ON ledger_segment FOR EACH ROW",
        "Segments are never changed.",
    ),
    (
        "ledger_segment",
        "segment_not_truncated",
        "BEFORE TRUNCATE ON ledger_segment FOR EACH STATEMENT",
        "Segments are never deleted.",
    ),
]
FIRST_TRIGGERS = [
    ("ledger_entry", "entry_append_only"),
    ("ledger_entry", "entry_not_truncated"),
    ("ledger_sealed", "sealed_not_updated"),
    ("ledger_sealed", "sealed_not_truncated"),
    ("ledger_stream", "stream_only_grows"),
    ("ledger_stream", "stream_not_deleted"),
    ("ledger_stream", "stream_not_truncated"),
]


def guard(apps, schema_editor):
    def run(sql):
        schema_editor.execute(sql, params=None)

    if schema_editor.connection.vendor == "sqlite":
        for name, event, when, words in SQLITE:
            run(f"CREATE TRIGGER {name} {event} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END")
        return
    for _, name, event, words in POSTGRESQL:
        run(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION ledger_refuse('{words}')")
    for table, name in FIRST_TRIGGERS + [(table, name) for table, name, _, _ in POSTGRESQL]:
        run(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")  # session_replication_role does not silence these


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("mark", models.CharField(max_length=64)),
                (
                    "stream",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="segments", to="ledger.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("stream", "number"), name="segment_place_in_stream"),
                ],
            },
        ),
        migrations.RunPython(guard, elidable=False),
    ]
