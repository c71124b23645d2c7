"""Reads the headers of coded sound from its packets: how many samples each holds, at which rate, with which settings."""
