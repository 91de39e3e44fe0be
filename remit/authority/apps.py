from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    name = "remit.authority"
    label = "authority"
    verbose_name = "Authority"

    def ready(self) -> None:
        from remit.authority.acts import ACTS
        from remit.authority.verbs import VERBS
        from remit.ledger.verbs import register
        from remit.shell import acts

        register(*VERBS)
        for act in ACTS:
            acts.register(act)
