from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    name = "remit.authority"
    label = "authority"
    verbose_name = "Authority"
