"""Trains the network that scores the seven emotions on a log-mel spectrogram of speech."""
