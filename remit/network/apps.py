from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "remit.network"
    label = "network"
    verbose_name = "Who there is"

    def ready(self) -> None:
        from remit.ledger.verbs import register
        from remit.network.verbs import VERBS

        register(*VERBS)
