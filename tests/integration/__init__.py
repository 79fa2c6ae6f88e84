"""The venue as a whole, on a real PostgreSQL and real sockets; see README.md."""
