"""How the house speaks to PostgreSQL: as Django does, but what comes often is planned once."""
