"""Lean studies of a service: logs, step tables, assessments, verdicts, the A3's content."""
