"""entirety: was the footage provided whole, or was it edited? An audit of one video file, for people who must show how they know."""

__version__ = "0.1.0"
