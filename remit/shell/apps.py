from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "remit.shell"
    label = "shell"
    verbose_name = "Shell"
