"""A sign-in provider beside the test, which is gone when its block ends."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from oidc_provider_mock import User, app
from werkzeug.serving import BaseWSGIServer, make_server


@contextmanager
def provider_running(
    port: int = 0, *, user_claims: Sequence[User], access_token_max_age: timedelta = timedelta(hours=1)
) -> Iterator[BaseWSGIServer]:
    """Serves the provider from a thread; waits for its end as long as that takes."""
    served = app(user_claims=user_claims, access_token_max_age=access_token_max_age)
    server = make_server("localhost", port, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.1,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
