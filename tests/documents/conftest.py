"""Papers in tests are made from the built-in templates, whatever the machine's own settings name."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FEDERATION_TEMPLATES", "FEDERATION_FONTS"):
            patch.delenv(name, raising=False)
        yield
