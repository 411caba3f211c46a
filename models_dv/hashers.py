"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (OWASP's first choice): about 50 ms a sign-in."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
