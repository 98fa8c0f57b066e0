"""The study: the simple RNN, the LSTM and the GRU in the same network, on the same text, with the same budget."""
