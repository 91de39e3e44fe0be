from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "remit.promises"
    label = "promises"
    verbose_name = "Promises"
