"""The catalogue as CPSV-AP 3.2: written, read, and told apart from what we hold."""
