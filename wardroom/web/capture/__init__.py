"""The capture line: whatever comes in, written down from any page."""
