"""Mail as pure functions: bytes in, plain values out, and the other way; no models, no network."""
