"""Alerts of other authorities, the incidents they may become, and who decides."""
