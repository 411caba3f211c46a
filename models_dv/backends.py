"""Who is signed in."""

from allauth.account.auth_backends import AuthenticationBackend

from models_dv.scopes import user_with_roles


class WithRoles(AuthenticationBackend):
    """Sign-in as allauth does it; whoever is signed in comes with his roles, which every page asks for."""

    def get_user(self, user_id):
        """The user of a session, or None where he may not sign in any more; one query."""
        user = user_with_roles(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
