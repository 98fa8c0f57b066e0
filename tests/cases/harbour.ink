=== harbour ===
Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip her wife wishes him good luck.
* [Ask about the king] The king hurt herself. -> END
