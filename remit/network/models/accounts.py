"""How someone signs in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from remit.kernel.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by user name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A way in, for one person at most. Ending it never touches the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField("network.Person", models.PROTECT, null=True, blank=True, related_name="account")
    is_active = models.BooleanField(default=True)
    is_technical = models.BooleanField(default=False)  # sees configuration and health, not content
    made_up = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    def __str__(self) -> str:
        return self.username
