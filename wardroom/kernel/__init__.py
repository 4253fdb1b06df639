"""What every storey stands on: refusals, facts, business time, text. No Django here."""
