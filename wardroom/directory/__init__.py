"""Who is who: parties, seats and their holders, contact points, agencies, services."""
