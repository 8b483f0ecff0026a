"""The version, from the installed package's own record."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("quotekit")
except PackageNotFoundError:  # used from a source folder that was never installed
    __version__ = "0+unknown"
