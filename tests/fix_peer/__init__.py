"""A FIX 4.4 peer of the venue, on raw sockets and nothing but Python's library.

It shares no code with the venue, so that what it says about the venue is a second opinion. The crash
tests judge by its captures, and `./dev client` trades with it.
"""
