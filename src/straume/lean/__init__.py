"""The methods of Straume: values in, frozen records or tables out.

No Django, no language, no clock, no network, no random state but the seeds that are passed in.
"""
