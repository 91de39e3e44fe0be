from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "remit.decisions"
    label = "decisions"
    verbose_name = "Decisions"
