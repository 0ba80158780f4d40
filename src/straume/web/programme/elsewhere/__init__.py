"""What the programme adds to pages of other apps, by subject; each module is called in `apps.py`."""
