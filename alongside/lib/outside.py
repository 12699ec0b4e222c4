"""Which network addresses lie outside: on the public internet, not where only this machine or its net reaches."""

import ipaddress

# Addresses that stand for another one inside them (mapped, 6to4, Teredo, NAT64) are never outside: none is needed, and
# each could hide a private one. So IPv6 is let through only where it is plain global unicast.
_UNICAST_6 = ipaddress.ip_network("2000::/3")
_NOT_OUTSIDE = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "168.63.129.16/32",  # a cloud's own service for the machines in it, on an address that looks public
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip


def is_outside(address: str) -> bool:
    """Whether a numeric address is one of the public internet; anything that is not an address is not."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and (ip.scope_id or ip not in _UNICAST_6):
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local:
        return False
    return not any(ip in net for net in _NOT_OUTSIDE if net.version == ip.version)
