"""What all tests share."""

pytest_plugins = ["mlezi.testing.fixtures", "mlezi.testing.browser"]
