"""The shared library on the screen: search, reading, writing, review. What can be taught lives in `content_library`."""
