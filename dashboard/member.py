"""Who may decide: the team. Everybody else is a visitor, who sees what is shown and never who decided it.

``MONITOR_DESK=single`` says that whoever reaches the page is the team (a laptop; ``MONITOR_DESK_NAME`` is then the name
beside a decision). Else a person signs in with Streamlit's own OpenID Connect and must be named in
``MONITOR_DESK_MEMBERS``: addresses or whole domains, between commas or spaces. Without either there is nobody.
"""

from __future__ import annotations

import os
import re

import streamlit as st

SINGLE = "single user"


class NotAllowed(Exception):  # noqa: N818 - told in words where it is caught
    """A visitor tried to write."""


def name() -> str:
    """Under which name this session may decide; empty for a visitor."""
    if os.environ.get("MONITOR_DESK", "").strip() == "single":
        return os.environ.get("MONITOR_DESK_NAME", "").strip() or SINGLE
    mail = signed_in()
    return mail if mail and _is_listed(mail) else ""


def required() -> str:
    """The name; raises NotAllowed for a visitor. Called before every write."""
    found = name()
    if not found:
        raise NotAllowed
    return found


def signed_in() -> str:
    """The address of whoever signed in, a member or not; empty when nobody did or the provider doubts the address."""
    if not has_session() or st.user.get("email_verified") is False:
        return ""
    return str(st.user.get("email") or "").strip().lower()


def has_session() -> bool:
    """Whether somebody signed in, whatever the provider says of the address: who can sign out."""
    return bool(st.user.get("is_logged_in"))


def can_sign_in() -> bool:
    """Whether a provider is set up (``[auth]`` in Streamlit's secrets)."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def _is_listed(mail: str) -> bool:
    person, _, domain = mail.rpartition("@")
    for entry in re.split(r"[,\s]+", os.environ.get("MONITOR_DESK_MEMBERS", "").lower()):
        if person and entry and entry in (mail, domain, f"@{domain}"):
            return True
    return False
