"""Every address of the portal that bears a name, as the URL resolver knows them."""

from django.urls import URLPattern, get_resolver

#: The admin asks Django's own permissions; it has tests of its own.
ELSEWHERE = ("admin",)


def declared() -> dict[tuple[str, frozenset[str]], str]:
    """(name with its namespaces, names of the arguments) → the pattern of the address."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver, namespace: str, path: str):
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            arguments = frozenset(pattern.pattern.regex.groupindex or pattern.pattern.converters)
            yield (f"{namespace}{pattern.name}", arguments), here
        elif pattern.namespace not in ELSEWHERE:
            yield from _walk(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace, here)


def let_go(answer) -> None:
    """Close the file that an answer sends. Its own ``close`` would end the request, and with it the
    connection on which the test's transaction stands."""
    for close_file in answer._resource_closers:
        close_file()
