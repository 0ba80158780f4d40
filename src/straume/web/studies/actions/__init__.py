"""Writes over several models, each in one transaction; jobs and the removal of files go on commit."""
