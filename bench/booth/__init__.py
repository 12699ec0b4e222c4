"""The booth, measured beside the Node servers: the same devices, the same typing, in turn."""
