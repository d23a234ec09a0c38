"""Kinds of settings, each with what makes a value one; where a value is wrong, the words say how it should be.

A line without a value sets nothing.
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

from assistant.domain.accounts import is_safe_address
from assistant.domain.mail_address import is_plain_address
from assistant.stores.keys.master_key import MasterKey


def in_plain(secret: SecretStr | None) -> str | None:
    """A secret as it is; None where there is none or it is empty."""
    return (secret.get_secret_value() or None) if secret else None


def is_same_database(one: str, other: str) -> bool:
    """Whether two addresses name one database of PostgreSQL, by whatever user; other names of a host are not known."""
    return _database(one) == _database(other)


def _database(url: str) -> tuple[str, str, str]:
    """Host, port and name of a database, whether they stand in the address or after its question mark."""
    at = urlsplit(url)
    _, _, place = at.netloc.rpartition("@")
    host, _, port = place.lower().partition(":")
    more = dict(parse_qsl(at.query))
    return more.get("host", host), more.get("port", port or "5432"), more.get("dbname", at.path.strip("/"))


def _of_postgresql(given: SecretStr | None) -> SecretStr | None:
    url = in_plain(given)
    if url is not None and not url.startswith("postgresql://"):
        raise ValueError("should be postgresql://USER:PASSWORD@HOST/DATABASE; without it, a file is used")
    return given if url else None


def _addresses_and_not_everybody(given: str) -> str:
    for place in given.split(","):
        try:
            network = ip_network(place.strip(), strict=False)
        except ValueError:
            raise ValueError(f"{place.strip()!r} is no IP address and no network such as 10.0.0.0/24") from None
        if network.prefixlen == 0:
            raise ValueError("not everybody can be a proxy: anybody could then name somebody else as the sender")
    return given


def _whose_answers_nobody_alters(given: str | None) -> str | None:
    if given and (not is_safe_address(given) or "?" in given):
        raise ValueError("should be an https address, as the provider's document names it under issuer")
    return given or None


def _whose_posts_nobody_reads_on_the_way(given: SecretStr | None) -> SecretStr | None:
    url = in_plain(given)
    if url is not None and not is_safe_address(url):
        raise ValueError("should be the https address that Slack or Teams has given")
    return given if url else None


def _a_plain_address(given: str | None) -> str | None:
    if given and not is_plain_address(given):
        raise ValueError("should be an e-mail alone, such as value-loop@acme.example")
    return given or None


def _named_with_its_protocol(given: str | None) -> str | None:
    protocol, _, name = (given or "").partition(":")
    if given and (protocol != "openai" or not name.strip()):
        raise ValueError("should be openai: and the name of a model, such as openai:gpt-5-mini")
    return given or None


def _a_key(given: SecretStr | None) -> SecretStr | None:
    key = in_plain(given)
    if key is None:
        return None
    MasterKey.parse(key)
    return given


DatabaseUrl = Annotated[SecretStr | None, AfterValidator(_of_postgresql)]
Issuer = Annotated[str | None, AfterValidator(_whose_answers_nobody_alters)]
MasterKeyText = Annotated[SecretStr | None, AfterValidator(_a_key)]
ModelName = Annotated[str | None, BeforeValidator(_named_with_its_protocol)]
PlainAddress = Annotated[str | None, AfterValidator(_a_plain_address)]
Proxies = Annotated[str, AfterValidator(_addresses_and_not_everybody)]
Webhook = Annotated[SecretStr | None, AfterValidator(_whose_posts_nobody_reads_on_the_way)]
