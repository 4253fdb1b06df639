"""Alerts of other authorities, and the incidents that they become."""
