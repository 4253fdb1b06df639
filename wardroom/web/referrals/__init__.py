"""Services that people are sent to: finding one, and sending somebody there."""
