"""Views: fetch, form, one domain call, message, redirect."""
