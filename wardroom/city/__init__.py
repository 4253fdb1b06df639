"""Places, dated boundaries, and the calendars the city works by."""
