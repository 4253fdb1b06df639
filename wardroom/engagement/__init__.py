"""What the office owes the community: commissions' papers with their clocks, and promises."""
