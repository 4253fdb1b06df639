"""The numbers of fieldwork: drawing by lot, walking routes, and what spot checks say."""
