"""Where trouble keeps coming back: detections, candidates, decisions, persistent locations."""
