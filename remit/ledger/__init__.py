"""The record: append-only, chained, and written in the transaction that makes the change."""
