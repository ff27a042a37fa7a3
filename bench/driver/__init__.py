"""The benchmark's driver: starts servers, loads them with wrk, reads /proc, prints and writes what was seen."""
