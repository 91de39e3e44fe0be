from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "remit.promises"
    label = "promises"
    verbose_name = "Promises"

    def ready(self) -> None:
        from remit.ledger.verbs import register
        from remit.promises.verbs import VERBS
        from remit.shell import subjects

        register(*VERBS)
        subjects.register("promises.promise", "promises:show")
