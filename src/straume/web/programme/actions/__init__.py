"""Writes over several models, each in one transaction; mails and jobs go on commit."""
