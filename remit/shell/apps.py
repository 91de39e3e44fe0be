from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "remit.shell"
    label = "shell"
    verbose_name = "Shell"

    def ready(self) -> None:
        from remit.shell.form_words import speak_plainly

        speak_plainly()
