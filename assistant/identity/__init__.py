"""Asking an organisation's provider of accounts who somebody is, by OpenID Connect."""
