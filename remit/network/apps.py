from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "remit.network"
    label = "network"
    verbose_name = "Who there is"
