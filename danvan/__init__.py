"""The project: settings, root addresses, health, servers. Nothing imports it."""
