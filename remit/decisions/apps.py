from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "remit.decisions"
    label = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from remit.decisions.verbs import VERBS
        from remit.ledger.verbs import register
        from remit.shell import subjects

        register(*VERBS)
        subjects.register("decisions.decision", "decisions:show")
