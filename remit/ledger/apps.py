from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "remit.ledger"
    label = "ledger"
    verbose_name = "The record"

    def ready(self) -> None:
        from remit.ledger.verbs import VERBS, register

        register(*VERBS)
