"""Settings for every test: hypothesis profiles, and the fixture lines that the strategies mix in."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}

settings.register_profile("default", max_examples=60, derandomize=True, **_COMMON)  # type: ignore[arg-type]
settings.register_profile("quick", max_examples=15, derandomize=True, **_COMMON)  # type: ignore[arg-type]
settings.register_profile("laws", max_examples=10_000, **_COMMON)  # type: ignore[arg-type]
settings.load_profile("default")
