"""What the fixture `open_page` is: opens a page of the app at an address."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
