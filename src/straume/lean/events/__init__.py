"""Reading and checking case logs; pseudonyms; working calendars. Everything leads to one EventLog."""
