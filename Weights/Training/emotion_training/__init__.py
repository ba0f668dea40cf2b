"""Trains, evaluates, calibrates and exports the network that scores facial expressions."""

__version__ = "1.0.0"
