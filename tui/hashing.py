"""The hash function of our files and tables. `hashlib` has the same, but loads OpenSSL first: 3 ms of every start."""

try:
    from _blake2 import blake2b
except ImportError:  # not every Python need be built like that
    from hashlib import blake2b

__all__ = ["blake2b"]
