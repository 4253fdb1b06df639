"""HSDS 3.0, to read: the services that people are sent to, for other programs."""
