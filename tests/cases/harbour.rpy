define a = Character("Anna")

label start:
    scene harbour
    "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip {i}her{/i} wife wishes him good luck."
    a "The king hurt herself."
    $ her = "his"
