from django.apps import AppConfig
from django.core.checks import register


class SiteConfig(AppConfig):
    name = "remit.site"
    label = "site"
    verbose_name = "The site"

    def ready(self) -> None:
        from remit.site.navigation import lay_out_places
        from remit.site.sign_in_demonstration import check_demonstration

        lay_out_places()
        register(check_demonstration)
