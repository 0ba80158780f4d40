"""What is kept of public pages."""
