import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """How often a code may be asked for is counted in the cache, which outlives a test."""
    cache.clear()
