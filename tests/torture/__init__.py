"""The long tier of the reliability tests: `make torture`, never part of `make check`."""
