"""The calendar: the events of a week, planning one, and one event."""
