"""The Django project: one app per part of the town hall's life; lower apps know nothing of higher ones."""
